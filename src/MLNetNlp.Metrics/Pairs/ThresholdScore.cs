namespace MLNetNlp.Metrics.Pairs;

/// <summary>The best figures that one threshold over scores reaches.</summary>
/// <param name="Accuracy">Best share of right answers.</param>
/// <param name="AccuracyThreshold">The threshold of <paramref name="Accuracy"/>.</param>
/// <param name="F1">Best F1 of the positive pairs.</param>
/// <param name="Precision">Precision at the threshold of <paramref name="F1"/>.</param>
/// <param name="Recall">Recall at the threshold of <paramref name="F1"/>.</param>
/// <param name="F1Threshold">The threshold of <paramref name="F1"/>.</param>
/// <param name="AveragePrecision">Mean of the precisions at which recall rises, each weighted by the rise. Needs no threshold.</param>
/// <param name="MatthewsCorrelation">Matthews' coefficient at <paramref name="F1Threshold"/>, -1 to 1; 0 where all answers are alike.</param>
public sealed record ThresholdScore(
    double Accuracy, double AccuracyThreshold, double F1, double Precision, double Recall, double F1Threshold,
    double AveragePrecision, double MatthewsCorrelation);
