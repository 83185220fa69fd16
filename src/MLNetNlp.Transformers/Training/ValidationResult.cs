namespace MLNetNlp.Transformers.Training;

/// <summary>What one pass over the validation set gave.</summary>
/// <param name="MetricName">The task's figure, as it is to appear in logs: "accuracy".</param>
/// <param name="Metric">Its value; higher is better.</param>
/// <param name="Loss">Mean loss; null where the task does not compute it, which rules out <see cref="ValidationMetric.Loss"/>.</param>
public sealed record ValidationResult(string MetricName, double Metric, double? Loss = null);
