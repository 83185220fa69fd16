using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNetNlp;
using MLNetNlp.Pipeline;

[assembly: LoadableClass(typeof(ITransformer), typeof(NamedEntityRecognitionTransformer), null, typeof(SignatureLoadModel),
    "MLNetNlp named entity recognition", NamedEntityRecognitionTransformer.LoaderSignature)]

namespace MLNetNlp;

/// <summary>A fine-tuned tagger: adds each word's predicted tag and probabilities, and the entities.</summary>
/// <remarks>
/// In: the sentences, as a text column or as vectors of ready tokens, whichever the training set had. Out, for a sentence of n words and a model of m tags:
/// <list type="bullet">
/// <item><c>PredictedLabel</c>: vector of n keys, with the label's values; a missing key is a word outside where no value says so.</item>
/// <item><c>Score</c>: vector of n times m probabilities, word by word; the order of the tags is that of <see cref="Tags"/>.</item>
/// <item>
/// <c>EntityTypes</c>, <c>EntityTexts</c>, <c>EntityStarts</c>, <c>EntityLengths</c>, <c>EntityConfidences</c>: one value each per entity; see
/// <see cref="EntityPrediction"/>.
/// </item>
/// </list>
/// A text may be of any length: it is read in windows that overlap, and each word gets its tag from the window that shows most of its surroundings.
/// Made by <see cref="NamedEntityRecognitionTrainer"/> or by <c>mlContext.Model.Load</c>, which needs no registration: the model zip names this assembly.
/// </remarks>
public sealed class NamedEntityRecognitionTransformer : RowTransformer
{
    internal const string LoaderSignature = "NlpNamedEntities";
    private const string Component = "NamedEntityRecognition";
    private const string ModelSignature = "NLPNEREC";
    private static readonly ColumnCheck Check = new(Component);
    private readonly TokenTagger _tagger;
    private readonly TagSettings _settings;
    private readonly TagOutput _output;
    private readonly TagPredictor _predictor;
    private readonly SentenceColumn _column;

    internal NamedEntityRecognitionTransformer(TokenTagger tagger, TagSettings settings, TagOutput output)
    {
        _tagger = tagger;
        _settings = settings;
        _output = output;
        _predictor = new TagPredictor(output.Tags, output.Aggregation, output.Constrained, tagger.Transitions);
        _column = new SentenceColumn(settings.Sentence1ColumnName);
    }

    /// <summary>The column of sentences that is read.</summary>
    public string Sentence1ColumnName => _settings.Sentence1ColumnName;

    /// <summary>The label column that the model was trained on. It is not needed for predictions.</summary>
    public string LabelColumnName => _settings.LabelColumnName;

    /// <summary>The tags as text, in the order of the probabilities in <c>Score</c>.</summary>
    public IReadOnlyList<string> Tags => _output.Tags.Names;

    /// <summary>The same model with other ways to go from probabilities to tags and entities. Shares the weights: disposing either disposes both.</summary>
    /// <param name="constrained">Whether only sequences of tags are predicted that the scheme allows.</param>
    /// <param name="aggregation">How tags become entities.</param>
    public NamedEntityRecognitionTransformer WithDecoding(bool constrained, EntityAggregation aggregation = EntityAggregation.Words) =>
        new(_tagger, _settings, _output with { Constrained = constrained, Aggregation = aggregation });

    /// <summary>
    /// Writes the model as a Hugging Face folder: <c>config.json</c>, <c>model.safetensors</c> and the tokenizer's files, as Python's transformers opens them.
    /// </summary>
    /// <param name="path">The folder; it is made where it is not there. Files of the same names are replaced.</param>
    /// <exception cref="ObjectDisposedException">The transformer is disposed.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void SaveToDirectory(string path) => SaveFolder(path, create => _tagger.Save(create, this));

    /// <inheritdoc/>
    public override void Dispose() => _tagger.Dispose();

    internal override ModelAdaptation? Adaptation => _tagger.Adaptation;

    internal override IReadOnlyList<DataViewSchema.Column> RequiredColumns(DataViewSchema input) => [_column.Find(input, Check)];

    internal override IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns(DataViewSchema input) => _output.Columns(ScoreAnnotations.NextSetId(input));

    internal override IRowScorer CreateScorer(DataViewRow input)
    {
        ThrowIfDisposed();
        return new TagScorer(_column.Reader(input, _settings.Boundaries, _tagger.Tokenizer),
            new SentenceWindows(_tagger.Tokenizer, _settings.MaxLength, _settings.Stride), Tags.Count, _predictor,
            (texts, logits) => _tagger.Score(texts, logits, this), (output, scorer) => _output.Getter(output, scorer.Current));
    }

    internal override void ThrowIfDisposed() => _tagger.ThrowIfDisposed(this);

    private protected override void SaveModel(ModelSaveContext context) =>
        ModelZip.Save(context, ModelSignature, LoaderSignature, createFile => _tagger.SaveInZip(createFile, this), new NamedEntityRecognitionManifest
        {
            Task = LoaderSignature,
            Settings = _settings,
            PredictionColumnName = _output.PredictionColumnName,
            ScoreColumnName = _output.ScoreColumnName,
            EntityColumnPrefix = _output.EntityColumnPrefix,
            Aggregation = _output.Aggregation,
            ConstrainedDecoding = _output.Constrained,
            Tags = TagSetManifest.Of(_output.Tags),
        }, NamedEntityRecognitionJson.Default.NamedEntityRecognitionManifest);

    // Found by name and signature when a model zip is loaded.
    private static ITransformer Create(IHostEnvironment environment, ModelLoadContext context) =>
        ModelZip.Load(context, ModelSignature, LoaderSignature, NamedEntityRecognitionJson.Default.NamedEntityRecognitionManifest, (manifest, files) =>
        {
            var tags = manifest.Tags.ToTagSet();
            var output = new TagOutput(manifest.PredictionColumnName, manifest.ScoreColumnName, manifest.EntityColumnPrefix, tags, manifest.Aggregation,
                manifest.ConstrainedDecoding);
            return new NamedEntityRecognitionTransformer(TokenTagger.Load(files, tags.Names), manifest.Settings, output);
        });
}
