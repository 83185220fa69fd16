namespace MLNetNlp.Metrics.Pairs;

/// <summary>Two texts of a collection and how alike they are.</summary>
/// <param name="First">Position of the one that comes first, from 0.</param>
/// <param name="Second">Position of the other.</param>
/// <param name="Score">Their similarity: greater is more alike.</param>
public readonly record struct ScoredPair(int First, int Second, float Score);
