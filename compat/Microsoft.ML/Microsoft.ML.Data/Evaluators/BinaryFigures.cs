namespace Microsoft.ML.Data;

/// <summary>The figures of a binary evaluation, on their way into the metrics.</summary>
internal sealed class BinaryFigures
{
    internal double AreaUnderRocCurve { get; init; }

    internal double Accuracy { get; init; }

    internal double PositivePrecision { get; init; }

    internal double PositiveRecall { get; init; }

    internal double NegativePrecision { get; init; }

    internal double NegativeRecall { get; init; }

    internal double AreaUnderPrecisionRecallCurve { get; init; }

    internal ConfusionMatrix ConfusionMatrix { get; init; }

    internal double LogLoss { get; set; }

    internal double LogLossReduction { get; set; }

    internal double Entropy { get; init; }
}
