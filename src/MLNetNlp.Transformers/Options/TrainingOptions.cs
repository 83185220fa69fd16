using System.Runtime.CompilerServices;

namespace MLNetNlp;

/// <summary>How a model is trained: length, batches, optimizer, schedule, validation, checkpoints. The same record for every task.</summary>
/// <remarks>
/// The optimizer is AdamW (betas 0.9 and 0.999, epsilon 1e-8) with no weight decay on biases and LayerNorm weights.
/// Same seed, same data, same number of threads, on CPU: bit-equal weights.
/// </remarks>
public sealed record TrainingOptions
{
    /// <summary>The learning rate where <see cref="LearningRate"/> gives none and no adapter trains: 5e-5.</summary>
    public const double DefaultLearningRate = 5e-5;

    /// <summary>Passes over the training set. Default 3. Training ends at <see cref="MaxEpochs"/> or <see cref="MaxSteps"/>, whichever comes first.</summary>
    public int MaxEpochs { get; init; } = 3;

    /// <summary>Most optimizer steps. Default null: as many as <see cref="MaxEpochs"/> has.</summary>
    public int? MaxSteps { get; init; }

    /// <summary>Examples in one forward pass. Default 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Batches whose mean gradient makes one optimizer step. Default 1. An epoch's last step may have fewer.</summary>
    public int GradientAccumulationSteps { get; init; } = 1;

    /// <summary>
    /// The highest learning rate, reached at the end of the warm-up. Default null: <see cref="DefaultLearningRate"/>, SetFit's own for its body, or with an
    /// adapter what suits its kind, <see cref="AdapterOptions.DefaultLearningRate"/>.
    /// </summary>
    public double? LearningRate { get; init; }

    /// <summary>How the learning rate moves over the run. Default linear to 0.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Linear;

    /// <summary>Share of all steps over which the learning rate rises from 0, rounded up. Default 0.1. <see cref="WarmupSteps"/> wins over it.</summary>
    public double WarmupRatio { get; init; } = 0.1;

    /// <summary>Steps over which the learning rate rises from 0. Default null: by <see cref="WarmupRatio"/>.</summary>
    public int? WarmupSteps { get; init; }

    /// <summary>Waves of the cosine schedules. Default null: 0.5 for <see cref="LearningRateSchedule.Cosine"/>, 1 with restarts.</summary>
    public double? ScheduleCycles { get; init; }

    /// <summary>Degree of the polynomial schedule. Default 1.</summary>
    public double SchedulePower { get; init; } = 1;

    /// <summary>The learning rate in which the polynomial schedule ends. Default 1e-7.</summary>
    public double FinalLearningRate { get; init; } = 1e-7;

    /// <summary>AdamW's decoupled weight decay, for all weights but biases and LayerNorm's. Default 0.01.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>The gradient is scaled down to this global L2 norm where it is longer. Default 1; 0 switches clipping off.</summary>
    public double MaxGradientNorm { get; init; } = 1;

    /// <summary>Share of each label's probability that is spread over all classes. Default 0; below 1.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Each encoder layer's learning rate is this many times that of the layer above; the head keeps the full rate. Default 1: all alike.</summary>
    public double LayerwiseLearningRateDecay { get; init; } = 1;

    /// <summary>
    /// Whether dropout takes part, with the probabilities that the model's configuration and the adapter's options give. Default true. Without it a step is
    /// faster and nothing but the order of batches is random.
    /// </summary>
    public bool Dropout { get; init; } = true;

    /// <summary>Seed of everything random: new weights, batch order, dropout. Default null: the <c>MLContext</c>'s seed, or drawn when it has none.</summary>
    public int? Seed { get; init; }

    /// <summary><c>auto</c> (the default: CUDA when there, else CPU), <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Optimizer steps between validations on the validation set. Default null: after every epoch. The end of training always validates.</summary>
    public int? EvaluationInterval { get; init; }

    /// <summary>The figure that early stopping and <see cref="RestoreBestWeights"/> go by. Default: the task's own.</summary>
    public ValidationMetric ValidationMetric { get; init; } = ValidationMetric.Task;

    /// <summary>Training stops after this many validations in a row without a new best. Default null: never early.</summary>
    public int? EarlyStoppingPatience { get; init; }

    /// <summary>Ends with the weights of the best validation instead of the last step's. Default true; without a validation set it has no effect.</summary>
    public bool RestoreBestWeights { get; init; } = true;

