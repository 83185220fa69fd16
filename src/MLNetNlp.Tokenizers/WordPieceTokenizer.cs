using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.ML.Tokenizers;
using MLNetNlp.Tokenizers.AddedTokens;
using MLNetNlp.Tokenizers.Decoding;
using MLNetNlp.Tokenizers.Encodings;
using MLNetNlp.Tokenizers.Files;
using MLNetNlp.Tokenizers.Normalization;
using MLNetNlp.Tokenizers.WordPieces;

namespace MLNetNlp.Tokenizers;

/// <summary>
/// BERT's tokenizer: normalizes, cuts at white space and punctuation, and cuts words into the longest pieces that the vocabulary has, from left to right.
/// </summary>
/// <remarks>
/// Equal to Hugging Face's <c>BertTokenizerFast</c> in ids, offsets, words, truncation and decoding. Half a surrogate pair, which that library never sees,
/// counts as U+FFFD and so is dropped by cleaning. Wu et al. 2016, "Google's Neural Machine Translation System"; Devlin et al. 2018, "BERT".
/// </remarks>
public sealed partial class WordPieceTokenizer : TextTokenizer
{
    private readonly WordPieceVocabulary _vocabulary;
    private readonly WordPiecePipeline _pipeline;
    private readonly WordPieceDecoder _decoder;
    private readonly CharacterTable _table;
    private readonly BertNormalizer _normalizer;
    private readonly BertPreTokenizer _preTokenizer = new();
    private readonly AddedToken[] _addedTokens;
    private readonly Dictionary<int, AddedToken> _addedTokensById = [];

    /// <summary>Makes a tokenizer.</summary>
    /// <param name="vocabulary">The tokens by id; empty where an id has none.</param>
    /// <param name="options">Normalization and special tokens; null: those of BERT, uncased.</param>
    /// <param name="addedTokens">
    /// Tokens that are found before the text is cut, beyond the five special ones of the options, or these with other settings.
    /// </param>
    /// <exception cref="ArgumentException">The vocabulary is empty, has a token twice or lacks a special token, or an added token contradicts it.</exception>
    public WordPieceTokenizer(IReadOnlyList<string> vocabulary, WordPieceTokenizerOptions? options = null, IEnumerable<AddedToken>? addedTokens = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        Options = options ?? new();
        Options.Validate();
        if (vocabulary.Count == 0)
            throw new ArgumentException("The vocabulary is empty.", nameof(vocabulary));

        _vocabulary = new WordPieceVocabulary(vocabulary, Options.ContinuationPrefix);
        _addedTokens = AddedTokenSet.Collect(_vocabulary, Options, addedTokens ?? []);
        foreach (var token in _addedTokens)
            _addedTokensById.Add(token.Id, token);
        VocabularySize = Math.Max(_vocabulary.Count, _addedTokens[^1].Id + 1);
        PaddingId = IdOf(Options.PaddingToken)!.Value;
        UnknownId = IdOf(Options.UnknownToken)!.Value;
        ClassificationId = IdOf(Options.ClassificationToken)!.Value;
        SeparatorId = IdOf(Options.SeparatorToken)!.Value;
        MaskId = IdOf(Options.MaskToken)!.Value;
        Template = SpecialTokenTemplate.Bert(ClassificationId, SeparatorId);

        _normalizer = new BertNormalizer(Options.CleanText, Options.SeparateIdeographs, Options.StripAccents, Options.LowerCase);
        _table = _normalizer.Table;
        _pipeline = new WordPiecePipeline(
            new WordPieceScanner(_vocabulary, UnknownId, Options.MaxWordLength),
            new AddedTokenMatcher(_addedTokens.Where(t => !t.Normalized), t => t.Content),
            new AddedTokenMatcher(_addedTokens.Where(t => t.Normalized), t => _normalizer.Normalize(t.Content)));
        _decoder = new WordPieceDecoder(
            TokenOf, id => _addedTokensById.TryGetValue(id, out var t) && t.Special, Options.ContinuationPrefix, Options.CleanUpWhenDecoding);
    }

    /// <summary>How this tokenizer normalizes, cuts and names its special tokens.</summary>
    public WordPieceTokenizerOptions Options { get; }

    /// <summary>The tokens that are found before the text is cut: the special ones, and what was added.</summary>
    public IReadOnlyList<AddedToken> AddedTokens => _addedTokens;

