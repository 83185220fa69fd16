using MLNetNlp.Tokenizers.WordPieces;

namespace MLNetNlp.Tokenizers.AddedTokens;

/// <summary>Brings the special tokens of the options and further added tokens together and checks them against the vocabulary.</summary>
internal static class AddedTokenSet
{
    /// <summary>The added tokens in order of their ids.</summary>
    /// <exception cref="ArgumentException">A special token is missing, or two tokens contradict each other.</exception>
    public static AddedToken[] Collect(WordPieceVocabulary vocabulary, WordPieceTokenizerOptions options, IEnumerable<AddedToken> added)
    {
        var byContent = new Dictionary<string, AddedToken>(StringComparer.Ordinal);
        foreach (var token in added)
        {
            Check(vocabulary, token);
            byContent[token.Content] = token;
        }

        foreach (var (content, role) in new[]
        {
            (options.UnknownToken, "unknown"), (options.ClassificationToken, "classification"), (options.SeparatorToken, "separator"),
            (options.PaddingToken, "padding"), (options.MaskToken, "mask"),
        })
        {
            var id = vocabulary.IdOf(content);
            if (id < 0 && !byContent.ContainsKey(content))
                throw new ArgumentException($"The {role} token '{content}' is not in the vocabulary.");
            byContent[content] = byContent.TryGetValue(content, out var known) ? known with { Special = true } : new AddedToken { Content = content, Id = id };
        }

        if (byContent.Values.GroupBy(t => t.Id).FirstOrDefault(g => g.Count() > 1) is { } clash)
            throw new ArgumentException($"The added tokens '{string.Join("' and '", clash.Select(t => t.Content))}' have one id, {clash.Key}.");
        return [.. byContent.Values.OrderBy(t => t.Id)];
    }

    private static void Check(WordPieceVocabulary vocabulary, AddedToken token)
    {
        if (string.IsNullOrEmpty(token.Content))
            throw new ArgumentException($"The added token with id {token.Id} is empty.");
        if (token.Id < 0)
            throw new ArgumentException($"The added token '{token.Content}' has the id {token.Id}.");
        if (vocabulary.IdOf(token.Content) is >= 0 and var known && known != token.Id)
            throw new ArgumentException($"The added token '{token.Content}' has the id {token.Id}, but {known} in the vocabulary.");
        if (vocabulary.TokenOf(token.Id) is { } other && other != token.Content)
            throw new ArgumentException($"The added token '{token.Content}' has the id {token.Id}, which is '{other}' in the vocabulary.");
    }
}
