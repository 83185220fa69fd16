namespace MLNetNlp;

/// <summary>What makes two vectors alike in a search.</summary>
public enum SearchSimilarity
{
    /// <summary>Cosine of the angle between them, -1 to 1: vectors are scaled to length 1. A vector of zeros is like no other, and is left out.</summary>
    Cosine,

    /// <summary>Dot product of the vectors as they are.</summary>
    Dot,
}
