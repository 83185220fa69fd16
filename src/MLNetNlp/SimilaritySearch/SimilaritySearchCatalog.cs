using Microsoft.ML;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>Search by meaning in ML.NET's catalog of text transforms.</summary>
public static class SimilaritySearchCatalog
{
    /// <summary>Fits an index over a corpus, and finds for each query row the entries of the corpus that mean most nearly the same.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Transforms.Text</c>.</param>
    /// <param name="outputColumnName">What the names of the output columns begin with: <c>SimilarIds</c>, <c>SimilarScores</c>, <c>SimilarTexts</c>.</param>
    /// <param name="inputColumnName">
    /// At <c>Fit</c> the corpus, at <c>Transform</c> the queries: a text column, which <paramref name="model"/> embeds, or a vector of Single that is an
    /// embedding already.
    /// </param>
    /// <param name="idColumnName">The corpus's column of ids: text or whole numbers, each once; null: the number of the row, from 0.</param>
    /// <param name="top">Most entries found for a query.</param>
    /// <param name="model">What embeds texts: a sentence-transformers folder or any encoder's; null: <see cref="PretrainedModel.Mini"/>.</param>
    /// <returns>
    /// An estimator whose transformer adds, for each query and best first, the ids (vector of text), the scores (vector of Single: cosines) and, where the
    /// corpus has texts, the texts (vector of text). An empty query finds nothing.
    /// </returns>
    /// <example><code language="csharp">
    /// var search = ml.Transforms.Text.SearchSimilar(inputColumnName: "Text", idColumnName: "Id", top: 5).Fit(corpus);
    /// IDataView answers = search.Transform(queries);
    /// </code></example>
    public static SimilaritySearchEstimator SearchSimilar(
        this TransformsCatalog.TextTransforms catalog,
        string outputColumnName = "Similar",
        string inputColumnName = "Text",
        string? idColumnName = null,
        int top = 10,
        PretrainedModel? model = null) =>
        new(CatalogEnvironment.Of(catalog), new SimilaritySearchEstimator.Options
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            IdColumnName = idColumnName,
            Top = top,
            Model = model ?? PretrainedModel.Mini,
        });

    /// <summary>Fits an index over a corpus, and finds for each query row the entries of the corpus that mean most nearly the same.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Transforms.Text</c>.</param>
    /// <param name="options">Columns, model, kind of index and the rest.</param>
    public static SimilaritySearchEstimator SearchSimilar(this TransformsCatalog.TextTransforms catalog, SimilaritySearchEstimator.Options options) =>
        new(CatalogEnvironment.Of(catalog), options);
}
