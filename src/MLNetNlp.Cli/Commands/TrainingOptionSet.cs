using System.CommandLine;
using MLNetNlp.Cli.Models;

namespace MLNetNlp.Cli.Commands;

/// <summary>The options of every <c>train</c> command that say how to train.</summary>
/// <param name="defaults">The task's own defaults; null: those of the library.</param>
/// <param name="learningRate">The task's learning rate where the defaults have none.</param>
internal sealed class TrainingOptionSet(TrainingOptions? defaults = null, double learningRate = TrainingOptions.DefaultLearningRate)
{
    private static readonly TrainingOptions Library = new();
    private static readonly string[] Schedules = ["linear", "cosine", "cosine-with-restarts", "polynomial", "constant", "constant-with-warmup", "inverse-square-root"];

    private readonly Option<int> _epochs = NumberOptions.Whole("--epochs", "Passes over the training set.", 1, (defaults ?? Library).MaxEpochs);
    private readonly Option<int?> _maxSteps = NumberOptions.WholeOrNone("--max-steps", "Most optimizer steps; training ends at this or --epochs, whichever comes first.", 1);
    private readonly Option<int> _batchSize = NumberOptions.Whole("--batch-size", "Examples in one forward pass.", 1, (defaults ?? Library).BatchSize);
    private readonly Option<int> _accumulate = NumberOptions.Whole("--accumulate", "Batches that make one optimizer step.", 1, (defaults ?? Library).GradientAccumulationSteps);

    private readonly Option<double?> _learningRate = NumberOptions.RealOrNone(
        "--learning-rate",
        FormattableString.Invariant($"AdamW's highest learning rate. [default: {learningRate}; with --adapter, what suits its kind]"),
        x => x > 0,
        "a number above 0");

    private readonly Option<double> _warmupRatio =
        NumberOptions.Real("--warmup-ratio", "Share of the steps over which the learning rate rises.", x => x is >= 0 and <= 1, "a number from 0 to 1", (defaults ?? Library).WarmupRatio);

    private readonly Option<double> _weightDecay =
        NumberOptions.Real("--weight-decay", "AdamW's weight decay (not for biases and LayerNorm).", x => x >= 0, "a number of at least 0", (defaults ?? Library).WeightDecay);

    private readonly Option<string> _schedule = ChoiceOptions.OneOf("--schedule", $"How the learning rate moves: {string.Join(", ", Schedules)}.", Schedules);

    private readonly Option<double> _maxGradientNorm =
        NumberOptions.Real("--max-grad-norm", "Longest gradient (L2); 0 switches clipping off.", x => x >= 0, "a number of at least 0", (defaults ?? Library).MaxGradientNorm);

    private readonly Option<bool> _noDropout = new("--no-dropout") { Description = "Train without dropout." };

    private readonly Option<double> _labelSmoothing =
        NumberOptions.Real("--label-smoothing", "Share of each label spread over all classes.", x => x is >= 0 and < 1, "a number from 0 to below 1", (defaults ?? Library).LabelSmoothing);

    private readonly Option<double> _layerwiseDecay = NumberOptions.Real(
        "--layerwise-decay",
        "Each layer's learning rate is this times that of the layer above.",
        x => x is > 0 and <= 1,
        "a number above 0 and at most 1",
        (defaults ?? Library).LayerwiseLearningRateDecay);

    private readonly Option<string?> _adapter = new("--adapter")
    {
        Description = $"Train a small addition instead of the whole model: {string.Join(", ", AdapterChoice.KindNames)}; for example lora:r=8,alpha=16,targets=query|value.",
        HelpName = AdapterChoice.Form,
    };

    private readonly Option<string> _adapterStorage = ChoiceOptions.OneOf("--adapter-storage",
        "What the zip holds of a model with an adapter: auto (merged where that can be), merged weights, base and adapter separate, or the adapter alone.",
        "auto", "merged", "separate", "alone");

    private readonly Option<bool> _freezeEmbeddings = new("--freeze-embeddings") { Description = "Keep the pretrained embeddings as they are." };
    private readonly Option<int> _freezeLayers = NumberOptions.Whole("--freeze-layers", "Keep this many layers, from the input, as they are.", 0, 0);
    private readonly Option<int?> _earlyStopping = NumberOptions.WholeOrNone("--early-stopping", "Stop after this many epochs without a better figure on the validation set.", 1);
    private readonly Option<int?> _seed = NumberOptions.WholeOrNone("--seed", "Seed of everything random; same seed, same model. [default: drawn]", 0);
    private readonly Option<string> _device = ChoiceOptions.Device();
    private readonly Option<string?> _checkpoint = new("--checkpoint") { Description = "Folder that keeps what --resume needs, written after every epoch and on Ctrl+C.", HelpName = "DIR" };
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on from the newest checkpoint in --checkpoint." };

