namespace MLNetNlp.Tokenizers.Decoding;

/// <summary>Takes out the spaces that decoding leaves before punctuation and English contractions.</summary>
internal static class SpaceCleanUp
{
    /// <summary>As transformers does on a whole text (<c>clean_up_tokenization_spaces</c>).</summary>
    public static string CleanText(string text) => text
        .Replace(" .", ".", StringComparison.Ordinal)
        .Replace(" ?", "?", StringComparison.Ordinal)
        .Replace(" !", "!", StringComparison.Ordinal)
        .Replace(" ,", ",", StringComparison.Ordinal)
        .Replace(" ' ", "'", StringComparison.Ordinal)
        .Replace(" n't", "n't", StringComparison.Ordinal)
        .Replace(" 'm", "'m", StringComparison.Ordinal)
        .Replace(" 's", "'s", StringComparison.Ordinal)
        .Replace(" 've", "'ve", StringComparison.Ordinal)
        .Replace(" 're", "'re", StringComparison.Ordinal);

    /// <summary>As the WordPiece decoder does on one token with the space before it.</summary>
    /// <remarks>
    /// The decoder's list also turns " do not" into " don't", which no single token of a word-piece vocabulary can hold but an added one may.
    /// </remarks>
    public static string CleanToken(string piece) =>
        piece.Contains(' ', StringComparison.Ordinal) ? CleanText(piece.Replace(" do not", " don't", StringComparison.Ordinal)) : piece;
}
