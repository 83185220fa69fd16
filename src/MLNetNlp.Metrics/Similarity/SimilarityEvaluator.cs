namespace MLNetNlp.Metrics.Similarity;

/// <summary>Measures embeddings by how well the similarities of pairs agree with the right scores.</summary>
/// <remarks>
/// Equal to sentence-transformers' EmbeddingSimilarityEvaluator. Reimers et al. 2016, "Task-Oriented Intrinsic Evaluation of Semantic Textual Similarity".
/// </remarks>
public static class SimilarityEvaluator
{
    /// <summary>Computes Pearson and Spearman for the four similarity functions.</summary>
    /// <param name="first">The first vectors, [pairs, dimension], row by row.</param>
    /// <param name="second">The second vectors, [pairs, dimension], row by row.</param>
    /// <param name="dimension">Numbers per vector.</param>
    /// <param name="scores">The right score of each pair, on any scale: greater is more alike.</param>
    /// <exception cref="ArgumentException">The sizes do not go together, or there are no pairs, or a number is NaN or infinite.</exception>
    public static SimilarityMetrics Evaluate(ReadOnlySpan<float> first, ReadOnlySpan<float> second, int dimension, ReadOnlySpan<float> scores)
    {
        var rows = VectorRows.Count(first, dimension, nameof(first));
        VectorRows.CheckCount(rows, VectorRows.Count(second, dimension, nameof(second)), nameof(second));
        if (rows == 0)
            throw new ArgumentException("There are no pairs to measure.", nameof(first));
        if (scores.Length != rows)
            throw new ArgumentException($"There are {rows} pairs and {scores.Length} scores; as many are needed.", nameof(scores));
        VectorRows.CheckFinite(first, dimension, nameof(first));
        VectorRows.CheckFinite(second, dimension, nameof(second));
        VectorRows.CheckFinite(scores, 1, nameof(scores));
        var gold = ToDoubles(scores);
        var figures = new CorrelationScore[VectorSimilarity.Functions.Count];
        foreach (var function in VectorSimilarity.Functions)
        {
            var found = ToDoubles(VectorSimilarity.OfPairs(function, first, second, dimension));
            figures[(int)function] = new CorrelationScore(Correlation.Pearson(found, gold), Correlation.Spearman(found, gold));
        }

        return new SimilarityMetrics(figures, rows);
    }

    private static double[] ToDoubles(ReadOnlySpan<float> values)
    {
        var doubles = new double[values.Length];
        for (var i = 0; i < doubles.Length; i++)
            doubles[i] = values[i];
        return doubles;
    }
}
