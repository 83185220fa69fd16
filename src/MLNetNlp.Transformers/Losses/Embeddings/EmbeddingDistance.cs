namespace MLNetNlp.Transformers.Losses;

/// <summary>How far two vectors are apart: the lower, the more alike.</summary>
public enum EmbeddingDistance
{
    /// <summary>1 minus the cosine of their angle, 0 to 2.</summary>
    Cosine,

    /// <summary>The length of their difference.</summary>
    Euclidean,

    /// <summary>The sum of the absolute differences of their numbers.</summary>
    Manhattan,
}
