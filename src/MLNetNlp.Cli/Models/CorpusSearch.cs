using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Cli.Data;

namespace MLNetNlp.Cli.Models;

/// <summary>A search over a corpus in a file, or one that was saved.</summary>
internal sealed class CorpusSearch : IDisposable
{
    private readonly MLContext _ml;
    private readonly SentenceEmbeddingTransformer? _embedder;
    private readonly SimilaritySearchTransformer _search;

    private CorpusSearch(MLContext ml, SentenceEmbeddingTransformer? embedder, SimilaritySearchTransformer search)
    {
        _ml = ml;
        _embedder = embedder;
        _search = search;
    }

    /// <summary>Entries that can be found.</summary>
    public int Count => _search.Count;

    /// <summary>What <c>search</c> was told.</summary>
    public sealed record Settings(string? Text, string? Id, int Top, HnswOptions? Hnsw, float? MinScore, int BatchSize, string Device);

    /// <summary>Opens a saved search, and adds a corpus to it; or indexes the corpus with a model.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="model">A zip of a search or of an embedder, <c>mini</c>, a folder, or a hub id.</param>
    /// <param name="corpus">A file; null: what was saved is searched.</param>
    /// <param name="settings">Columns and the rest.</param>
    /// <exception cref="CliException">The model is something else, or there is nothing to search.</exception>
    public static CorpusSearch Open(MLContext ml, string model, string? corpus, Settings settings)
    {
        if (!File.Exists(model))
            return Index(ml, null, ModelChoice.Parse(model), corpus ?? throw NoCorpus(model), settings);
        var (transformer, _) = SavedModel.Load(ml, model);
        var embedder = SavedModel.Find<SentenceEmbeddingTransformer>(transformer);
        if (SavedModel.Find<SimilaritySearchTransformer>(transformer) is { } saved)
            return corpus is null ? new CorpusSearch(ml, embedder, saved) : throw new CliException($"--corpus: '{model}' holds its corpus already.");
        return embedder is not null ? Index(ml, embedder, PretrainedModel.Mini, corpus ?? throw NoCorpus(model), settings)
            : throw new CliException($"'{model}' holds neither a search nor sentence embeddings.");
    }

    /// <summary>The hits of each query, best first.</summary>
    public IReadOnlyList<Hit> Find(IReadOnlyList<string> queries)
    {
        var data = _ml.Data.LoadFromEnumerable(queries.Select(query => new Query { Text = query }));
        return [.. _ml.Data.CreateEnumerable<Hit>(_search.Transform(Embed(data)), reuseRowObject: false, ignoreMissingColumns: true)];
    }

    /// <summary>Writes the search, with its model, as one zip.</summary>
    public void Save(Stream stream)
    {
        var schema = _ml.Data.LoadFromEnumerable(Array.Empty<Query>()).Schema;
        ITransformer all = _embedder is null ? _search : new TransformerChain<ITransformer>(_embedder, _search);
        _ml.Model.Save(all, schema, stream);
    }

    public void Dispose()
    {
        _search.Dispose();
        _embedder?.Dispose();
    }

    private static CorpusSearch Index(MLContext ml, SentenceEmbeddingTransformer? embedder, PretrainedModel model, string corpus, Settings settings)
    {
        if (settings.Text is null)
            throw new UsageException("--corpus needs --text COL.");
        var text = embedder?.InputColumnName ?? nameof(Query.Text);
        List<ViewColumn> columns = [new(text, TextDataViewType.Instance, settings.Text)];
        if (settings.Id is not null)
            columns.Add(new("MLNetNlp.Id", TextDataViewType.Instance, settings.Id));
        IDataView data = new RecordView([RecordSource.File(corpus)], columns);
        var search = ml.Transforms.Text.SearchSimilar(new SimilaritySearchEstimator.Options
        {
            InputColumnName = embedder?.OutputColumnName ?? text,
            TextColumnName = text,
            IdColumnName = settings.Id is null ? null : "MLNetNlp.Id",
            Top = settings.Top,
            Hnsw = settings.Hnsw,
            MinScore = settings.MinScore,
            Model = model,
            BatchSize = settings.BatchSize,
            Device = settings.Device,
        }).Fit(embedder is null ? data : embedder.Transform(data));
        return new CorpusSearch(ml, embedder, search);
    }

    // A zip's embedder reads the column that it was trained on.
    private IDataView Embed(IDataView queries)
    {
        if (_embedder is null)
            return queries;
        if (_embedder.InputColumnName != nameof(Query.Text))
            queries = _ml.Transforms.CopyColumns(_embedder.InputColumnName, nameof(Query.Text)).Fit(queries).Transform(queries);
        return _embedder.Transform(queries);
    }

    private static UsageException NoCorpus(string model) => new($"--model '{model}' needs --corpus FILE: it holds nothing to search in.");

    /// <summary>A row of results.</summary>
    public sealed class Hit
    {
        public string[] SimilarIds { get; set; } = [];

        public float[] SimilarScores { get; set; } = [];

        public string[] SimilarTexts { get; set; } = [];
    }

    private sealed class Query
    {
        public string Text { get; set; } = "";
    }
}
