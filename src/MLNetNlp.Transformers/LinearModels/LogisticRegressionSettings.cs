namespace MLNetNlp.Transformers.LinearModels;

/// <summary>How a logistic regression is fitted; scikit-learn's defaults.</summary>
/// <param name="C">Inverse strength of the squared penalty on the weights (not on intercepts): smaller is stronger.</param>
/// <param name="Tolerance">On the largest absolute derivative of the mean objective.</param>
/// <param name="MaxIterations">Most L-BFGS iterations.</param>
internal sealed record LogisticRegressionSettings(double C = 1, double Tolerance = 1e-4, int MaxIterations = 100)
{
    /// <summary>A weight for each class; null: all 1.</summary>
    public IReadOnlyList<float>? ClassWeights { get; init; }
}