    /// <summary>Folder that keeps what a later run needs to go on where this one stopped. Default null: nothing is kept.</summary>
    public string? CheckpointFolder { get; init; }

    /// <summary>Optimizer steps between checkpoints. Default null: after every epoch. A cancelled run writes one too.</summary>
    public int? CheckpointInterval { get; init; }

    /// <summary>Goes on from the newest checkpoint in <see cref="CheckpointFolder"/>, if any. Default false: starts anew and replaces it.</summary>
    public bool Resume { get; init; }

    /// <summary>Told after every step. Default null.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Ends training with an <see cref="OperationCanceledException"/> after the current step.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>The same with a learning rate, where there is none: the adapter's, or without one the task's.</summary>
    internal TrainingOptions WithLearningRate(AdapterOptions? adapter, double otherwise = DefaultLearningRate) =>
        LearningRate is null ? this with { LearningRate = adapter?.DefaultLearningRate ?? otherwise } : this;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option has a value that makes no sense; the message names option, value and what is needed.</exception>
    /// <exception cref="ArgumentException">Two options contradict each other, or the device's name is not understood.</exception>
    internal void Validate()
    {
        AtLeast(MaxEpochs, 1);
        if (MaxSteps is { } maxSteps)
            AtLeast(maxSteps, 1, nameof(MaxSteps));
        AtLeast(BatchSize, 1);
        AtLeast(GradientAccumulationSteps, 1);
        Check(LearningRate is null or > 0 && double.IsFinite(LearningRate ?? 1), LearningRate, "a finite number above 0");
        Check(Enum.IsDefined(Schedule), Schedule, "one of " + string.Join(", ", Enum.GetNames<LearningRateSchedule>()));
        Check(WarmupRatio is >= 0 and <= 1, WarmupRatio, "a number from 0 to 1");
        if (WarmupSteps is { } warmupSteps)
            AtLeast(warmupSteps, 0, nameof(WarmupSteps));
        Check(ScheduleCycles is null or > 0 && double.IsFinite(ScheduleCycles ?? 1), ScheduleCycles, "a finite number above 0");
        Check(SchedulePower > 0 && double.IsFinite(SchedulePower), SchedulePower, "a finite number above 0");
        Check(FinalLearningRate >= 0 && (Schedule != LearningRateSchedule.Polynomial || FinalLearningRate < (LearningRate ?? DefaultLearningRate)), FinalLearningRate,
            $"a number from 0 to below {nameof(LearningRate)}");
        Check(WeightDecay >= 0 && double.IsFinite(WeightDecay), WeightDecay, "a finite number of at least 0");
        Check(MaxGradientNorm >= 0, MaxGradientNorm, "0 (no clipping) or a number above 0");
        Check(LabelSmoothing is >= 0 and < 1, LabelSmoothing, "a number from 0 to below 1");
        Check(LayerwiseLearningRateDecay is > 0 and <= 1, LayerwiseLearningRateDecay, "a number above 0 and at most 1");
        if (EvaluationInterval is { } evaluation)
            AtLeast(evaluation, 1, nameof(EvaluationInterval));
        Check(Enum.IsDefined(ValidationMetric), ValidationMetric, "one of " + string.Join(", ", Enum.GetNames<ValidationMetric>()));
        if (EarlyStoppingPatience is { } patience)
            AtLeast(patience, 1, nameof(EarlyStoppingPatience));
        if (CheckpointInterval is { } checkpoint)
            AtLeast(checkpoint, 1, nameof(CheckpointInterval));
        if (CheckpointFolder is null && (Resume || CheckpointInterval is not null))
        {
            var option = Resume ? nameof(Resume) : nameof(CheckpointInterval);
            throw new ArgumentException(
                $"{nameof(TrainingOptions)}.{option} needs {nameof(TrainingOptions)}.{nameof(CheckpointFolder)}, which is not given.", option);
        }

        Transformers.Inference.Devices.CheckName(Device);
    }

    private static void AtLeast(int value, int least, [CallerArgumentExpression(nameof(value))] string option = "") =>
        Check(value >= least, value, $"{least} or more", option);

    private static void Check<T>(bool good, T value, string needed, [CallerArgumentExpression(nameof(value))] string option = "")
    {
        if (good)
            return;
        var message = FormattableString.Invariant($"{nameof(TrainingOptions)}.{option} is {value}; {needed} is needed.");
        throw new ArgumentOutOfRangeException(option, value, message);
    }
}
