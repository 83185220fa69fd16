namespace MLNetNlp.Transformers.Adapters;

/// <summary>How several LoRA adapters become one.</summary>
public enum AdapterCombination
{
    /// <summary>
    /// The matrices A and B are each summed, with the square root of weight times scale. All must have one rank, which the result has too. Cheap, but what it adds is
    /// not the sum of what they add: products of one adapter's B and another's A come in.
    /// </summary>
    Linear,

    /// <summary>The matrices are joined: exactly the weighted sum of what the adapters add. The rank is the sum of their ranks.</summary>
    Concatenation,

    /// <summary>The closest matrices of a chosen rank to the weighted sum of what the adapters add, by singular value decomposition.</summary>
    Svd,
}
