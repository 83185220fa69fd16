using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.Inference;
using MLNetNlp.Transformers.Inputs;

namespace MLNetNlp;

/// <summary>Trains a sentence encoder from few labelled pairs: a cross-encoder, which learns faster, labels many more for it.</summary>
/// <remarks>
/// (1) A cross-encoder is trained on the labelled ("gold") pairs. (2) Pairs without a label are chosen among the texts. (3) The cross-encoder labels them
/// ("silver"), within the range of the gold labels. (4) A sentence encoder is trained on gold and silver pairs together. In: a label (Single) and two text
/// columns. Out of the fit: the transformer that <c>EmbedSentences</c> makes. Made by <c>mlContext.Transforms.Text.AugmentedSentenceBert</c>. Thakur, Reimers,
/// Daxenberger and Gurevych 2021, "Augmented SBERT: Data Augmentation Method for Improving Bi-Encoders for Pairwise Sentence Scoring Tasks".
/// </remarks>
public sealed partial class AugmentedSentenceBertEstimator : IEstimator<SentenceEmbeddingTransformer>
{
    private const string Component = "AugmentedSentenceBert";
    private const int SearchBatchSize = 32;
    private static readonly ColumnCheck Check = new(Component);
    private readonly Options _options;
    private readonly IHost _host;
    private readonly SentenceSimilarityTrainer _crossEncoder;
    private readonly SentenceEmbeddingTrainer _embeddings;
    private readonly int _seed;

    internal AugmentedSentenceBertEstimator(IHostEnvironment environment, Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _host = environment.Register(Component);
        _seed = options.Seed ?? _host.Rand.Next();
        _crossEncoder = new SentenceSimilarityTrainer(environment, options.CrossEncoder with
        {
            LabelColumnName = options.LabelColumnName,
            Sentence1ColumnName = options.Sentence1ColumnName,
            Sentence2ColumnName = options.Sentence2ColumnName,
        });
        _embeddings = new SentenceEmbeddingTrainer(environment, options.Embeddings with
        {
            LabelColumnName = options.LabelColumnName,
            Sentence1ColumnName = options.Sentence1ColumnName,
            Sentence2ColumnName = options.Sentence2ColumnName,
            // The rows that it is trained on have no other column; the fitted transformer gets the input column that was asked for.
            InputColumnName = null,
        });
    }

    private TextColumns Columns => new(_options.Sentence1ColumnName, _options.Sentence2ColumnName);

    /// <summary>Trains the cross-encoder, labels pairs, and trains the sentence encoder.</summary>
    /// <exception cref="ArgumentException">A column is missing or has the wrong type, or options and model do not go together.</exception>
    /// <exception cref="InvalidDataException">A row's label is not a number that the losses can learn; the message has the row's number.</exception>
    /// <exception cref="InvalidOperationException">The training set is empty, has no labelled row, or no text.</exception>
    /// <exception cref="OperationCanceledException">One of the trainings was cancelled.</exception>
    public SentenceEmbeddingTransformer Fit(IDataView input) => Fit(input, out _);

