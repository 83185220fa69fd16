namespace MLNetNlp.Transformers.FewShot;

/// <summary>Two texts, by number, and how alike they are to become.</summary>
/// <param name="First">Number of the first text.</param>
/// <param name="Second">Number of the second; may be the first.</param>
/// <param name="Similarity">1 for alike, 0 for not; any number from -1 to 1 in distillation.</param>
public readonly record struct TextPair(int First, int Second, float Similarity);
