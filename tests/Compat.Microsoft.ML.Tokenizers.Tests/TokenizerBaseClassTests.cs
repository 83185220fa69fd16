using System.Buffers;
using Microsoft.ML.Tokenizers;

namespace Compat.Microsoft.ML.Tokenizers.Tests;

/// <summary>What the base class does by itself. These tests pass on the real package and on the stand-in.</summary>
[TestClass]
public sealed class TokenizerBaseClassTests
{
    private readonly LetterTokenizer _tokenizer = new();
    private readonly LetterTokenizer _normalizing = new() { Normalizes = true };

    [TestMethod]
    public void Settings_begin_with_everything_off_and_no_limit()
    {
        var settings = new EncodeSettings();
        Assert.IsFalse(settings.ConsiderNormalization);
        Assert.IsFalse(settings.ConsiderPreTokenization);
        Assert.AreEqual(int.MaxValue, settings.MaxTokenCount);
    }

    [TestMethod]
    public void There_is_no_normalizer_and_no_pre_tokenizer()
    {
        Assert.IsNull(_tokenizer.Normalizer);
        Assert.IsNull(_tokenizer.PreTokenizer);
    }

    [TestMethod]
    public void Ids_and_counts_come_from_the_tokens()
    {
        CollectionAssert.AreEqual(new int[] { 'a', 'b' }, _tokenizer.EncodeToIds("a b").ToArray());
        CollectionAssert.AreEqual(new int[] { 'a', 'b' }, _tokenizer.EncodeToIds("a b".AsSpan()).ToArray());
        Assert.AreEqual(2, _tokenizer.CountTokens("a b"));
        Assert.AreEqual(2, _tokenizer.CountTokens("a b".AsSpan()));
        Assert.AreEqual(0, _tokenizer.CountTokens(""));
        CollectionAssert.AreEqual(new[] { "a", "b" }, _tokenizer.EncodeToTokens("a b", out var normalized).Select(t => t.Value).ToArray());
        Assert.IsNull(normalized);
        Assert.AreEqual(new Range(1, 2), _normalizing.EncodeToTokens("a1b".AsSpan(), out normalized)[1].Offset);
        Assert.AreEqual("ab", normalized);
    }

    [TestMethod]
    public void Arguments_become_settings()
    {
        _tokenizer.EncodeToIds("a", considerPreTokenization: false, considerNormalization: true);
        _tokenizer.CountTokens("a", considerPreTokenization: true, considerNormalization: false);
        _tokenizer.EncodeToIds("a", 7, out _, out _);
        Assert.AreEqual((false, true, int.MaxValue), Read(_tokenizer.Seen[0]));
        Assert.AreEqual((true, false, int.MaxValue), Read(_tokenizer.Seen[1]));
        Assert.AreEqual((true, true, 7), Read(_tokenizer.Seen[2]));

        static (bool, bool, int) Read(EncodeSettings s) => (s.ConsiderPreTokenization, s.ConsiderNormalization, s.MaxTokenCount);
    }

    [TestMethod]
    public void A_limit_on_ids_says_how_much_was_consumed()
    {
        CollectionAssert.AreEqual(new int[] { 'a', 'b' }, _tokenizer.EncodeToIds("a b c", 2, out var normalized, out var consumed).ToArray());
        Assert.AreEqual(3, consumed);
        Assert.IsNull(normalized);
        CollectionAssert.AreEqual(new int[] { 'a', 'b' }, _normalizing.EncodeToIds("a1b c".AsSpan(), 2, out normalized, out consumed).ToArray());
        Assert.AreEqual(2, consumed);
        Assert.AreEqual("ab c", normalized);
    }

