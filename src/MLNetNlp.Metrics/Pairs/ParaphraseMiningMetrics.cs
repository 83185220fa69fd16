using System.Globalization;

namespace MLNetNlp.Metrics.Pairs;

/// <summary>How well the most alike pairs of a collection are the ones that mean the same.</summary>
/// <param name="AveragePrecision">Mean of the precisions at the places of the right pairs; pairs that were not mined count as 0.</param>
/// <param name="F1">Best F1 over thresholds.</param>
/// <param name="Precision">Precision at <paramref name="Threshold"/>.</param>
/// <param name="Recall">Recall at <paramref name="Threshold"/>.</param>
/// <param name="Threshold">The similarity from which on pairs count as paraphrases at the best F1.</param>
/// <param name="PairCount">Number of pairs that were mined.</param>
/// <param name="DuplicateCount">Number of pairs that mean the same.</param>
public sealed record ParaphraseMiningMetrics(
    double AveragePrecision, double F1, double Precision, double Recall, double Threshold, int PairCount, int DuplicateCount)
{
    /// <summary>The figures on one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{PairCount} pairs mined, {DuplicateCount} to find: average precision {AveragePrecision:f4}, F1 {F1:f4} ")
        + string.Create(CultureInfo.InvariantCulture, $"(precision {Precision:f4}, recall {Recall:f4}) from {Threshold:f4}");
}
