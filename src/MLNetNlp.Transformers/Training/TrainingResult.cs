namespace MLNetNlp.Transformers.Training;

/// <summary>How a training run ended.</summary>
public sealed record TrainingResult
{
    /// <summary>Optimizer steps done, those before a resume included.</summary>
    public required int Steps { get; init; }

    /// <summary>Steps that were planned.</summary>
    public required int TotalSteps { get; init; }

    /// <summary>Training loss of the last step.</summary>
    public required double FinalLoss { get; init; }

    /// <summary>Whether early stopping ended the run.</summary>
    public bool StoppedEarly { get; init; }

    /// <summary>The step whose weights were best on the validation set; null without one.</summary>
    public int? BestStep { get; init; }

    /// <summary>The validation at <see cref="BestStep"/>.</summary>
    public ValidationResult? BestValidation { get; init; }

    /// <summary>Training examples a second, validation time not counted.</summary>
    public double SamplesPerSecond { get; init; }
}
