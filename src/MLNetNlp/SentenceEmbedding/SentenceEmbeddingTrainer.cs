using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.Inference;
using MLNetNlp.Transformers.Losses;

namespace MLNetNlp;

/// <summary>Trains a sentence encoder so that texts that belong together get vectors that lie near each other.</summary>
/// <remarks>
/// In: texts in one or more columns, and mostly a label; which, the loss says. Out of the fit: the transformer that <c>EmbedSentences</c> makes. Made by
/// <c>mlContext.Transforms.Text.TrainSentenceEmbeddings</c>. Reimers and Gurevych 2019, "Sentence-BERT: Sentence Embeddings using Siamese BERT-Networks".
/// </remarks>
public sealed partial class SentenceEmbeddingTrainer : IEstimator<SentenceEmbeddingTransformer>
{
    private const string Component = "TrainSentenceEmbeddings";
    private static readonly ColumnCheck Check = new(Component);
    private readonly Options _options;
    private readonly IHost _host;
    private readonly int _seed;

    internal SentenceEmbeddingTrainer(IHostEnvironment environment, Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _host = environment.Register(Component);

        // Drawn once, here: so each fit of one trainer is the same, and a context with a seed makes the same trainers in the same order.
        _seed = options.Training.Seed ?? _host.Rand.Next();
    }

