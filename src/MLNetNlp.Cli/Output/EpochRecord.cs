namespace MLNetNlp.Cli.Output;

/// <summary>What one pass over the training set came to.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Steps">Optimizer steps of this epoch.</param>
/// <param name="Loss">Mean training loss of its steps.</param>
/// <param name="ValidationMetric">The last validation's figure in it, if there was one.</param>
/// <param name="ValidationMetricName">What that figure is.</param>
/// <param name="ValidationLoss">The last validation's loss in it, if there was one.</param>
internal sealed record EpochRecord(int Epoch, int Steps, double Loss, double? ValidationMetric, string? ValidationMetricName, double? ValidationLoss);
