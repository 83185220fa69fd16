using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNetNlp;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Search;

[assembly: LoadableClass(typeof(ITransformer), typeof(SimilaritySearchTransformer), null, typeof(SignatureLoadModel),
    "MLNetNlp similarity search", SimilaritySearchTransformer.LoaderSignature)]

namespace MLNetNlp;

/// <summary>An index over a corpus: adds for each query the entries that mean most nearly the same.</summary>
/// <remarks>
/// Made by <see cref="SimilaritySearchEstimator"/> or by <c>mlContext.Model.Load</c>, which needs no registration: model, index, ids and texts are all in
/// the zip. An empty query, or one of zeros, finds nothing; a query vector with NaN is refused when it is read.
/// </remarks>
public sealed class SimilaritySearchTransformer : RowTransformer
{
    internal const string LoaderSignature = "NlpSimilaritySearch";
    internal const string Component = "SearchSimilar";
    private const string ModelSignature = "NLPSEARC";
    private readonly EmbedderShare? _share;
    private readonly VectorIndex _index;
    private readonly SearchCorpus _corpus;
    private readonly SearchSettings _settings;
    private volatile bool _disposed;

    internal SimilaritySearchTransformer(EmbedderShare? share, VectorIndex index, SearchCorpus corpus, SearchSettings settings)
    {
        _share = share;
        _index = index;
        _corpus = corpus;
        _settings = settings;
    }

    /// <summary>Number of entries in the index.</summary>
    public int Count => _index.Count;

    /// <summary>Numbers per vector.</summary>
    public int Dimension => _index.Dimension;

    /// <summary>Most entries found for a query.</summary>
    public int Top => _settings.Top;

    /// <summary>Whether queries are texts, which the model inside embeds; else they are vectors.</summary>
    public bool EmbedsTexts => _share is not null;

    /// <summary>How the approximate index was built; null: search is exact.</summary>
    public HnswOptions? Hnsw => (_index as HnswVectorIndex)?.Options;

    /// <summary>Whether scores are cosines or dot products.</summary>
    public SearchSimilarity Similarity => _index.Normalizes ? SearchSimilarity.Cosine : SearchSimilarity.Dot;

    /// <summary>A search over this corpus and more entries. This transformer stays as it is, and either can be disposed without the other.</summary>
    /// <param name="corpus">Rows with the columns of the corpus that was fitted. Ids must be new; without an id column rows are numbered on.</param>
    /// <exception cref="ArgumentException">A column is missing or has the wrong type; an id is there already; a vector holds NaN or has another size.</exception>
    /// <exception cref="ObjectDisposedException">The transformer is disposed.</exception>
    public SimilaritySearchTransformer Add(IDataView corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ThrowIfDisposed();
        var columns = _settings.Columns;
        if (columns.CheckCorpus(corpus.Schema) != EmbedsTexts)
        {
            throw new ArgumentException(
                $"Column '{columns.Corpus}' is {corpus.Schema[columns.Corpus].Type}, but {Component} was fitted to {(EmbedsTexts ? "texts" : "vectors")}.", nameof(corpus));
        }

        if (!EmbedsTexts && ((VectorDataViewType)corpus.Schema[columns.Corpus].Type).Size is var size && size != Dimension)
            throw new ArgumentException($"Column '{columns.Corpus}' has vectors of {size} numbers, but the index holds vectors of {Dimension}.", nameof(corpus));
        var share = _share?.Share();
        try
        {
            var (vectors, all) = new SearchCorpusReader(columns, _settings.SkipsDuplicates, _index.Normalizes).Read(corpus, share?.Embedder, _corpus, null);
            return new SimilaritySearchTransformer(share, _index.Add(vectors), all, _settings);
        }
        catch
        {
            share?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _disposed = true;
        _share?.Dispose();
        GC.SuppressFinalize(this);
    }

    internal override IReadOnlyList<DataViewSchema.Column> RequiredColumns(DataViewSchema input) => [Query(input)];

    internal override IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns(DataViewSchema input) => _settings.Columns.Outputs(_corpus.Texts is not null);

    internal override IRowScorer CreateScorer(DataViewRow input)
    {
        ThrowIfDisposed();
        IQueryRows queries = _share is null ? new QueryVectors(input, Query(input.Schema), _index.Normalizes)
            : new QueryTexts(input, Query(input.Schema), _share.Embedder, this);
        return new SearchScorer(queries, Search, _corpus);
    }

    internal override void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, this);

