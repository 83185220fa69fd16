namespace Microsoft.ML.Data;

/// <summary>How good scores of several classes are.</summary>
public sealed class MulticlassClassificationMetrics
{
    internal MulticlassClassificationMetrics()
    {
    }

    /// <summary>The mean of the negative natural logarithm of the probability given to the true class.</summary>
    public double LogLoss { get; internal init; }

    /// <summary>By what share the log-loss is less than that of the classes' own shares.</summary>
    public double LogLossReduction { get; internal init; }

    /// <summary>The mean of the classes' recalls.</summary>
    public double MacroAccuracy { get; internal init; }

    /// <summary>The share of right predictions.</summary>
    public double MicroAccuracy { get; internal init; }

    /// <summary>The share of rows whose class is among those with the highest scores; 0 when not asked for.</summary>
    public double TopKAccuracy => TopKAccuracyForAllK?.LastOrDefault() ?? 0;

    /// <summary>Among how many.</summary>
    public int TopKPredictionCount { get; internal init; }

    /// <summary>The same for 1, 2 and so on up to <see cref="TopKPredictionCount"/>; null when not asked for.</summary>
    public IReadOnlyList<double> TopKAccuracyForAllK { get; internal init; }

    /// <summary>The log-loss of each class's rows.</summary>
    public IReadOnlyList<double> PerClassLogLoss { get; internal init; }

    /// <summary>The number of rows by class and predicted class.</summary>
    public ConfusionMatrix ConfusionMatrix { get; internal init; }
}
