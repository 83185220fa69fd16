using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.Inference;
using MLNetNlp.Transformers.Search;

namespace MLNetNlp;

/// <summary>Fits an index over a corpus; its transformer finds for each query the entries that mean most nearly the same.</summary>
/// <remarks>
/// Made by <c>mlContext.Transforms.Text.SearchSimilar</c>. The corpus is a text column, embedded by a model that becomes part of the transformer, or a column
/// of vectors that an earlier step made.
/// </remarks>
public sealed partial class SimilaritySearchEstimator : IEstimator<SimilaritySearchTransformer>
{
    private readonly Options _options;
    private readonly SearchColumns _columns;
    private readonly IHost _host;

    internal SimilaritySearchEstimator(IHostEnvironment environment, Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _columns = new SearchColumns(
            options.InputColumnName, options.QueryColumnName ?? options.InputColumnName, options.OutputColumnName, options.IdColumnName, options.TextColumnName);
        _host = environment.Register(SimilaritySearchTransformer.Component);
    }

    /// <summary>Reads the corpus and builds the index.</summary>
    /// <exception cref="ArgumentException">A column is missing or has the wrong type; an id comes twice; a vector holds NaN; options make no sense.</exception>
    /// <exception cref="IOException">The model's folder is not there, or lacks a file.</exception>
    /// <exception cref="InvalidDataException">The model's folder is damaged.</exception>
    public SimilaritySearchTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var channel = _host.Start("Indexing");
        var hasTexts = _columns.CheckCorpus(input.Schema);
        if (!hasTexts)
            return Index(input, null, channel);
        using var files = _options.Model.Open(default);
        var share = new EmbedderShare(SentenceEmbedder.Load(
            files, _options.Pooling, null, _options.Tokenization?.MaxLength, _options.BatchSize, Devices.Parse(_options.Device)));
        try
        {
            return Index(input, share, channel);
        }
        catch
        {
            share.Dispose();
            throw;
        }
    }

    /// <summary>The columns after <see cref="Fit"/> and transform, for data with columns of this shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var isText = _columns.CheckCorpus(inputSchema);
        return Shapes.Append(inputSchema, _columns.Outputs(isText || _columns.Text is not null));
    }

    private SimilaritySearchTransformer Index(IDataView input, EmbedderShare? share, IChannel channel)
    {
        var normalizes = _options.Similarity == SearchSimilarity.Cosine;
        var dimension = share?.Embedder.Dimension ?? ((Microsoft.ML.Data.VectorDataViewType)input.Schema[_columns.Corpus].Type).Size;
        VectorIndex empty = _options.Hnsw is { } hnsw ? HnswVectorIndex.Empty(dimension, normalizes, hnsw) : ExactVectorIndex.Empty(dimension, normalizes);
        var (vectors, corpus) = new SearchCorpusReader(_columns, _options.SkipDuplicates, normalizes).Read(input, share?.Embedder, null, channel);
        return new SimilaritySearchTransformer(
            share, empty.Add(vectors), corpus, new SearchSettings(_columns, _options.Top, _options.MinScore, _options.SkipDuplicates));
    }
}
