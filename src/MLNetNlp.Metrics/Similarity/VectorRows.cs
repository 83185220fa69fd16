namespace MLNetNlp.Metrics.Similarity;

/// <summary>Vectors in one span, row by row.</summary>
internal static class VectorRows
{
    /// <summary>Number of rows.</summary>
    /// <exception cref="ArgumentException">The span does not hold whole rows.</exception>
    public static int Count(ReadOnlySpan<float> vectors, int dimension, string parameter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        return vectors.Length % dimension == 0 ? vectors.Length / dimension
            : throw new ArgumentException($"{vectors.Length} numbers are not whole vectors of {dimension}.", parameter);
    }

    /// <summary>Throws unless both sides have as many rows.</summary>
    public static void CheckCount(int expected, int actual, string parameter)
    {
        if (expected != actual)
            throw new ArgumentException($"There are {expected} vectors on one side and {actual} on the other; as many are needed.", parameter);
    }

    /// <summary>Throws when a number is NaN or infinite, and says in which row.</summary>
    public static void CheckFinite(ReadOnlySpan<float> vectors, int dimension, string parameter)
    {
        for (var i = 0; i < vectors.Length; i++)
        {
            if (!float.IsFinite(vectors[i]))
                throw new ArgumentException($"Row {i / dimension} of '{parameter}' holds {vectors[i]}; only finite numbers can be measured.", parameter);
        }
    }

    public static ReadOnlySpan<float> Row(ReadOnlySpan<float> vectors, int row, int dimension) => vectors.Slice(row * dimension, dimension);
}