    /// <summary>Trains the encoder.</summary>
    /// <exception cref="ArgumentException">A column is missing or has the wrong type, or columns, loss and model do not go together.</exception>
    /// <exception cref="InvalidDataException">A label is outside of the loss's range; the message has the row's number.</exception>
    /// <exception cref="InvalidOperationException">The training set is empty or has no row with a label.</exception>
    /// <exception cref="OperationCanceledException"><see cref="TrainingOptions.CancellationToken"/> was cancelled.</exception>
    public SentenceEmbeddingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var channel = _host.Start("Training");
        var sources = FindSets(input);
        var validation = _options.ValidationSet is { } set
            ? EmbeddingSource.Validation(set, _options.ValidationColumns ?? _options.Columns, sources[0], Check)
            : null;
        using var files = _options.Model.Open(_options.Training.CancellationToken);
        var device = Devices.Parse(_options.Training.Device);
        var embedder = SentenceEmbedder.Load(files, _options.Pooling, _options.Normalize, _options.Tokenization.MaxLength, _options.Training.BatchSize, device);
        try
        {
            var (sets, held) = Read(sources, validation, embedder, channel);
            AdaptedTraining.Run(embedder.Encoder, [], _options, _seed, "FEATURE_EXTRACTION", () =>
            {
                var result = new SentenceEncoderTraining
                {
                    Encoder = embedder.Encoder,
                    PaddingId = embedder.Tokenizer.PaddingId,
                    Device = device,
                    Sets = sets,
                    Mixing = _options.Mixing,
                    Validation = held,
                    Options = _options.Training,
                    Freezing = _options.Freezing,
                    Adapter = _options.Adapter,
                    Seed = _seed,
                    Log = message => channel.Info(MessageSensitivity.None, "{0}", message),
                    Warn = message => channel.Warning(MessageSensitivity.None, "{0}", message),
                }.Run();
                channel.Info(MessageSensitivity.None, "{0}", FormattableString.Invariant(
                    $"Trained on {sets.Sum(set => set.Examples.Count)} examples in {result.Steps} steps, {result.SamplesPerSecond:f1}/s; last loss {result.FinalLoss:g4}."));
            });
            return new SentenceEmbeddingTransformer(embedder, _options.InputOrFirstColumnName, _options.OutputColumnName);
        }
        catch
        {
            embedder.Dispose();
            throw;
        }
    }

    /// <summary>The columns after <see cref="Fit"/> and transform, for data with columns of this shape. The model is not opened for it.</summary>
    /// <exception cref="ArgumentException">A column is missing or has the wrong type, or the columns are not those that the loss takes.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        EmbeddingSource.Check(inputSchema, _options.Columns, _options.Loss, Check);
        Check.Text(inputSchema, _options.InputOrFirstColumnName, nameof(Options.InputColumnName));

        // A shape says that the size is known, not what it is.
        return Shapes.Append(inputSchema, [SentenceEmbeddingTransformer.OutputColumn(_options.OutputColumnName, dimension: 1)]);
    }

    private EmbeddingSource[] FindSets(IDataView input)
    {
        EmbeddingSource[] sources =
        [
            EmbeddingSource.Training(input, _options.Columns, _options.Loss, "training set", Check),
            .. _options.AdditionalSets.Select((set, i) => EmbeddingSource.Training(set.Data, set.Columns, set.Loss, $"additional set {i + 1}", Check)),
        ];
        if (sources.FirstOrDefault(source => source.Loss!.Inputs.NeedsGuide) is { } guided && _options.Guide is null)
            throw new ArgumentException($"{guided.Loss!.Inputs.LossName} needs a guide, but '{nameof(Options.Guide)}' is not given.", nameof(Options.Guide));
        if (sources.FirstOrDefault(source => source.Loss!.Inputs.NeedsDropout) is { } noisy && !_options.Training.Dropout)
        {
            throw new ArgumentException($"'{nameof(TrainingOptions.Dropout)}' is off, but {noisy.Loss!.Inputs.LossName} needs it: nothing else tells a text's two "
                + "vectors apart.", nameof(TrainingOptions.Dropout));
        }

        return sources;
    }

    private (EmbeddingSet[] Sets, EmbeddingValidation? Validation) Read(
        EmbeddingSource[] sources, EmbeddingSource? validation, SentenceEmbedder embedder, IChannel channel)
    {
        var reader = new EmbeddingReader(Check, channel, _options.Training.CancellationToken);
        var sets = sources.Select((source, i) => new EmbeddingSet(reader.Read(source, NewPool()), source.Loss!)
        {
            Sampling = i == 0 ? _options.BatchSampling : _options.AdditionalSets[i - 1].BatchSampling,
            SamplesPerLabel = _options.SamplesPerLabel,
        }).ToArray();
        var held = validation is null ? null : new EmbeddingValidation(
            reader.Read(validation, NewPool()), validation.Labels?.Kind ?? EmbeddingLabelKind.None, validation.Loss is not null);
        if (_options.ValidationFraction > 0)
        {
            var (first, second) = Split(sets[0].Examples);
            (sets[0], held) = (sets[0] with { Examples = first }, new EmbeddingValidation(second, sets[0].Loss.Inputs.Label, HasLoss: true));
        }

        if (!sets.Any(NeedsGuide))
            return (sets, held);
        using var files = _options.Guide!.Open(_options.Training.CancellationToken);
        using var guide = SentenceEmbedder.Load(files, null, null, null, _options.Training.BatchSize, Devices.Parse(_options.Training.Device));
        sets = [.. sets.Select(set => NeedsGuide(set) ? set with { Guide = GuideVectors.Compute(guide, set.Examples.Pool) } : set)];
        return (sets, held is null ? null : held with { Guide = GuideVectors.Compute(guide, held.Examples.Pool) });

        static bool NeedsGuide(EmbeddingSet set) => set.Loss.Inputs.NeedsGuide;

        TextPool NewPool() => new(embedder.Tokenizer, embedder.MaxLength);
    }

    private (EmbeddingExamples Training, EmbeddingExamples Validation) Split(EmbeddingExamples all)
    {
        if (all.Count < 3)
        {
            throw new InvalidOperationException(
                $"The training set has {all.Count} rows, too few to keep some back for '{nameof(FineTuningOptions.ValidationFraction)}'.");
        }

        var (first, second) = RowSplit.Choose(all.Count, _options.ValidationFraction, _seed);
        return (all.Select(first), all.Select(second));
    }
}
