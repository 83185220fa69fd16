namespace MLNetNlp.Tokenizers.Tests.WordPieces;

[TestClass]
public sealed class WindowTests
{
    private static readonly WordPieceTokenizer Tokenizer = new(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. "abcdefghij".Select(c => c.ToString())]);

    [TestMethod]
    public void Windows_overlap_by_the_stride_and_the_last_one_ends_the_text()
    {
        CollectionAssert.AreEqual(new[] { "abcd", "cdef", "efgh", "ghij" }, Windows("a b c d e f g h i j", null, 6, 2));
        CollectionAssert.AreEqual(new[] { "abcd", "defg", "ghij" }, Windows("a b c d e f g h i j", null, 6, 1));
        CollectionAssert.AreEqual(new[] { "abcd", "efgh", "ij" }, Windows("a b c d e f g h i j", null, 6, 0));
        CollectionAssert.AreEqual(new[] { "abc" }, Windows("a b c", null, 6, 2));
        CollectionAssert.AreEqual(new[] { "" }, Windows("", null, 6, 2));
    }

    [TestMethod]
    public void Where_both_texts_are_cut_the_first_goes_round_with_all_of_the_second()
    {
        // Room for 4: two tokens of each. First text: ab c; second: de f.
        CollectionAssert.AreEqual(new[] { "ab|de", "c|de", "c|f", "ab|f" }, Windows("a b c", "d e f", 7, 0));
    }

    [TestMethod]
    public void Only_the_second_text_is_cut_when_so_asked()
    {
        var options = new EncodingOptions { MaxLength = 7, Stride = 1, Truncation = TruncationStrategy.OnlySecond };
        var windows = Tokenizer.EncodeWithOverflow("a b", "c d e", options);
        CollectionAssert.AreEqual(new[] { "ab|cd", "ab|de" }, windows.Select(Letters).ToArray());
        CollectionAssert.AreEqual(new int?[] { null, 0, 0, null, 1, 1, null }, windows[1].SequenceIds.ToArray());
        Assert.AreEqual((2, 3), windows[1].Offsets[4]);
        Assert.AreEqual(1, windows[1].WordIds[4]);
    }

    [TestMethod]
    public void Words_go_round_too()
    {
        var windows = Tokenizer.EncodeWordsWithOverflow(["a", "b,", "c"], null, new() { MaxLength = 4, AddSpecialTokens = false, Stride = 2 });
        CollectionAssert.AreEqual(new int?[] { 0, 1, 1, 2 }, windows[0].WordIds.ToArray());
        Assert.HasCount(1, windows);
        windows = Tokenizer.EncodeWordsWithOverflow(["a", "b,", "c"], null, new() { MaxLength = 3, AddSpecialTokens = false, Stride = 1 });
        CollectionAssert.AreEqual(new int?[] { 1, 2 }, windows[1].WordIds.ToArray());
    }

    [TestMethod]
    public void A_stride_that_leaves_no_way_forward_is_refused()
    {
        var e = Assert.ThrowsExactly<ArgumentException>(() => Windows("a b c d e", null, 6, 4));
        StringAssert.Contains(e.Message, "Stride is 4");
        StringAssert.Contains(e.Message, "4 tokens");
        CollectionAssert.AreEqual(new[] { "abcd" }, Windows("a b c d", null, 6, 4));
    }

    [TestMethod]
    public void A_text_that_cannot_give_enough_is_named()
    {
        var options = new EncodingOptions { MaxLength = 5, Truncation = TruncationStrategy.OnlyFirst };
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Tokenizer.Encode("a b", "c d e f", options)).Message, "first text");
        var onlySecond = options with { Truncation = TruncationStrategy.OnlySecond };
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Tokenizer.Encode("a b c d e", null, onlySecond)).Message, "second text");
        Assert.AreEqual(7, Tokenizer.Encode("a b c d e", null, options with { Truncation = TruncationStrategy.DoNotTruncate }).Count);
    }

    private static string[] Windows(string text, string? pair, int maxLength, int stride) =>
        [.. Tokenizer.EncodeWithOverflow(text, pair, new() { MaxLength = maxLength, Stride = stride }).Select(Letters)];

    private static string Letters(TokenEncoding encoding)
    {
        var texts = Enumerable.Range(0, 2).Select(s => string.Concat(encoding.Tokens.Where((_, i) => encoding.SequenceIds[i] == s))).ToArray();
        return encoding.TypeIds.Contains(1) ? $"{texts[0]}|{texts[1]}" : texts[0];
    }
}
