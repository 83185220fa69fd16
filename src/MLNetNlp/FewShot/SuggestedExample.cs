namespace MLNetNlp;

/// <summary>A text that is worth labelling.</summary>
/// <param name="Row">Its number in the data, from 0.</param>
/// <param name="Text">The text.</param>
/// <param name="Uncertainty">
/// How undecided the model is, 0 to 1: one less the lead of the likeliest class over the next; with several labels, of the label nearest to one half.
/// </param>
/// <param name="Probabilities">Of each class or label.</param>
public sealed record SuggestedExample(long Row, string Text, double Uncertainty, IReadOnlyList<float> Probabilities);
