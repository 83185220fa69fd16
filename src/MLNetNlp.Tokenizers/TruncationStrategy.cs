namespace MLNetNlp.Tokenizers;

/// <summary>Which text gives way when a text, or a pair of texts, has more tokens than are allowed. Tokens are always taken from the end.</summary>
public enum TruncationStrategy
{
    /// <summary>
    /// The longer text of a pair, down to the length of the shorter; then both alike, the second keeping the odd token unless the first was longer.
    /// </summary>
    LongestFirst,

    /// <summary>The first text only; an error when that is not enough.</summary>
    OnlyFirst,

    /// <summary>The second text only; an error when that is not enough.</summary>
    OnlySecond,

    /// <summary>None, whatever the length.</summary>
    DoNotTruncate,
}
