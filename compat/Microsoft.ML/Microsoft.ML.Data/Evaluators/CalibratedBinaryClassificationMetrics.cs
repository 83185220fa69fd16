namespace Microsoft.ML.Data;

/// <summary>How good two-class scores and probabilities are.</summary>
public sealed class CalibratedBinaryClassificationMetrics : BinaryClassificationMetrics
{
    internal CalibratedBinaryClassificationMetrics(BinaryFigures figures)
        : base(figures)
    {
        LogLoss = figures.LogLoss;
        LogLossReduction = figures.LogLossReduction;
        Entropy = figures.Entropy;
    }

    /// <summary>The mean of the negative binary logarithm of the probability given to the true class, in bits.</summary>
    public double LogLoss { get; }

    /// <summary>By what share the log-loss is less than that of the classes' own shares.</summary>
    public double LogLossReduction { get; }

    /// <summary>The entropy of the classes' shares, in bits.</summary>
    public double Entropy { get; }
}
