using MLNetNlp.Metrics.Similarity;

namespace MLNetNlp.Metrics.Pairs;

/// <summary>Measures embeddings by whether a threshold over similarities tells pairs that belong together from pairs that do not.</summary>
/// <remarks>Equal to sentence-transformers' BinaryClassificationEvaluator, whose thresholds over distances are positive too.</remarks>
public static class PairClassificationEvaluator
{
    /// <summary>Finds the best thresholds for the four similarity functions.</summary>
    /// <param name="first">The first vectors, [pairs, dimension], row by row.</param>
    /// <param name="second">The second vectors, [pairs, dimension], row by row.</param>
    /// <param name="dimension">Numbers per vector.</param>
    /// <param name="labels">Whether each pair belongs together.</param>
    /// <exception cref="ArgumentException">The sizes do not go together, or there are no pairs, or a number is NaN or infinite.</exception>
    public static PairClassificationMetrics Evaluate(
        ReadOnlySpan<float> first, ReadOnlySpan<float> second, int dimension, ReadOnlySpan<bool> labels)
    {
        var rows = VectorRows.Count(first, dimension, nameof(first));
        VectorRows.CheckCount(rows, VectorRows.Count(second, dimension, nameof(second)), nameof(second));
        if (rows == 0)
            throw new ArgumentException("There are no pairs to measure.", nameof(first));
        if (labels.Length != rows)
            throw new ArgumentException($"There are {rows} pairs and {labels.Length} labels; as many are needed.", nameof(labels));
        VectorRows.CheckFinite(first, dimension, nameof(first));
        VectorRows.CheckFinite(second, dimension, nameof(second));
        var figures = new ThresholdScore[VectorSimilarity.Functions.Count];
        foreach (var function in VectorSimilarity.Functions)
        {
            var isDistance = function is SimilarityFunction.Euclidean or SimilarityFunction.Manhattan;
            var scores = Array.ConvertAll(VectorSimilarity.OfPairs(function, first, second, dimension), score => isDistance ? -(double)score : score);
            figures[(int)function] = ThresholdSearch.Find(scores, labels, higherIsPositive: !isDistance);
        }

        return new PairClassificationMetrics(figures, rows, labels.Count(true));
    }
}
