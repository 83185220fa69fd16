namespace MLNetNlp;

/// <summary>How texts become token ids. The same record for every task.</summary>
public sealed record TokenizationOptions
{
    /// <summary>
    /// Most tokens of a text, or of a pair of texts together, special tokens included; what is beyond is cut off, of a pair from the longer text first. Default
    /// 128.
    /// At most the number of positions of the model (512 for most). Shorter texts cost less: batches are padded to their own longest text.
    /// </summary>
    public int MaxLength { get; init; } = 128;

    /// <summary>Checks the values that need no model to be checked.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A length in which no text would be left.</exception>
    internal void Validate()
    {
        // [CLS] a [SEP] b [SEP]
        if (MaxLength < 5)
        {
            throw new ArgumentOutOfRangeException(nameof(MaxLength), MaxLength,
                $"{nameof(TokenizationOptions)}.{nameof(MaxLength)} is {MaxLength}; 5 or more is needed, for special tokens and some text.");
        }
    }
}
