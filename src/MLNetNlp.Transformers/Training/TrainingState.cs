namespace MLNetNlp.Transformers.Training;

/// <summary>Where a run stands, besides its tensors: what <see cref="TrainingCheckpoint"/> keeps as <c>trainer_state.json</c>.</summary>
/// <remarks>
/// There is no generator state to keep: batch order derives from seed and epoch, dropout from seed and step, so the position says it all.
/// </remarks>
internal sealed record TrainingState
{
    public int Step { get; set; }
    public int Epoch { get; set; }
    public int BatchInEpoch { get; set; }
    public double LastLoss { get; set; }
    public double EpochLossSum { get; set; }
    public int EpochSteps { get; set; }
    public int? BestStep { get; set; }
    public string? BestMetricName { get; set; }
    public double BestMetric { get; set; }
    public double? BestLoss { get; set; }
    public int ValidationsWithoutBest { get; set; }

    /// <summary>The step after which the last validation ran, so that none is repeated.</summary>
    public int ValidatedStep { get; set; }

    // What a run must have in common with the one that it continues.
    public int Seed { get; set; }
    public int ExampleCount { get; set; }
    public int BatchSize { get; set; }
    public int GradientAccumulationSteps { get; set; }

    public ValidationResult? BestValidation => BestStep is null ? null : new ValidationResult(BestMetricName!, BestMetric, BestLoss);
}
