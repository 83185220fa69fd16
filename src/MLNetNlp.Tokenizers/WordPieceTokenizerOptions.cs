namespace MLNetNlp.Tokenizers;

/// <summary>How a <see cref="WordPieceTokenizer"/> normalizes, cuts and names its special tokens. The defaults are those of BERT, uncased.</summary>
public sealed record WordPieceTokenizerOptions
{
    /// <summary>Whether letters become lower case. Default true.</summary>
    public bool LowerCase { get; init; } = true;

    /// <summary>Whether accents are taken off. Default null: as <see cref="LowerCase"/>.</summary>
    public bool? StripAccents { get; init; }

    /// <summary>Whether control characters are taken out and all white space becomes a space. Default true.</summary>
    public bool CleanText { get; init; } = true;

    /// <summary>Whether each CJK ideograph is a word of its own. Default true.</summary>
    public bool SeparateIdeographs { get; init; } = true;

    /// <summary>The most code points of a word; a longer one becomes the unknown token. Default 100.</summary>
    public int MaxWordLength { get; init; } = 100;

    /// <summary>What marks a token that continues a word. Default "##".</summary>
    public string ContinuationPrefix { get; init; } = "##";

    /// <summary>The token of words that the vocabulary cannot make. Default "[UNK]".</summary>
    public string UnknownToken { get; init; } = "[UNK]";

    /// <summary>The token before the text. Default "[CLS]".</summary>
    public string ClassificationToken { get; init; } = "[CLS]";

    /// <summary>The token after each text. Default "[SEP]".</summary>
    public string SeparatorToken { get; init; } = "[SEP]";

    /// <summary>The token that fills up a batch. Default "[PAD]".</summary>
    public string PaddingToken { get; init; } = "[PAD]";

    /// <summary>The token that hides another in masked language modelling. Default "[MASK]".</summary>
    public string MaskToken { get; init; } = "[MASK]";

    /// <summary>Whether decoding takes out spaces before punctuation and English contractions, token by token. Default true.</summary>
    public bool CleanUpWhenDecoding { get; init; } = true;

    /// <summary>The longest input that the model takes, in tokens. Default null: not stated. Encoding does not truncate to it by itself.</summary>
    public int? ModelMaxLength { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxWordLength, 1);
        ArgumentException.ThrowIfNullOrEmpty(ContinuationPrefix);
        if (ModelMaxLength is { } length)
            ArgumentOutOfRangeException.ThrowIfLessThan(length, 1, nameof(ModelMaxLength));
    }
}
