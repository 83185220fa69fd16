namespace MLNetNlp.Metrics.Similarity;

/// <summary>Similarities of vectors. Sums are in double precision and the result in single, as the vectors are.</summary>
public static class VectorSimilarity
{
    /// <summary>All functions, in the order in which figures are listed.</summary>
    public static IReadOnlyList<SimilarityFunction> Functions { get; } = Enum.GetValues<SimilarityFunction>();

    /// <summary>How alike two vectors are.</summary>
    /// <exception cref="ArgumentException">They have different lengths.</exception>
    public static float Compute(SimilarityFunction function, ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        if (first.Length != second.Length)
            throw new ArgumentException($"One vector has {first.Length} numbers, the other {second.Length}; as many are needed.", nameof(second));
        return function switch
        {
            SimilarityFunction.Cosine => Cosine(first, second),
            SimilarityFunction.Dot => (float)Dot(first, second),
            SimilarityFunction.Euclidean => Euclidean(first, second),
            SimilarityFunction.Manhattan => Manhattan(first, second),
            _ => throw new ArgumentOutOfRangeException(nameof(function), function, "This is no similarity function."),
        };
    }

    /// <summary>The similarity of each pair of rows.</summary>
    /// <param name="function">Which similarity.</param>
    /// <param name="first">[rows, dimension], row by row.</param>
    /// <param name="second">[rows, dimension], row by row.</param>
    /// <param name="dimension">Numbers per row.</param>
    /// <exception cref="ArgumentException">There are not as many rows on both sides.</exception>
    public static float[] OfPairs(SimilarityFunction function, ReadOnlySpan<float> first, ReadOnlySpan<float> second, int dimension)
    {
        var rows = VectorRows.Count(first, dimension, nameof(first));
        VectorRows.CheckCount(rows, VectorRows.Count(second, dimension, nameof(second)), nameof(second));
        var scores = new float[rows];
        for (var i = 0; i < rows; i++)
            scores[i] = Compute(function, VectorRows.Row(first, i, dimension), VectorRows.Row(second, i, dimension));
        return scores;
    }

    private static double Dot(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        double sum = 0;
        for (var i = 0; i < first.Length; i++)
            sum += (double)first[i] * second[i];
        return sum;
    }

    private static float Cosine(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        double dot = 0, squared1 = 0, squared2 = 0;
        for (var i = 0; i < first.Length; i++)
        {
            double a = first[i], b = second[i];
            dot += a * b;
            squared1 += a * a;
            squared2 += b * b;
        }

        var lengths = Math.Sqrt(squared1) * Math.Sqrt(squared2);
        return lengths == 0 ? 0 : (float)(dot / lengths);
    }

    private static float Euclidean(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        double sum = 0;
        for (var i = 0; i < first.Length; i++)
        {
            var difference = (double)first[i] - second[i];
            sum += difference * difference;
        }

        return (float)-Math.Sqrt(sum);
    }

    private static float Manhattan(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        double sum = 0;
        for (var i = 0; i < first.Length; i++)
            sum += Math.Abs((double)first[i] - second[i]);
        return (float)-sum;
    }
}
