namespace MLNetNlp.Tokenizers;

/// <summary>How a text or a pair of texts is encoded.</summary>
public sealed record EncodingOptions
{
    /// <summary>The defaults: special tokens, no limit.</summary>
    public static EncodingOptions Default { get; } = new();

    /// <summary>Whether the model's special tokens are put around the text, such as [CLS] and [SEP]. Default true.</summary>
    public bool AddSpecialTokens { get; init; } = true;

    /// <summary>The most tokens of an encoding, special tokens included. Default null: no limit.</summary>
    public int? MaxLength { get; init; }

    /// <summary>What gives way when there are more than <see cref="MaxLength"/>. Default <see cref="TruncationStrategy.LongestFirst"/>.</summary>
    public TruncationStrategy Truncation { get; init; } = TruncationStrategy.LongestFirst;

    /// <summary>
    /// How many tokens at the end of a window begin the next one again, in <see cref="TextTokenizer.EncodeWithOverflow"/>. Default 0. Must be less than
    /// the room that the truncated text has.
    /// </summary>
    public int Stride { get; init; }

    internal void Validate()
    {
        if (MaxLength is { } length)
            ArgumentOutOfRangeException.ThrowIfNegative(length, nameof(MaxLength));
        ArgumentOutOfRangeException.ThrowIfNegative(Stride, nameof(Stride));
        if (!Enum.IsDefined(Truncation))
            throw new ArgumentOutOfRangeException(nameof(Truncation), Truncation, "Not a truncation strategy.");
    }
}
