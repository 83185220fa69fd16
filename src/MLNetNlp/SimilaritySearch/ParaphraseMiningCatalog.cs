using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Transformers.Inference;
using MLNetNlp.Transformers.Search;

namespace MLNetNlp;

/// <summary>Paraphrase mining in ML.NET's catalog of data operations.</summary>
public static class ParaphraseMiningCatalog
{
    /// <summary>Finds the pairs of rows that mean most nearly the same.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Data</c>.</param>
    /// <param name="data">Texts, or embeddings. All are compared with all: time grows with the square of their number.</param>
    /// <param name="options">Columns, model and how many pairs; null: the defaults, on column <c>Text</c>.</param>
    /// <returns>The pairs, the most alike first; <c>ml.Data.LoadFromEnumerable</c> makes data of them.</returns>
    /// <exception cref="ArgumentException">A column is missing or has the wrong type; an id comes twice; a vector holds NaN; an option makes no sense.</exception>
    public static IReadOnlyList<ParaphrasePair> MineParaphrases(this DataOperationsCatalog catalog, IDataView data, ParaphraseMiningOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        options ??= new ParaphraseMiningOptions();
        options.Validate();
        SearchColumns columns = new(options.InputColumnName, options.InputColumnName, "", options.IdColumnName, options.TextColumnName)
        {
            Component = nameof(MineParaphrases),
        };
        SentenceEmbedder? embedder = null;
        if (columns.CheckCorpus(data.Schema))
        {
            using var files = options.Model.Open(default);
            embedder = SentenceEmbedder.Load(files, null, null, null, options.BatchSize, Devices.Parse(options.Device));
        }

        using (embedder)
        {
            var dimension = embedder?.Dimension ?? ((VectorDataViewType)data.Schema[columns.Corpus].Type).Size;
            var (vectors, corpus) = new SearchCorpusReader(columns, options.SkipDuplicates, normalizes: true).Read(data, embedder, null, null);
            var pairs = ParaphraseMiner.Mine(ExactVectorIndex.Empty(dimension).Add(vectors), options.Top, options.MaxPairs, options.MinScore);
            return [.. pairs.Select(pair => new ParaphrasePair
            {
                FirstId = corpus.Ids[pair.First],
                SecondId = corpus.Ids[pair.Second],
                FirstText = corpus.Texts?[pair.First] ?? "",
                SecondText = corpus.Texts?[pair.Second] ?? "",
                Score = pair.Score,
            })];
        }
    }
}
