namespace MLNetNlp.Transformers.Losses;

/// <summary>What <see cref="SoftmaxLoss"/> makes of two vectors u and v for its classifier.</summary>
[Flags]
public enum SentencePairFeatures
{
    /// <summary>u and v themselves.</summary>
    Vectors = 1,

    /// <summary>|u - v|, number by number.</summary>
    Difference = 2,

    /// <summary>u * v, number by number.</summary>
    Product = 4,
}
