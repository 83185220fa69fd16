using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNetNlp;
using MLNetNlp.Pipeline;

[assembly: LoadableClass(typeof(ITransformer), typeof(IntentAndSlotsTransformer), null, typeof(SignatureLoadModel),
    "MLNetNlp intent and slots", IntentAndSlotsTransformer.LoaderSignature)]

namespace MLNetNlp;

/// <summary>A fine-tuned joint model: adds what a command wants, each word's slot tag, and the slots as spans.</summary>
/// <remarks>
/// Out: <c>PredictedIntent</c> (key, with the label's values), <c>IntentScore</c> (one probability an intent, with slot names), and what
/// <see cref="NamedEntityRecognitionTransformer"/> gives of words, with <c>SlotTypes</c>, <c>SlotTexts</c>, <c>SlotStarts</c>, <c>SlotLengths</c> and
/// <c>SlotConfidences</c> for the entities. A command without words has a missing intent and probabilities that are all alike.
/// Made by <see cref="IntentAndSlotsTrainer"/> or by <c>mlContext.Model.Load</c>, which needs no registration: the model zip names this assembly.
/// </remarks>
public sealed class IntentAndSlotsTransformer : RowTransformer
{
    internal const string LoaderSignature = "NlpIntentAndSlots";
    private const string Component = "IntentAndSlots";
    private const string ModelSignature = "NLPINTSL";
    private static readonly ColumnCheck Check = new(Component);
    private readonly IntentAndSlotsTagger _tagger;
    private readonly TagSettings _settings;
    private readonly TagOutput _tags;
    private readonly MulticlassOutput _intents;
    private readonly TagPredictor _predictor;
    private readonly SentenceColumn _column;

    internal IntentAndSlotsTransformer(IntentAndSlotsTagger tagger, TagSettings settings, TagOutput tags, MulticlassOutput intents)
    {
        _tagger = tagger;
        _settings = settings;
        _tags = tags;
        _intents = intents;
        _predictor = new TagPredictor(tags.Tags, tags.Aggregation, tags.Constrained, null);
        _column = new SentenceColumn(settings.Sentence1ColumnName);
    }

    /// <summary>The column of commands that is read.</summary>
    public string Sentence1ColumnName => _settings.Sentence1ColumnName;

    /// <summary>The slot tags as text, in the order of the probabilities in <c>Score</c>.</summary>
    public IReadOnlyList<string> Tags => _tags.Tags.Names;

    /// <summary>The intents as text, in the order of the probabilities in <c>IntentScore</c>.</summary>
    public IReadOnlyList<string> Intents => _intents.Names;

    /// <inheritdoc/>
    public override void Dispose() => _tagger.Dispose();

    internal override ModelAdaptation? Adaptation => _tagger.Adaptation;

    internal override IReadOnlyList<DataViewSchema.Column> RequiredColumns(DataViewSchema input) => [_column.Find(input, Check)];

    internal override IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns(DataViewSchema input)
    {
        var setId = ScoreAnnotations.NextSetId(input);
        return [.. _tags.Columns(setId), .. _intents.Columns(setId + 1)];
    }

    internal override IRowScorer CreateScorer(DataViewRow input)
    {
        ThrowIfDisposed();
        return new TagScorer(_column.Reader(input, _settings.Boundaries, _tagger.Tokenizer),
            new SentenceWindows(_tagger.Tokenizer, _settings.MaxLength, _settings.Stride), Tags.Count + Intents.Count, _predictor,
            (texts, scores) => _tagger.Score(texts, scores, this), Getter);
    }

    internal override void ThrowIfDisposed() => _tagger.ThrowIfDisposed(this);

    private Delegate Getter(int output, TagScorer scorer) => (output - TagOutput.Count) switch
    {
        < 0 => _tags.Getter(output, scorer.Current),
        MulticlassOutput.PredictionIndex => (ValueGetter<uint>)((ref uint value) =>
        {
            var scores = scorer.FirstToken();
            value = scores.IsEmpty ? 0 : Probabilities.BestKey(scores[Tags.Count..]);
        }),
        _ => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
        {
            var editor = VBufferEditor.Create(ref value, Intents.Count);
            var scores = scorer.FirstToken();
            if (scores.IsEmpty)
                editor.Values.Fill(1f / Intents.Count);
            else
                Probabilities.Softmax(scores[Tags.Count..], editor.Values);
            value = editor.Commit();
        }),
    };

    private protected override void SaveModel(ModelSaveContext context) =>
        ModelZip.Save(context, ModelSignature, LoaderSignature, createFile => _tagger.SaveInZip(createFile, this), new IntentAndSlotsManifest
        {
            Task = LoaderSignature,
            Settings = _settings,
            PredictionColumnName = _tags.PredictionColumnName,
            ScoreColumnName = _tags.ScoreColumnName,
            EntityColumnPrefix = _tags.EntityColumnPrefix,
            Aggregation = _tags.Aggregation,
            ConstrainedDecoding = _tags.Constrained,
            Tags = TagSetManifest.Of(_tags.Tags),
            PredictedIntentColumnName = _intents.PredictionColumnName,
            IntentScoreColumnName = _intents.ScoreColumnName,
            IntentNames = _intents.Names,
            IntentValueType = _intents.ValueTypeName,
        }, IntentAndSlotsJson.Default.IntentAndSlotsManifest);

    // Found by name and signature when a model zip is loaded.
    private static ITransformer Create(IHostEnvironment environment, ModelLoadContext context) =>
        ModelZip.Load(context, ModelSignature, LoaderSignature, IntentAndSlotsJson.Default.IntentAndSlotsManifest, (manifest, files) =>
        {
            var tags = new TagOutput(manifest.PredictionColumnName, manifest.ScoreColumnName, manifest.EntityColumnPrefix, manifest.Tags.ToTagSet(),
                manifest.Aggregation, manifest.ConstrainedDecoding);
            var type = manifest.IntentValueType is null ? null : KeyValueType.Named(manifest.IntentValueType)
                ?? throw new InvalidDataException($"label values of type '{manifest.IntentValueType}' are not known.");
            var intents = new MulticlassOutput(manifest.PredictedIntentColumnName, manifest.IntentScoreColumnName, manifest.IntentNames,
                type?.Parse(manifest.IntentNames));
            return new IntentAndSlotsTransformer(
                IntentAndSlotsTagger.Load(files, tags.Tags.Names, manifest.IntentNames.Count), manifest.Settings, tags, intents);
        });
}
