namespace Microsoft.ML.Tokenizers;

/// <summary>What an encoding gave: tokens or ids, the normalized text when there is one, and how much of the text they cover.</summary>
public struct EncodeResults<T>
{
    public IReadOnlyList<T> Tokens { get; set; }

    /// <summary>Null when the tokenizer does not normalize; offsets and <see cref="CharsConsumed"/> are then those of the text itself.</summary>
    public string? NormalizedText { get; set; }

    public int CharsConsumed { get; set; }
}
