namespace MLNetNlp.Tokenizers;

/// <summary>A token that is found in a text before the text is normalized and cut into words, such as "[MASK]".</summary>
/// <remarks>The same as an entry of <c>added_tokens</c> in Hugging Face's tokenizer.json.</remarks>
public sealed record AddedToken
{
    /// <summary>The text of the token.</summary>
    public required string Content { get; init; }

    /// <summary>The token's id.</summary>
    public required int Id { get; init; }

    /// <summary>Whether decoding leaves it out when special tokens are to be skipped. Default true.</summary>
    public bool Special { get; init; } = true;

    /// <summary>Whether white space before it becomes part of it. Default false.</summary>
    public bool LeftStrip { get; init; }

    /// <summary>Whether white space after it becomes part of it. Default false.</summary>
    public bool RightStrip { get; init; }

    /// <summary>Whether it counts only where no letter, digit or underscore touches it. Default false.</summary>
    public bool SingleWord { get; init; }

    /// <summary>Whether it is looked for in the normalized text, itself normalized, rather than in the text as it is. Default false.</summary>
    public bool Normalized { get; init; }
}
