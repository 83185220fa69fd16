namespace MLNetNlp.Tokenizers;

/// <summary>The tokens of a text, or of a pair of texts, ready for a model. All lists are of one length.</summary>
public sealed class TokenEncoding
{
    internal TokenEncoding(
        int[] ids, string[] tokens, (int Start, int End)[] offsets, int?[] wordIds, int[] typeIds, int?[] sequenceIds, int[] specialTokensMask)
    {
        Ids = ids;
        Tokens = tokens;
        Offsets = offsets;
        WordIds = wordIds;
        TypeIds = typeIds;
        SequenceIds = sequenceIds;
        SpecialTokensMask = specialTokensMask;
    }

    /// <summary>How many tokens there are.</summary>
    public int Count => Ids.Count;

    /// <summary>The tokens' numbers in the vocabulary.</summary>
    public IReadOnlyList<int> Ids { get; }

    /// <summary>The tokens themselves, as the vocabulary has them ("##ing").</summary>
    public IReadOnlyList<string> Tokens { get; }

    /// <summary>
    /// Where each token stands in its own text as it was given, [start, end) in UTF-16 code units; (0, 0) for special tokens that were put in. Of pre-split
    /// words: relative to the word.
    /// </summary>
    public IReadOnlyList<(int Start, int End)> Offsets { get; }

    /// <summary>
    /// The number of the word in its own text that each token is of: words are what white space and punctuation cut, or the given words. Null for special
    /// tokens that were put in.
    /// </summary>
    public IReadOnlyList<int?> WordIds { get; }

    /// <summary>The segment that the model is told: 0 or 1.</summary>
    public IReadOnlyList<int> TypeIds { get; }

    /// <summary>0 for tokens of the first text, 1 for tokens of the second, null for special tokens that were put in.</summary>
    public IReadOnlyList<int?> SequenceIds { get; }

    /// <summary>1 for special tokens that were put in, else 0; 0 also for special tokens that were written in the text.</summary>
    public IReadOnlyList<int> SpecialTokensMask { get; }
}
