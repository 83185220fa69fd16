using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNetNlp;
using MLNetNlp.Pipeline;

[assembly: LoadableClass(typeof(ITransformer), typeof(CrossEncoderTransformer), null, typeof(SignatureLoadModel),
    "MLNetNlp cross-encoder", CrossEncoderTransformer.LoaderSignature)]

namespace MLNetNlp;

/// <summary>A cross-encoder: reads two texts together and adds one score (Single), how alike they are or how well the second answers the first.</summary>
/// <remarks>
/// Made by <see cref="SentenceSimilarityTrainer"/>, <see cref="CrossEncoderTrainer"/>, <see cref="ScorePairsEstimator"/>, or by <c>mlContext.Model.Load</c>, which needs no
/// registration: the model zip names this assembly.
/// </remarks>
public sealed class CrossEncoderTransformer : RowTransformer
{
    internal const string LoaderSignature = "NlpCrossEncoder";
    internal const string Component = "CrossEncoder";
    private const string ModelSignature = "NLPCROSS";
    private static readonly ColumnCheck Check = new(Component);
    private readonly CrossEncoderColumns _columns;

    internal CrossEncoderTransformer(PairScorer scorer, CrossEncoderColumns columns)
    {
        Scorer = scorer;
        _columns = columns;
    }

    /// <summary>The column of the first text: the query of a ranking.</summary>
    public string Sentence1ColumnName => _columns.Texts.First;

    /// <summary>The column of the second text: the document of a ranking.</summary>
    public string Sentence2ColumnName => _columns.Texts.Second!;

    /// <summary>The column of the score.</summary>
    public string ScoreColumnName => _columns.Score;

    /// <summary>The label that the model was trained on; null where it was not trained here. It is not needed for predictions.</summary>
    public string? LabelColumnName => _columns.Label;

    /// <summary>The column that says which rows are ranked against each other; null for models of similarity.</summary>
    public string? RowGroupColumnName => _columns.Group;

    /// <summary>What becomes of the logit.</summary>
    public ScoreActivation Activation => Scorer.Score.Activation;

    /// <summary>Most tokens of a pair, special tokens included; of the longer text first, what is beyond is cut off.</summary>
    public int MaxLength => Scorer.MaxLength;

    internal PairScorer Scorer { get; }

    /// <summary>
    /// Writes the model as a Hugging Face folder with one label: <c>config.json</c>, <c>model.safetensors</c> and the tokenizer's files, as Python's transformers
    /// (<c>AutoModelForSequenceClassification</c>) and sentence-transformers (<c>CrossEncoder</c>) open it.
    /// </summary>
    /// <param name="path">The folder; it is made where it is not there. Files of the same names are replaced.</param>
    /// <exception cref="ObjectDisposedException">The transformer is disposed.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void SaveToDirectory(string path) => SaveFolder(path, create => Scorer.Save(create, this));

    /// <inheritdoc/>
    public override void Dispose()
    {
        Scorer.Dispose();
        GC.SuppressFinalize(this);
    }

    internal static DataViewSchema.DetachedColumn OutputColumn(string name, string kind, uint setId) =>
        new(name, NumberDataViewType.Single, ScoreAnnotations.Begin(setId, kind, "Score").ToAnnotations());

    internal override ModelAdaptation? Adaptation => Scorer.Adaptation;

    internal override IReadOnlyList<DataViewSchema.Column> RequiredColumns(DataViewSchema input) => _columns.Texts.Find(input, Check);

    internal override IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns(DataViewSchema input) =>
        [OutputColumn(ScoreColumnName, Scorer.Score.Kind, ScoreAnnotations.NextSetId(input))];

    internal override IRowScorer CreateScorer(DataViewRow input)
    {
        ThrowIfDisposed();
        return new WindowScorer(1, _columns.Texts.Reader(input, Scorer.Tokenizer, MaxLength), (pairs, scores) => Scorer.Run(pairs, scores, this),
            static (_, score) => (ValueGetter<float>)((ref float value) => value = score()[0]));
    }

    internal override void ThrowIfDisposed() => Scorer.ThrowIfDisposed(this);

    private protected override void SaveModel(ModelSaveContext context) =>
        ModelZip.Save(context, ModelSignature, LoaderSignature, createFile => Scorer.SaveInZip(createFile, this), Manifest(), CrossEncoderJson.Default.CrossEncoderManifest);

    private CrossEncoderManifest Manifest() => new()
    {
        Task = LoaderSignature,
        Sentence1ColumnName = Sentence1ColumnName,
        Sentence2ColumnName = Sentence2ColumnName,
        LabelColumnName = LabelColumnName,
        RowGroupColumnName = RowGroupColumnName,
        ScoreColumnName = ScoreColumnName,
        MaxLength = MaxLength,
        Activation = Activation,
        ScoreKind = Scorer.Score.Kind,
        ScoreMinimum = Scorer.Score.Minimum,
        ScoreMaximum = Scorer.Score.Maximum,
    };

    // Found by name and signature when a model zip is loaded.
    private static ITransformer Create(IHostEnvironment environment, ModelLoadContext context) =>
        ModelZip.Load(context, ModelSignature, LoaderSignature, CrossEncoderJson.Default.CrossEncoderManifest, (manifest, files) =>
        {
            var score = new PairScore(manifest.Activation, manifest.ScoreKind) { Minimum = manifest.ScoreMinimum, Maximum = manifest.ScoreMaximum };
            return new CrossEncoderTransformer(PairScorer.Load(files, manifest.MaxLength, score), new CrossEncoderColumns(
                new TextColumns(manifest.Sentence1ColumnName, manifest.Sentence2ColumnName), manifest.ScoreColumnName, manifest.LabelColumnName,
                manifest.RowGroupColumnName));
        });
}
