using Microsoft.ML;

namespace MLNetNlp;

/// <summary>Re-ranking in ML.NET's catalog of text transforms.</summary>
public static class RerankCatalog
{
    /// <summary>Puts the candidates of each row, as a search has found them, into the order of a cross-encoder's scores.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Transforms.Text</c>.</param>
    /// <param name="crossEncoder">
    /// What <c>Ranking.Trainers.CrossEncoder</c>, <c>Regression.Trainers.SentenceSimilarity</c> or <c>ScorePairs</c> fit; the query is its first text. It stays its
    /// owner's: it must not be disposed while it re-ranks.
    /// </param>
    /// <param name="queryColumnName">Text column of the query. The defaults here are the columns of <c>SearchSimilar</c>.</param>
    /// <param name="candidatesColumnName">Vector of text: the candidates. Empty texts come last. Replaced by the same in the new order.</param>
    /// <param name="scoreColumnName">Output column (vector of Single): the scores in the new order; a column of that name, the search's scores, is replaced.</param>
    /// <param name="otherColumnNames">Further vectors with a value for each candidate, ids for example, that are to be brought into the same order. Null: none.</param>
    /// <param name="top">So many candidates are kept. Null: all.</param>
    /// <returns>An estimator that needs no training.</returns>
    /// <exception cref="ArgumentException">A column's name is empty or occurs twice, or <paramref name="top"/> is below 1.</exception>
    /// <example><code language="csharp">
    /// var rerank = ml.Transforms.Text.Rerank(crossEncoder, "Question", otherColumnNames: ["SimilarIds"], top: 3);
    /// IDataView best = rerank.Fit(found).Transform(found);
    /// </code></example>
    public static RerankEstimator Rerank(
        this TransformsCatalog.TextTransforms catalog,
        CrossEncoderTransformer crossEncoder,
        string queryColumnName = "Text",
        string candidatesColumnName = "SimilarTexts",
        string scoreColumnName = "SimilarScores",
        IReadOnlyList<string>? otherColumnNames = null,
        int? top = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(crossEncoder);
        return new RerankEstimator(crossEncoder, new RerankColumns(queryColumnName, candidatesColumnName, scoreColumnName, otherColumnNames ?? []), top);
    }
}