    [TestMethod]
    public void The_index_of_a_token_count_is_where_that_many_tokens_end()
    {
        Assert.AreEqual(3, _tokenizer.GetIndexByTokenCount("a b c ", 2, out var normalized, out var count));
        Assert.AreEqual(2, count);
        Assert.IsNull(normalized);
        var all = _tokenizer.GetIndexByTokenCount("a b c ", 9, out _, out count);
        Assert.AreEqual(3, count);
        Assert.AreEqual(5, all);
        Assert.AreEqual(0, _tokenizer.GetIndexByTokenCount("   ", 9, out _, out count));
        Assert.AreEqual(0, count);
        Assert.AreEqual(2, _normalizing.GetIndexByTokenCount("a1b c".AsSpan(), 2, out normalized, out _));
        Assert.AreEqual("ab c", normalized);
    }

    [TestMethod]
    public void The_index_from_the_end_is_where_the_last_tokens_begin()
    {
        Assert.AreEqual(2, _tokenizer.GetIndexByTokenCountFromEnd("a b c ", 2, out _, out var count));
        Assert.AreEqual(2, count);
        Assert.AreEqual(0, _tokenizer.GetIndexByTokenCountFromEnd("a b c ", 9, out _, out count));
        Assert.AreEqual(3, count);
        Assert.AreEqual(1, _tokenizer.GetIndexByTokenCountFromEnd(" a", 9, out _, out count));
        Assert.AreEqual(3, _tokenizer.GetIndexByTokenCountFromEnd("   ", 9, out _, out count));
        Assert.AreEqual(0, count);
        Assert.AreEqual(4, _normalizing.GetIndexByTokenCountFromEnd("a1b c d".AsSpan(), 2, out var normalized, out _) + 1);
        Assert.AreEqual("ab c d", normalized);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(-1)]
    public void A_token_count_below_one_takes_nothing(int limit)
    {
        Assert.AreEqual(0, _tokenizer.GetIndexByTokenCount("a b", limit, out _, out var count));
        Assert.AreEqual(limit, count);
        Assert.AreEqual(3, _tokenizer.GetIndexByTokenCountFromEnd("a b", limit, out _, out count));
        Assert.AreEqual(limit, count);
    }

    [TestMethod]
    public void Null_text_is_empty()
    {
        Assert.IsEmpty(_tokenizer.EncodeToIds((string)null!));
        Assert.IsEmpty(_tokenizer.EncodeToTokens((string)null!, out _));
        Assert.AreEqual(0, _tokenizer.CountTokens((string)null!));
        Assert.AreEqual(0, _tokenizer.GetIndexByTokenCount((string)null!, 1, out _, out _));
    }

    [TestMethod]
    public void The_limit_reaches_the_tokenizer_except_from_the_end()
    {
        _tokenizer.GetIndexByTokenCount("a b", 1, out _, out _);
        _tokenizer.GetIndexByTokenCountFromEnd("a b", 1, out _, out _);
        CollectionAssert.AreEqual(new[] { 1, int.MaxValue }, _tokenizer.Seen.Select(s => s.MaxTokenCount).ToArray());
    }

    [TestMethod]
    public void Decoding_finds_a_buffer_that_is_large_enough()
    {
        var text = new string('x', 100_000) + "y";
        Assert.AreEqual(text, _tokenizer.Decode(text.Select(c => (int)c)));
        Assert.AreEqual("", _tokenizer.Decode([]));
        Assert.ThrowsExactly<ArgumentNullException>(() => _tokenizer.Decode(null!));
    }

    [TestMethod]
    public void Decoding_invalid_data_is_an_error()
    {
        var invalid = new LetterTokenizer { DecodeStatus = OperationStatus.InvalidData };
        Assert.ThrowsExactly<InvalidOperationException>(() => invalid.Decode([1]));
    }

    [TestMethod]
    public void Tokens_are_equal_when_all_their_parts_are()
    {
        var token = new EncodedToken(1, "a", 0..1);
        Assert.IsTrue(token.Equals(new EncodedToken(1, new string('a', 1), 0..1)));
        Assert.IsFalse(token.Equals(new EncodedToken(2, "a", 0..1)));
        Assert.IsFalse(token.Equals(new EncodedToken(1, "b", 0..1)));
        Assert.IsFalse(token.Equals(new EncodedToken(1, "a", 0..2)));
    }
}
