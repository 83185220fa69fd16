using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Metrics.Similarity;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>Evaluation of embeddings by graded similarity, in ML.NET's catalog of regression.</summary>
public static class SimilarityEvaluationCatalog
{
    private const string Component = "EvaluateSimilarity";

    /// <summary>Measures how well the similarities of pairs of embeddings agree with scores that people gave.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Regression</c>.</param>
    /// <param name="data">A pair of embeddings and its score in each row. Rows without a score (NaN) are left out and counted.</param>
    /// <param name="embedding1ColumnName">The first embeddings: vector of Single of known size.</param>
    /// <param name="embedding2ColumnName">The second embeddings: as many numbers.</param>
    /// <param name="labelColumnName">The right scores: Single, on any scale, greater is more alike.</param>
    /// <returns>Pearson's and Spearman's coefficients of cosine, dot product, negative Euclidean and Manhattan distance.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type; there is no row.</exception>
    /// <exception cref="ArgumentException">An embedding holds NaN; the message names its row.</exception>
    /// <example><code language="csharp">
    /// var embed = ml.Transforms.Text.EmbedSentences("Embedding1", "Sentence1").Append(ml.Transforms.Text.EmbedSentences("Embedding2", "Sentence2"));
    /// Console.WriteLine(ml.Regression.EvaluateSimilarity(embed.Fit(data).Transform(data)));
    /// </code></example>
    public static SimilarityMetrics EvaluateSimilarity(
        this RegressionCatalog catalog,
        IDataView data,
        string embedding1ColumnName = "Embedding1",
        string embedding2ColumnName = "Embedding2",
        string labelColumnName = "Label")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        var label = new ColumnCheck(Component).Find(data.Schema, labelColumnName, nameof(labelColumnName), "a column of Single", type => type == NumberDataViewType.Single);
        var rows = new VectorColumns(Component).Read<float>(
            data, [(embedding1ColumnName, nameof(embedding1ColumnName)), (embedding2ColumnName, nameof(embedding2ColumnName))], label, row =>
            {
                var getter = row.GetGetter<float>(row.Schema[labelColumnName]);
                return (out float value) =>
                {
                    value = float.NaN;
                    getter(ref value);
                    return !float.IsNaN(value);
                };
            });
        return SimilarityEvaluator.Evaluate(rows.Columns[0], rows.Columns[1], rows.Dimension, rows.Labels) with { LeftOutCount = rows.LeftOut };
    }
}
