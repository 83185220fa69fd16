using System.Numerics;
using System.Runtime.CompilerServices;

namespace MLNetNlp.Tokenizers.WordPieces;

/// <summary>
/// The tokens by id, and an open-addressing hash over the pieces that begin a word and those that continue one. The hash of a prefix is a step towards
/// the hash of the word, so that one pass over a word serves every length that is then looked up.
/// </summary>
internal sealed class WordPieceVocabulary
{
    /// <summary>What the hash of a piece that begins a word starts from.</summary>
    public const uint WordSeed = 2166136261;

    /// <summary>What the hash of a piece that continues a word starts from.</summary>
    public const uint ContinuationSeed = 3141592653;

    private const uint Prime = 16777619, Spread = 2654435769;

    private readonly string?[] _tokens;
    private readonly Entry[] _entries;
    private readonly int _shift;
    private readonly int _prefixLength;

    /// <param name="tokens">The tokens by id; null or empty where an id has none.</param>
    /// <param name="continuationPrefix">What marks a token that continues a word, such as "##".</param>
    public WordPieceVocabulary(IReadOnlyList<string?> tokens, string continuationPrefix)
    {
        _tokens = [.. tokens];
        _prefixLength = continuationPrefix.Length;
        ContinuationPrefix = continuationPrefix;
        var bits = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, 3 * _tokens.Length)));
        _entries = new Entry[1 << bits];
        _shift = 32 - bits;
        for (var id = 0; id < _tokens.Length; id++)
        {
            if (_tokens[id] is not { Length: > 0 } token)
                continue;
            Add(token, id, isContinuation: false);
            MaxWordPieceLength = Math.Max(MaxWordPieceLength, token.Length);
            if (token.Length == _prefixLength || !token.StartsWith(continuationPrefix, StringComparison.Ordinal))
                continue;
            Add(token.AsSpan(_prefixLength), id, isContinuation: true);
            MaxContinuationLength = Math.Max(MaxContinuationLength, token.Length - _prefixLength);
        }
    }

    /// <summary>One more than the highest id.</summary>
    public int Count => _tokens.Length;

    /// <summary>What marks a token that continues a word.</summary>
    public string ContinuationPrefix { get; }

    /// <summary>UTF-16 code units of the longest token.</summary>
    public int MaxWordPieceLength { get; }

    /// <summary>UTF-16 code units of the longest continuation, without its prefix.</summary>
    public int MaxContinuationLength { get; }

    /// <summary>The token of <paramref name="id"/>; null when it has none or is out of range.</summary>
    public string? TokenOf(int id) => (uint)id < (uint)_tokens.Length && _tokens[id] is { Length: > 0 } token ? token : null;

    /// <summary>The hash of a piece that is one character longer.</summary>
    public static uint Extend(uint hash, char next) => (hash ^ next) * Prime;

    /// <summary>The id of a whole token, its prefix included; -1 when there is none.</summary>
    public int IdOf(ReadOnlySpan<char> token)
    {
        var hash = WordSeed;
        foreach (var c in token)
            hash = Extend(hash, c);
        return Find(token, hash, isContinuation: false);
    }

    /// <summary>The id of a piece, which comes without prefix and with its hash; -1 when there is none.</summary>
    public int Find(ReadOnlySpan<char> piece, uint hash, bool isContinuation)
    {
        var entries = _entries;
        var kind = isContinuation ? 1 : 0;
        for (var slot = (hash * Spread) >> _shift; ; slot = (slot + 1) & (uint)(entries.Length - 1))
        {
            var entry = entries[slot];
            if (entry.Key == 0)
                return -1;
            if (entry.Hash != hash || ((entry.Key - 1) & 1) != kind)
                continue;
            var id = (entry.Key - 1) >> 1;
            if (_tokens[id].AsSpan(isContinuation ? _prefixLength : 0).SequenceEqual(piece))
                return id;
        }
    }

    // Runs once a token while a tokenizer loads: compiled with optimization at once, as it would be through with before it is compiled again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(ReadOnlySpan<char> piece, int id, bool isContinuation)
    {
        var hash = isContinuation ? ContinuationSeed : WordSeed;
        foreach (var c in piece)
            hash = Extend(hash, c);

        var kind = isContinuation ? 1 : 0;
        var slot = (hash * Spread) >> _shift;
        for (; _entries[slot].Key != 0; slot = (slot + 1) & (uint)(_entries.Length - 1))
        {
            var (otherHash, otherKey) = _entries[slot];
            if (otherHash == hash && _tokens[(otherKey - 1) >> 1] == _tokens[id] && ((otherKey - 1) & 1) == kind)
                throw new ArgumentException($"The vocabulary has the token '{_tokens[id]}' twice: as {(otherKey - 1) >> 1} and as {id}.");
        }

        _entries[slot] = new Entry(hash, (id << 1 | kind) + 1);
    }

    /// <param name="Hash">The piece's hash.</param>
    /// <param name="Key">0 in a free slot; else one more than twice the id, plus one for a continuation.</param>
    private readonly record struct Entry(uint Hash, int Key);
}
