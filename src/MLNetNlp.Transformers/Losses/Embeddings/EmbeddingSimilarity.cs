namespace MLNetNlp.Transformers.Losses;

/// <summary>How alike two vectors are: the higher, the more alike.</summary>
public enum EmbeddingSimilarity
{
    /// <summary>The cosine of their angle, -1 to 1.</summary>
    Cosine,

    /// <summary>Their dot product; the vectors' lengths count.</summary>
    DotProduct,
}
