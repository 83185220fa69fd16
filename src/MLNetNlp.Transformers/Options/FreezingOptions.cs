namespace MLNetNlp;

/// <summary>Which parts of an encoder keep their pretrained weights during training.</summary>
/// <remarks>Frozen weights get no gradient, no weight decay and no share in the clipping norm. Dropout stays active in frozen layers.</remarks>
public sealed record FreezingOptions
{
    /// <summary>Freezes the word, position and token type embeddings and their LayerNorm. Default false.</summary>
    public bool Embeddings { get; init; }

    /// <summary>Freezes this many layers, counted from the input. Default 0. At most the model's number of layers.</summary>
    public int Layers { get; init; }

    /// <summary>Checks the values that need no model to be checked.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative number of layers.</exception>
    internal void Validate()
    {
        if (Layers < 0)
            throw new ArgumentOutOfRangeException(nameof(Layers), Layers, $"{nameof(FreezingOptions)}.{nameof(Layers)} is {Layers}; 0 or more is needed.");
    }
}