    /// <summary>Trains as <see cref="Fit(IDataView)"/> does, and hands out the pairs that the cross-encoder has labelled.</summary>
    /// <param name="input">The labelled pairs.</param>
    /// <param name="silverPairs">The other pairs: columns as in <paramref name="input"/>.</param>
    public SentenceEmbeddingTransformer Fit(IDataView input, out IDataView silverPairs)
    {
        ArgumentNullException.ThrowIfNull(input);
        var label = NumberColumn.Single(Check, input.Schema, _options.LabelColumnName, nameof(Options.LabelColumnName));
        Columns.Find(input.Schema, Check);
        using var crossEncoder = _crossEncoder.Fit(input);
        using var channel = _host.Start("Labelling");
        var gold = GoldPairs.Read(input, label, Columns, Check);
        var goldTexts = gold.Texts.Count;
        if (_options.UnlabelledTexts is { } texts)
            gold.AddTexts(texts, Columns, Check);
        var pairs = Choose(gold);
        if (pairs.Count == 0)
            channel.Warning(MessageSensitivity.None, "No pair was found beside those with a label: the sentence encoder is trained on these alone.");
        var (lowest, highest) = (gold.Labels.Min(), gold.Labels.Max());
        var labels = crossEncoder.Scorer.Run([.. pairs.Select(pair => (gold.Texts[pair.First], gold.Texts[pair.Second]))], crossEncoder);
        for (var i = 0; i < labels.Length; i++)
            labels[i] = Math.Clamp(labels[i], lowest, highest);
        channel.Info(MessageSensitivity.None, "{0}", FormattableString.Invariant(
            $"{pairs.Count} pairs of {gold.Texts.Count} texts labelled beside {gold.Pairs.Count} of {goldTexts}: {(labels.Length > 0 ? labels.Average() : 0):0.###} on the ")
            + FormattableString.Invariant($"average, those with a label {gold.Labels.Average():0.###}."));
        silverPairs = Table(gold.Texts, pairs, labels);
        var trained = _embeddings.Fit(Table(gold.Texts, [.. gold.Pairs, .. pairs], [.. gold.Labels, .. labels]));
        return new SentenceEmbeddingTransformer(trained.Embedder, _options.Embeddings.InputColumnName ?? _options.Sentence1ColumnName, trained.OutputColumnName);
    }

    /// <summary>The columns after <see cref="Fit(IDataView)"/> and transform, for data with columns of this shape. The models are not opened for it.</summary>
    /// <exception cref="ArgumentException">A column is missing or has the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        NumberColumn.Single(Check, inputSchema, _options.LabelColumnName, nameof(Options.LabelColumnName));
        Columns.Check(inputSchema, Check);
        return Shapes.Append(inputSchema, [SentenceEmbeddingTransformer.OutputColumn(_options.Embeddings.OutputColumnName, dimension: 1)]);
    }

    private IReadOnlyList<(int First, int Second)> Choose(GoldPairs gold)
    {
        var candidates = new CandidatePairs(gold.Texts, gold.Known);
        var random = new SeededRandom(SeededRandom.Derive(_seed, "silver pairs"));
        if (_options.Sampling == SilverSampling.Random)
            candidates.AddRandom((int)Math.Min(int.MaxValue, ((long)gold.Texts.Count * _options.CandidatesPerText + 1) / 2), random);
        if (_options.Sampling is SilverSampling.Bm25 or SilverSampling.Bm25AndSemantic)
            candidates.AddByWords(_options.CandidatesPerText);
        if (_options.Sampling is SilverSampling.Semantic or SilverSampling.Bm25AndSemantic)
            candidates.AddByVectors(Embed(gold.Texts), _options.CandidatesPerText);
        if (_options.MaxSilverPairs is { } most)
            candidates.Limit(most, random);
        return candidates.Pairs;
    }

    private float[] Embed(IReadOnlyList<string> texts)
    {
        var embeddings = _options.Embeddings;
        var own = _options.SearchModel is null;
        using var files = (_options.SearchModel ?? embeddings.Model).Open(embeddings.Training.CancellationToken);
        using var embedder = SentenceEmbedder.Load(files, own ? embeddings.Pooling : null, own ? embeddings.Normalize : null,
            own ? embeddings.Tokenization.MaxLength : null, SearchBatchSize, Devices.Parse(embeddings.Training.Device));
        return TextVectors.Of(embedder, texts, this);
    }

    private TableView Table(IReadOnlyList<string> texts, IReadOnlyList<(int First, int Second)> pairs, float[] labels) => TableView.Of(
        (_options.LabelColumnName, NumberDataViewType.Single, labels),
        TableView.Texts(_options.Sentence1ColumnName, pairs.Select(pair => texts[pair.First])),
        TableView.Texts(_options.Sentence2ColumnName, pairs.Select(pair => texts[pair.Second])));
}