    /// <inheritdoc/>
    public override int VocabularySize { get; }

    /// <inheritdoc/>
    public override int PaddingId { get; }

    /// <inheritdoc/>
    public override int UnknownId { get; }

    /// <inheritdoc/>
    public override int ClassificationId { get; }

    /// <inheritdoc/>
    public override int SeparatorId { get; }

    /// <inheritdoc/>
    public override int MaskId { get; }

    /// <inheritdoc/>
    public override int? ModelMaxLength => Options.ModelMaxLength;

    /// <inheritdoc/>
    public override Normalizer Normalizer => _normalizer;

    /// <inheritdoc/>
    public override PreTokenizer PreTokenizer => _preTokenizer;

    internal override SpecialTokenTemplate Template { get; }

    internal WordPieceVocabulary Vocabulary => _vocabulary;

    /// <inheritdoc/>
    public override string? TokenOf(int id) =>
        _vocabulary.TokenOf(id) ?? (_addedTokensById.TryGetValue(id, out var added) ? added.Content : null);

    /// <inheritdoc/>
    public override int? IdOf(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return _vocabulary.IdOf(token) is >= 0 and var id ? id : Array.Find(_addedTokens, t => t.Content == token)?.Id;
    }

    /// <inheritdoc/>
    public override int AppendIds(ReadOnlySpan<char> text, int maxLength, List<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var room = RoomFor(isPair: false, maxLength);
        var before = ids.Count;
        ids.Add(ClassificationId);
        Append(text, room, ids);
        ids.Add(SeparatorId);
        return ids.Count - before;
    }

    /// <inheritdoc/>
    public override int AppendPairIds(ReadOnlySpan<char> first, ReadOnlySpan<char> second, int maxLength, List<int> ids, out int firstLength)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (second.IsEmpty)
            return firstLength = AppendIds(first, maxLength, ids);

        var room = RoomFor(isPair: true, maxLength);
        var before = ids.Count;
        ids.Add(ClassificationId);
        var firstCount = Append(first, room, ids);
        var firstEnd = ids.Count;
        ids.Add(SeparatorId);
        var secondCount = Append(second, room, ids);
        if (firstCount + secondCount > room)
        {
            // Both texts were read up to the whole room only. That tells which is the longer, except when both fill it: then the odd token needs
            // the true lengths.
            var (keptFirst, keptSecond) = firstCount == room && secondCount == room && room % 2 == 1
                ? Truncation.Lengths(Count(first), Count(second), room, TruncationStrategy.LongestFirst)
                : Truncation.Lengths(firstCount, secondCount, room, TruncationStrategy.LongestFirst);
            CollectionsMarshal.SetCount(ids, ids.Count - (secondCount - keptSecond));
            ids.RemoveRange(firstEnd - (firstCount - keptFirst), firstCount - keptFirst);
            firstCount = keptFirst;
        }

        ids.Add(SeparatorId);
        firstLength = firstCount + 2;
        return ids.Count - before;
    }

    /// <inheritdoc/>
    public override OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return _decoder.Decode(ids, destination, out idsConsumed, out charsWritten);
    }

    /// <inheritdoc/>
    public override void Save(Func<string, Stream> createFile)
    {
        ArgumentNullException.ThrowIfNull(createFile);
        WordPieceWriter.Write(this, createFile);
    }

    internal override void Tokenize(ReadOnlySpan<char> text, TokenBuffer buffer)
    {
        var sink = new BufferSink(buffer);
        _pipeline.Tokenize(text, _table, cutWords: true, ref sink);
    }

    private protected override string DecodeTokens(IEnumerable<int> ids, bool skipSpecialTokens) => _decoder.Decode(ids, skipSpecialTokens);

    private int Append(ReadOnlySpan<char> text, int limit, List<int> ids)
    {
        var before = ids.Count;
        if (limit > 0)
        {
            var sink = new IdSink(ids, limit);
            _pipeline.Tokenize(text, _table, cutWords: true, ref sink);
        }

        return ids.Count - before;
    }

    private int Count(ReadOnlySpan<char> text)
    {
        var sink = default(CountSink);
        _pipeline.Tokenize(text, _table, cutWords: true, ref sink);
        return sink.Count;
    }
}
