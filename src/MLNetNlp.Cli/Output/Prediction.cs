namespace MLNetNlp.Cli.Output;

/// <summary>What a model says of one row.</summary>
/// <param name="Label">The class predicted.</param>
/// <param name="Probabilities">One probability a class, in the order of the model's classes.</param>
internal readonly record struct Prediction(string Label, IReadOnlyList<float> Probabilities);
