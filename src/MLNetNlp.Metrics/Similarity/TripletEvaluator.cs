namespace MLNetNlp.Metrics.Similarity;

/// <summary>Measures embeddings by whether each anchor lies nearer to its positive than to its negative.</summary>
/// <remarks>Equal to sentence-transformers' TripletEvaluator: as near does not count.</remarks>
public static class TripletEvaluator
{
    /// <summary>Computes the accuracy for the four similarity functions.</summary>
    /// <param name="anchors">[triplets, dimension], row by row.</param>
    /// <param name="positives">[triplets, dimension], row by row.</param>
    /// <param name="negatives">[triplets, dimension], row by row.</param>
    /// <param name="dimension">Numbers per vector.</param>
    /// <param name="margin">By how much the positive's similarity must be greater than the negative's, for every function; 0 or more.</param>
    /// <exception cref="ArgumentException">The sizes do not go together, or there are no triplets, or a number is NaN or infinite.</exception>
    public static TripletMetrics Evaluate(
        ReadOnlySpan<float> anchors, ReadOnlySpan<float> positives, ReadOnlySpan<float> negatives, int dimension, double margin = 0)
    {
        var rows = VectorRows.Count(anchors, dimension, nameof(anchors));
        VectorRows.CheckCount(rows, VectorRows.Count(positives, dimension, nameof(positives)), nameof(positives));
        VectorRows.CheckCount(rows, VectorRows.Count(negatives, dimension, nameof(negatives)), nameof(negatives));
        if (rows == 0)
            throw new ArgumentException("There are no triplets to measure.", nameof(anchors));
        if (!(margin >= 0))
            throw new ArgumentOutOfRangeException(nameof(margin), margin, $"The margin is {margin}; 0 or more is needed.");
        VectorRows.CheckFinite(anchors, dimension, nameof(anchors));
        VectorRows.CheckFinite(positives, dimension, nameof(positives));
        VectorRows.CheckFinite(negatives, dimension, nameof(negatives));
        var accuracies = new double[VectorSimilarity.Functions.Count];
        foreach (var function in VectorSimilarity.Functions)
        {
            var near = VectorSimilarity.OfPairs(function, anchors, positives, dimension);
            var far = VectorSimilarity.OfPairs(function, anchors, negatives, dimension);
            var right = 0;
            for (var i = 0; i < rows; i++)
                right += near[i] > far[i] + margin ? 1 : 0;
            accuracies[(int)function] = (double)right / rows;
        }

        return new TripletMetrics(accuracies[0], accuracies[1], accuracies[2], accuracies[3], margin, rows);
    }
}
