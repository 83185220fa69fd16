using Microsoft.ML;

namespace MLNetNlp;

/// <summary>What the options of every task share that fine-tunes an encoder: where it starts, how it trains, how it is validated.</summary>
public abstract record FineTuningOptions
{
    private protected FineTuningOptions()
    {
    }

    /// <summary>The model that is fine-tuned. Default <see cref="PretrainedModel.Mini"/>.</summary>
    public PretrainedModel Model { get; init; } = PretrainedModel.Mini;

    /// <summary>Epochs, batches, learning rate, seed and the rest of how training goes.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>
    /// What trains instead of the whole model, a <see cref="LoraOptions"/> for example. Default null: the whole model does. The model that comes of it is a
    /// plain one, as fast as any, unless <see cref="AdapterStorage"/> keeps the adapter apart.
    /// </summary>
    public AdapterOptions? Adapter { get; init; }

    /// <summary>
    /// What a model zip holds where there is an <see cref="Adapter"/>. Default null: the merged weights, or base and adapter where the kind cannot be merged.
    /// </summary>
    public AdapterStorage? AdapterStorage { get; init; }

    /// <summary>What stays as it was pretrained. Default: everything trains.</summary>
    public FreezingOptions Freezing { get; init; } = new();

    /// <summary>How texts become tokens; above all the most tokens of a text.</summary>
    public TokenizationOptions Tokenization { get; init; } = new();

    /// <summary>
    /// Data with the same columns that is not trained on but measured after every epoch: for the log, early stopping and keeping the best weights. Default
    /// null.
    /// In a pipeline it must have gone through the steps before this one, for example the same <c>MapValueToKey</c>.
    /// </summary>
    public IDataView? ValidationSet { get; init; }

    /// <summary>
    /// Share of the training rows, chosen by the seed, that is kept back as validation set instead of <see cref="ValidationSet"/>. Default 0: none.
    /// </summary>
    public double ValidationFraction { get; init; }

    /// <summary><see cref="Training"/> with the learning rate that it gives, or that is taken where it gives none.</summary>
    internal TrainingOptions RatedTraining => Training.WithLearningRate(Adapter, TaskLearningRate);

    /// <summary>The learning rate of the whole model where none is given.</summary>
    private protected virtual double TaskLearningRate => TrainingOptions.DefaultLearningRate;

    /// <summary>The options that name input columns, with the names.</summary>
    internal abstract IEnumerable<(string Option, string Name)> InputNames { get; }

    /// <summary>The columns that are added, with the option that names each.</summary>
    internal abstract IEnumerable<(string Option, string Name)> OutputNames { get; }

    /// <summary>Checks everything that needs neither data nor model to be checked.</summary>
    /// <exception cref="ArgumentException">An option has a value that makes no sense, or two contradict each other; the message names them.</exception>
    internal virtual void Validate()
    {
        foreach (var (option, name) in InputNames)
            NotEmpty(name, option);
        var seen = new Dictionary<string, string>();
        foreach (var (option, name) in OutputNames)
        {
            NotEmpty(name, option);
            if (!seen.TryAdd(name, option))
                throw new ArgumentException($"'{seen[name]}' and '{option}' both name the output column '{name}'; each needs its own.", option);
        }

        NotNull(Model, nameof(Model));
        NotNull(Training, nameof(Training));
        RatedTraining.Validate();
        NotNull(Freezing, nameof(Freezing)).Validate();
        Adapter?.Validate();
        CheckAdapterStorage();
        NotNull(Tokenization, nameof(Tokenization)).Validate();
        if (ValidationFraction is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(ValidationFraction), ValidationFraction,
                FormattableString.Invariant($"'{nameof(ValidationFraction)}' is {ValidationFraction}; a number from 0 to below 1 is needed."));
        }

        if (ValidationFraction > 0 && ValidationSet is not null)
        {
            throw new ArgumentException(
                $"Both '{nameof(ValidationSet)}' and '{nameof(ValidationFraction)}' are given; one of them is needed.", nameof(ValidationFraction));
        }

        if (Training.EarlyStoppingPatience is not null && ValidationSet is null && ValidationFraction == 0)
        {
            throw new ArgumentException(
                $"'{nameof(TrainingOptions.EarlyStoppingPatience)}' needs a validation set: give '{nameof(ValidationSet)}' or '{nameof(ValidationFraction)}'.",
                nameof(TrainingOptions.EarlyStoppingPatience));
        }
    }

    private void CheckAdapterStorage()
    {
        if (AdapterStorage is not { } storage)
            return;
        Defined(storage, nameof(AdapterStorage));
        if (Adapter is null)
            throw new ArgumentException($"'{nameof(AdapterStorage)}' is {storage}, but '{nameof(Adapter)}' is not given: the whole model trains.", nameof(AdapterStorage));
        if (storage == MLNetNlp.AdapterStorage.Merged && !Adapter.CanMerge)
        {
            throw new ArgumentException($"'{nameof(AdapterStorage)}' is {storage}, but {Adapter.GetType().Name} is no change of weights and cannot be merged; "
                + $"{MLNetNlp.AdapterStorage.BaseAndAdapter} or {MLNetNlp.AdapterStorage.AdapterOnly} is needed.", nameof(AdapterStorage));
        }

        if (storage == MLNetNlp.AdapterStorage.BaseAndAdapter && Adapter is LoraOptions { BaseQuantization: not null })
        {
            throw new ArgumentException($"'{nameof(AdapterStorage)}' is {storage}, but '{nameof(LoraOptions.BaseQuantization)}' keeps the base model packed only; "
                + $"{MLNetNlp.AdapterStorage.Merged} or {MLNetNlp.AdapterStorage.AdapterOnly} is needed.", nameof(AdapterStorage));
        }
    }

    /// <summary>Throws when an option that must hold one of an enumeration's values holds another.</summary>
    private protected static void Defined<T>(T value, string option)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
            throw new ArgumentOutOfRangeException(option, value, $"'{option}' is {value}; one of {string.Join(", ", Enum.GetNames<T>())} is needed.");
    }

    /// <summary>Throws when an option that names a column is empty.</summary>
    private protected static void NotEmpty(string? value, string option)
    {
        if (string.IsNullOrWhiteSpace(value))
            throw new ArgumentException($"'{option}' is empty; the name of a column is needed.", option);
    }

    /// <summary>Throws when an option is null.</summary>
    private protected static T NotNull<T>(T? value, string option)
        where T : class => value ?? throw new ArgumentNullException(option, $"'{option}' is null.");
}
