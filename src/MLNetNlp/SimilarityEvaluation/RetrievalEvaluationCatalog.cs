using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Metrics.Retrieval;
using MLNetNlp.Metrics.Similarity;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>Evaluation of searches and of triplets in ML.NET's catalog of ranking.</summary>
public static class RetrievalEvaluationCatalog
{
    private const string Retrieval = "EvaluateRetrieval";
    private const string Triplets = "EvaluateTriplets";

    /// <summary>Measures a search by where in its results the entries are that answer the query.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Ranking</c>.</param>
    /// <param name="data">A query in each row, searched: what the transformer of <c>SearchSimilar</c> makes, or any other with ids in order.</param>
    /// <param name="relevantColumnName">The ids of the entries that answer the query: text, or vector of text. Rows without any are left out and counted.</param>
    /// <param name="foundColumnName">The ids that were found, best first: vector of text.</param>
    /// <param name="options">
    /// The ranks to measure at; null: the usual ones. Search for as many entries as the largest rank: what was not found counts as wrong.
    /// </param>
    /// <returns>MRR, nDCG, MAP, accuracy, precision and recall at their ranks.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    /// <exception cref="ArgumentException">No row has an id that answers it.</exception>
    public static RetrievalMetrics EvaluateRetrieval(
        this RankingCatalog catalog,
        IDataView data,
        string relevantColumnName = "RelevantIds",
        string foundColumnName = "SimilarIds",
        RetrievalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ColumnCheck check = new(Retrieval);
        var relevant = check.Find(data.Schema, relevantColumnName, nameof(relevantColumnName), "text or a vector of text", type => type is TextDataViewType || IsTexts(type));
        var found = check.Find(data.Schema, foundColumnName, nameof(foundColumnName), "a vector of text", IsTexts);
        List<RankedQuery> queries = [];
        using var cursor = data.GetRowCursor([relevant, found]);
        var (readRelevant, readFound) = (Reader(cursor, relevant), Reader(cursor, found));
        while (cursor.MoveNext())
            queries.Add(new RankedQuery(readFound(), readRelevant().ToHashSet(StringComparer.Ordinal)));
        return RetrievalEvaluator.Evaluate(queries, options);
    }

    /// <summary>Measures embeddings by whether each anchor lies nearer to its positive than to its negative.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Ranking</c>.</param>
    /// <param name="data">Three embeddings in each row.</param>
    /// <param name="anchorColumnName">Vector of Single of known size.</param>
    /// <param name="positiveColumnName">As many numbers.</param>
    /// <param name="negativeColumnName">As many numbers.</param>
    /// <param name="margin">By how much the positive must be more alike; 0 or more.</param>
    /// <returns>The accuracy by cosine, dot product, Euclidean and Manhattan distance.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type; there is no row.</exception>
    /// <exception cref="ArgumentException">An embedding holds NaN; the message names its row.</exception>
    public static TripletMetrics EvaluateTriplets(
        this RankingCatalog catalog,
        IDataView data,
        string anchorColumnName = "Anchor",
        string positiveColumnName = "Positive",
        string negativeColumnName = "Negative",
        double margin = 0)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        var rows = new VectorColumns(Triplets).Read<bool>(data, [(anchorColumnName, nameof(anchorColumnName)),
            (positiveColumnName, nameof(positiveColumnName)), (negativeColumnName, nameof(negativeColumnName))], null, null);
        return TripletEvaluator.Evaluate(rows.Columns[0], rows.Columns[1], rows.Columns[2], rows.Dimension, margin);
    }

    private static bool IsTexts(DataViewType type) => type is VectorDataViewType { ItemType: TextDataViewType };

    // Empty text is no id.
    private static Func<string[]> Reader(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is TextDataViewType)
        {
            var single = row.GetGetter<ReadOnlyMemory<char>>(row.Schema[column.Name]);
            ReadOnlyMemory<char> text = default;
            return () =>
            {
                single(ref text);
                return text.IsEmpty ? [] : [text.ToString()];
            };
        }

        var several = row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(row.Schema[column.Name]);
        VBuffer<ReadOnlyMemory<char>> texts = default;
        return () =>
        {
            several(ref texts);
            return [.. texts.DenseValues().Where(id => !id.IsEmpty).Select(id => id.ToString())];
        };
    }
}
