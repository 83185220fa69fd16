namespace MLNetNlp;

/// <summary>Where a training run stands: reported after every optimizer step, and once more for a step that was followed by a validation.</summary>
/// <param name="Step">Optimizer steps done, from 1.</param>
/// <param name="TotalSteps">Optimizer steps planned; early stopping may end the run before.</param>
/// <param name="Epoch">The current pass over the training set, from 1.</param>
/// <param name="Loss">Training loss of this step: the mean over its micro-batches.</param>
/// <param name="LearningRate">The learning rate that this step used.</param>
/// <param name="GradientNorm">Global L2 norm of the gradient before clipping.</param>
/// <param name="SamplesPerSecond">Training examples a second since the run began (or was resumed), validation time not counted.</param>
/// <param name="ValidationMetric">The task's figure on the validation set; null in reports without a validation.</param>
/// <param name="ValidationLoss">Mean loss on the validation set; null in reports without a validation, or where the task does not compute it.</param>
public sealed record TrainingProgress(
    int Step,
    int TotalSteps,
    int Epoch,
    double Loss,
    double LearningRate,
    double GradientNorm,
    double SamplesPerSecond,
    double? ValidationMetric = null,
    double? ValidationLoss = null)
{
    /// <summary>Number of single weights that the run trains; less than the model has where layers are frozen.</summary>
    public long TrainableParameters { get; init; }

    /// <summary>What <see cref="ValidationMetric"/> is, as in logs: <c>accuracy</c>, <c>f1</c>, <c>Spearman correlation</c>. Null in reports without a validation.</summary>
    public string? ValidationMetricName { get; init; }
}