    /// <summary>Adds the options to a command, with the checks between them.</summary>
    public void AddTo(Command command)
    {
        Option[] options =
        [
            _epochs, _maxSteps, _batchSize, _accumulate, _learningRate, _schedule, _warmupRatio, _weightDecay, _maxGradientNorm, _noDropout, _labelSmoothing, _layerwiseDecay,
            _adapter, _adapterStorage, _freezeEmbeddings, _freezeLayers, _earlyStopping, _seed, _device, _checkpoint, _resume,
        ];
        foreach (var option in options)
            command.Options.Add(option);
    }

    /// <summary>Whether training is to stop early, for which a validation set is needed.</summary>
    public bool StopsEarly(ParseResult parsed) => parsed.GetValue(_earlyStopping) is not null;

    public int? Seed(ParseResult parsed) => parsed.GetValue(_seed);

    public FreezingOptions Freezing(ParseResult parsed) => new() { Embeddings = parsed.GetValue(_freezeEmbeddings), Layers = parsed.GetValue(_freezeLayers) };

    /// <summary>What trains instead of the whole model; null: the whole model.</summary>
    /// <exception cref="UsageException">It is not understood.</exception>
    public AdapterOptions? Adapter(ParseResult parsed) => parsed.GetValue(_adapter) is { } text ? AdapterChoice.Parse(text) : null;

    /// <summary>What the zip holds of a model with an adapter; null: what suits the kind.</summary>
    /// <exception cref="UsageException">There is no adapter, or its kind cannot be merged.</exception>
    public AdapterStorage? AdapterStorage(ParseResult parsed)
    {
        var text = parsed.GetValue(_adapterStorage);
        AdapterStorage? storage = text switch
        {
            "merged" => MLNetNlp.AdapterStorage.Merged,
            "separate" => MLNetNlp.AdapterStorage.BaseAndAdapter,
            "alone" => MLNetNlp.AdapterStorage.AdapterOnly,
            _ => null,
        };
        if (storage is not null && parsed.GetValue(_adapter) is null)
            throw new UsageException($"--adapter-storage {text} needs --adapter.");
        if (storage == MLNetNlp.AdapterStorage.Merged && Adapter(parsed) is { CanMerge: false })
            throw new UsageException("--adapter-storage is merged, but this kind of adapter is no change of weights; separate or alone is needed.");
        return storage;
    }

    /// <summary>The options as the library's record.</summary>
    /// <exception cref="UsageException">Two of them contradict each other.</exception>
    public TrainingOptions Read(ParseResult parsed, IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        if (parsed.GetValue(_resume) && parsed.GetValue(_checkpoint) is null)
            throw new UsageException("--resume needs --checkpoint DIR, the folder to go on from.");
        return new TrainingOptions
        {
            MaxEpochs = parsed.GetValue(_epochs),
            MaxSteps = parsed.GetValue(_maxSteps),
            BatchSize = parsed.GetValue(_batchSize),
            GradientAccumulationSteps = parsed.GetValue(_accumulate),
            LearningRate = parsed.GetValue(_learningRate),
            Schedule = ChoiceOptions.ValueOf<LearningRateSchedule>(parsed.GetValue(_schedule)!),
            WarmupRatio = parsed.GetValue(_warmupRatio),
            WeightDecay = parsed.GetValue(_weightDecay),
            MaxGradientNorm = parsed.GetValue(_maxGradientNorm),
            Dropout = !parsed.GetValue(_noDropout),
            LabelSmoothing = parsed.GetValue(_labelSmoothing),
            LayerwiseLearningRateDecay = parsed.GetValue(_layerwiseDecay),
            EarlyStoppingPatience = parsed.GetValue(_earlyStopping),
            Seed = parsed.GetValue(_seed),
            Device = parsed.GetValue(_device)!,
            CheckpointFolder = parsed.GetValue(_checkpoint),
            Resume = parsed.GetValue(_resume),
            Progress = progress,
            CancellationToken = cancellation,
        };
    }
}
