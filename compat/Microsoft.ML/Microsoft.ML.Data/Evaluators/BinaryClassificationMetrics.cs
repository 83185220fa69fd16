namespace Microsoft.ML.Data;

/// <summary>How good two-class scores are.</summary>
public class BinaryClassificationMetrics
{
    internal BinaryClassificationMetrics(BinaryFigures figures)
    {
        AreaUnderRocCurve = figures.AreaUnderRocCurve;
        Accuracy = figures.Accuracy;
        PositivePrecision = figures.PositivePrecision;
        PositiveRecall = figures.PositiveRecall;
        NegativePrecision = figures.NegativePrecision;
        NegativeRecall = figures.NegativeRecall;
        AreaUnderPrecisionRecallCurve = figures.AreaUnderPrecisionRecallCurve;
        ConfusionMatrix = figures.ConfusionMatrix;
        double sum = PositivePrecision + PositiveRecall;
        F1Score = sum == 0 ? 0 : 2 * PositivePrecision * PositiveRecall / sum;
    }

    /// <summary>How often a positive row scores above a negative one.</summary>
    public double AreaUnderRocCurve { get; }

    /// <summary>The share of right predictions.</summary>
    public double Accuracy { get; }

    /// <summary>The share of positive rows among those predicted positive.</summary>
    public double PositivePrecision { get; }

    /// <summary>The share of positive rows that are predicted positive.</summary>
    public double PositiveRecall { get; }

    /// <summary>The share of negative rows among those predicted negative.</summary>
    public double NegativePrecision { get; }

    /// <summary>The share of negative rows that are predicted negative.</summary>
    public double NegativeRecall { get; }

    /// <summary>The harmonic mean of positive precision and recall.</summary>
    public double F1Score { get; }

    /// <summary>The area under precision over recall.</summary>
    public double AreaUnderPrecisionRecallCurve { get; }

    /// <summary>The number of rows by class and predicted class, the positive class first.</summary>
    public ConfusionMatrix ConfusionMatrix { get; }
}
