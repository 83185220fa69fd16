using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>What a loss with weights of its own must know to make them.</summary>
public sealed record SentenceLossSetting
{
    private readonly int? _dimension;

    /// <summary>The encoder that is trained.</summary>
    public required Sentences.SentenceEncoder Encoder { get; init; }

    /// <summary>Numbers in each of the encoder's vectors.</summary>
    public int Dimension
    {
        get => _dimension ?? Encoder.Dimension;
        internal init => _dimension = value;
    }

    /// <summary>Number of classes, for losses whose label is a class; else 0.</summary>
    public int ClassCount { get; init; }

    /// <summary>Numbers in each label, for losses whose label is a vector; else 0.</summary>
    public int LabelWidth { get; init; }

    /// <summary>Seed of new weights.</summary>
    public int Seed { get; init; }

    /// <summary>Where the encoder is, and the weights go. Default: CPU.</summary>
    public Device Device { get; init; } = CPU;
}
