namespace MLNetNlp.Metrics.Similarity;

/// <summary>How alike two vectors are, as one number: greater is more alike.</summary>
public enum SimilarityFunction
{
    /// <summary>Cosine of the angle between them, -1 to 1. A vector of zeros has 0 with any other.</summary>
    Cosine,

    /// <summary>Dot product. Equal to <see cref="Cosine"/> for vectors of length 1.</summary>
    Dot,

    /// <summary>Euclidean distance, with a minus sign.</summary>
    Euclidean,

    /// <summary>Manhattan distance (sum of absolute differences), with a minus sign.</summary>
    Manhattan,
}
