using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNetNlp;
using MLNetNlp.Pipeline;

[assembly: LoadableClass(typeof(ITransformer), typeof(RerankTransformer), null, typeof(SignatureLoadModel),
    "MLNetNlp re-ranking", RerankTransformer.LoaderSignature)]

namespace MLNetNlp;

/// <summary>Puts the candidates of each row into the order of a cross-encoder's scores, the highest first.</summary>
/// <remarks>
/// Made by <see cref="RerankEstimator"/> or by <c>mlContext.Model.Load</c>, which needs no registration: the model zip names this assembly, and holds the
/// cross-encoder. Disposing a transformer that was loaded frees the weights; one that was made from a cross-encoder leaves them to it.
/// </remarks>
public sealed class RerankTransformer : RowTransformer
{
    internal const string LoaderSignature = "NlpRerank";
    internal const string Component = "Rerank";
    private const string ModelSignature = "NLPRERAN";
    private readonly PairScorer _scorer;
    private readonly bool _ownsScorer;
    private readonly RerankColumns _columns;
    private readonly int? _top;
    private volatile bool _disposed;

    internal RerankTransformer(PairScorer scorer, bool ownsScorer, RerankColumns columns, int? top)
    {
        _scorer = scorer;
        _ownsScorer = ownsScorer;
        _columns = columns;
        _top = top;
    }

    /// <summary>The column of the query.</summary>
    public string QueryColumnName => _columns.Query;

    /// <summary>The column of the candidates' texts.</summary>
    public string CandidatesColumnName => _columns.Candidates;

    /// <summary>The column of the scores.</summary>
    public string ScoreColumnName => _columns.Scores;

    /// <summary>Candidates that are kept; null: all.</summary>
    public int? Top => _top;

    /// <inheritdoc/>
    public override void Dispose()
    {
        _disposed = true;
        if (_ownsScorer)
            _scorer.Dispose();
        GC.SuppressFinalize(this);
    }

    internal override ModelAdaptation? Adaptation => _scorer.Adaptation;

    internal override IReadOnlyList<DataViewSchema.Column> RequiredColumns(DataViewSchema input) => _columns.Find(input);

    internal override IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns(DataViewSchema input) => _columns.Outputs(input);

    internal override IRowScorer CreateScorer(DataViewRow input)
    {
        ThrowIfDisposed();
        return new RerankScorer(_scorer, _columns, _top ?? int.MaxValue, input, this);
    }

    internal override void ThrowIfDisposed()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _scorer.ThrowIfDisposed(this);
    }

    private protected override void SaveModel(ModelSaveContext context) =>
        ModelZip.Save(context, ModelSignature, LoaderSignature, createFile => _scorer.SaveInZip(createFile, this), new RerankManifest
        {
            Task = LoaderSignature,
            QueryColumnName = _columns.Query,
            CandidatesColumnName = _columns.Candidates,
            ScoreColumnName = _columns.Scores,
            OtherColumnNames = _columns.Others,
            Top = _top,
            MaxLength = _scorer.MaxLength,
            Activation = _scorer.Score.Activation,
            ScoreKind = _scorer.Score.Kind,
            ScoreMinimum = _scorer.Score.Minimum,
            ScoreMaximum = _scorer.Score.Maximum,
        }, RerankJson.Default.RerankManifest);

    // Found by name and signature when a model zip is loaded.
    private static ITransformer Create(IHostEnvironment environment, ModelLoadContext context) =>
        ModelZip.Load(context, ModelSignature, LoaderSignature, RerankJson.Default.RerankManifest, (manifest, files) =>
        {
            var score = new PairScore(manifest.Activation, manifest.ScoreKind) { Minimum = manifest.ScoreMinimum, Maximum = manifest.ScoreMaximum };
            var columns = new RerankColumns(manifest.QueryColumnName, manifest.CandidatesColumnName, manifest.ScoreColumnName, manifest.OtherColumnNames);
            return new RerankTransformer(PairScorer.Load(files, manifest.MaxLength, score), ownsScorer: true, columns, manifest.Top);
        });
}
