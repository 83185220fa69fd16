using Microsoft.ML.Data;

namespace MLNetNlp;

/// <summary>One run of a few-shot evaluation.</summary>
/// <param name="Seed">Of the sample that was trained on.</param>
/// <param name="Metrics">On the test set.</param>
/// <param name="TrainingTime">From call to fitted model.</param>
public sealed record FewShotRun(int Seed, MulticlassClassificationMetrics Metrics, TimeSpan TrainingTime);