    /// <summary>Reads the index and the corpus of a model folder, and checks that they and the model belong together.</summary>
    /// <exception cref="InvalidDataException">They do not; the message gives both sizes.</exception>
    internal static (VectorIndex Index, SearchCorpus Corpus) LoadIndex(ModelFiles files, bool hasTexts, long rowCount, SentenceEmbedder? embedder)
    {
        var index = VectorIndex.Load(files);
        var corpus = SearchCorpus.Load(files, hasTexts, rowCount);
        if (corpus.Ids.Count != index.Count)
            throw new InvalidDataException($"the index holds {index.Count} vectors, but the corpus {corpus.Ids.Count} entries.");
        if (embedder is not null && embedder.Dimension != index.Dimension)
        {
            throw new InvalidDataException(
                $"the index holds vectors of {index.Dimension} numbers, but its model makes vectors of {embedder.Dimension}: they do not belong together.");
        }

        return (index, corpus);
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        ThrowIfDisposed();
        var columns = _settings.Columns;
        ModelZip.Save(context, ModelSignature, LoaderSignature, createFile =>
        {
            _share?.Embedder.Save(createFile, this);
            _index.Save(createFile);
            _corpus.Save(createFile);
        }, new SimilaritySearchManifest
        {
            Task = LoaderSignature,
            InputColumnName = columns.Corpus,
            QueryColumnName = columns.Query,
            OutputColumnName = columns.Output,
            IdColumnName = columns.Id,
            TextColumnName = columns.Text,
            Top = _settings.Top,
            MinScore = _settings.MinScore,
            SkipDuplicates = _settings.SkipsDuplicates,
            HasTexts = _corpus.Texts is not null,
            RowCount = _corpus.RowCount,
            MaxLength = _share?.Embedder.MaxLength,
        }, SimilaritySearchJson.Default.SimilaritySearchManifest);
    }

    private DataViewSchema.Column Query(DataViewSchema schema) => _settings.Columns.FindQuery(schema, EmbedsTexts, Dimension);

    private IReadOnlyList<VectorHit[]> Search(float[] queries)
    {
        ThrowIfDisposed();
        var hits = _index.Search(queries, Top);
        return _settings.MinScore is { } least ? [.. hits.Select(found => Array.FindAll(found, hit => hit.Score >= least))] : hits;
    }

    // Found by name and signature when a model zip is loaded.
    private static ITransformer Create(IHostEnvironment environment, ModelLoadContext context) =>
        ModelZip.Load(context, ModelSignature, LoaderSignature, SimilaritySearchJson.Default.SimilaritySearchManifest, (manifest, files) =>
        {
            var embedder = manifest.MaxLength is { } length ? SentenceEmbedder.LoadSaved(files, length) : null;
            try
            {
                var (index, corpus) = LoadIndex(files, manifest.HasTexts, manifest.RowCount, embedder);
                var columns = new SearchColumns(
                    manifest.InputColumnName, manifest.QueryColumnName, manifest.OutputColumnName, manifest.IdColumnName, manifest.TextColumnName);
                var settings = new SearchSettings(columns, manifest.Top, manifest.MinScore, manifest.SkipDuplicates);
                return new SimilaritySearchTransformer(embedder is null ? null : new EmbedderShare(embedder), index, corpus, settings);
            }
            catch
            {
                embedder?.Dispose();
                throw;
            }
        });
}
