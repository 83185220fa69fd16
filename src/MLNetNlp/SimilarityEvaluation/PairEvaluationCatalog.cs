using Microsoft.ML;
using MLNetNlp.Metrics.Pairs;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>Evaluation of embeddings by pairs that belong together or not, in ML.NET's catalog of binary classification.</summary>
public static class PairEvaluationCatalog
{
    private const string Component = "EvaluatePairs";

    /// <summary>Measures how well a threshold over the similarity of two embeddings tells pairs that belong together from those that do not.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.BinaryClassification</c>.</param>
    /// <param name="data">A pair of embeddings and its label in each row.</param>
    /// <param name="embedding1ColumnName">The first embeddings: vector of Single of known size.</param>
    /// <param name="embedding2ColumnName">The second embeddings: as many numbers.</param>
    /// <param name="labelColumnName">Whether the pair belongs together: Boolean.</param>
    /// <returns>
    /// Best accuracy and F1 with their thresholds, precision, recall and average precision, by cosine, dot product, Euclidean and Manhattan distance.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type; there is no row.</exception>
    /// <exception cref="ArgumentException">An embedding holds NaN; the message names its row.</exception>
    public static PairClassificationMetrics EvaluatePairs(
        this BinaryClassificationCatalog catalog,
        IDataView data,
        string embedding1ColumnName = "Embedding1",
        string embedding2ColumnName = "Embedding2",
        string labelColumnName = "Label")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        var label = new ColumnCheck(Component).Boolean(data.Schema, labelColumnName, nameof(labelColumnName));
        var rows = new VectorColumns(Component).Read<bool>(
            data, [(embedding1ColumnName, nameof(embedding1ColumnName)), (embedding2ColumnName, nameof(embedding2ColumnName))], label, row =>
            {
                var getter = row.GetGetter<bool>(row.Schema[labelColumnName]);
                return (out bool value) =>
                {
                    value = false;
                    getter(ref value);
                    return true;
                };
            });
        return PairClassificationEvaluator.Evaluate(rows.Columns[0], rows.Columns[1], rows.Dimension, rows.Labels);
    }
}
