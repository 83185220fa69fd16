using System.Buffers;

namespace MLNetNlp.Tokenizers.Tests.WordPieces;

[TestClass]
public sealed class WordPieceTokenizerTests
{
    private static readonly string[] Vocabulary =
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "un", "##aff", "##able", "a", "b", ",", "##b", "été", "x\uFFFD"];

    private static readonly WordPieceTokenizer Tokenizer = new(Vocabulary);

    [TestMethod]
    public void Words_are_cut_into_the_longest_pieces_or_are_unknown()
    {
        var encoding = Tokenizer.Encode("Unaffable abc, ab");
        CollectionAssert.AreEqual(new[] { "[CLS]", "un", "##aff", "##able", "[UNK]", ",", "a", "##b", "[SEP]" }, encoding.Tokens.ToArray());
        CollectionAssert.AreEqual(new int?[] { null, 0, 0, 0, 1, 2, 3, 3, null }, encoding.WordIds.ToArray());
    }

    [TestMethod]
    public void Half_a_surrogate_pair_is_dropped_by_cleaning_and_is_U_FFFD_otherwise()
    {
        foreach (var text in new[] { "a\uD800b", "a\uDC00b", "a\uFFFDb", "\uDC00ab", "ab\uD800" })
            CollectionAssert.AreEqual(new[] { "a", "##b" }, Tokenizer.Encode(text).Tokens.Skip(1).Take(2).ToArray(), text);
        Assert.AreEqual((0, 1), Tokenizer.Encode("a\uD800b").Offsets[1]);
        Assert.AreEqual((2, 3), Tokenizer.Encode("a\uD800b").Offsets[2]);
        Assert.AreEqual(2, Tokenizer.Encode("\uD800").Count);

        var raw = new WordPieceTokenizer(Vocabulary, new() { CleanText = false });
        CollectionAssert.AreEqual(new[] { "[CLS]", "x\uFFFD", "[SEP]" }, raw.Encode("x\uD800").Tokens.ToArray());
        CollectionAssert.AreEqual(new[] { "[CLS]", "[UNK]", "[SEP]" }, raw.Encode("\uDC00").Tokens.ToArray());
    }

    [TestMethod]
    public void Every_code_unit_alone_and_between_letters_has_a_result()
    {
        var raw = new WordPieceTokenizer(Vocabulary, new() { CleanText = false, SeparateIdeographs = false, StripAccents = false });
        foreach (var tokenizer in new[] { Tokenizer, raw })
        {
            for (var c = 0; c <= char.MaxValue; c++)
            {
                var text = $"a{(char)c}b";
                foreach (var (start, end) in tokenizer.Encode(text).Offsets)
                    Assert.IsTrue(start >= 0 && start <= end && end <= text.Length, $"U+{c:X4}");
            }
        }
    }

    [TestMethod]
    [DataRow(3, "aaa", "aaa")]
    [DataRow(3, "aaaa", "[UNK]")]
    [DataRow(3, "𝔘𝔘𝔘", "𝔘𝔘𝔘")]
    [DataRow(3, "𝔘𝔘𝔘𝔘", "[UNK]")]
    [DataRow(1000, "a*1000", "a*1000")]
    [DataRow(1000, "a*1001", "[UNK]")]
    public void The_longest_word_counts_code_points(int maxLength, string word, string expected)
    {
        string[] vocabulary = [.. Vocabulary, "aaa", "𝔘𝔘𝔘", new string('a', 1000)];
        var tokenizer = new WordPieceTokenizer(vocabulary, new() { MaxWordLength = maxLength });
        Assert.AreEqual(Spell(expected), tokenizer.Encode(Spell(word)).Tokens[1]);

        static string Spell(string text) => text.StartsWith("a*", StringComparison.Ordinal)
            ? new string('a', int.Parse(text[2..], System.Globalization.CultureInfo.InvariantCulture)) : text;
    }

    [TestMethod]
    public void Members_of_the_base_class_put_in_no_special_tokens()
    {
        Assert.IsInstanceOfType<Microsoft.ML.Tokenizers.Tokenizer>(Tokenizer);
        CollectionAssert.AreEqual(new[] { 5, 6, 7, 8 }, Tokenizer.EncodeToIds("unaffable a").ToArray());
        CollectionAssert.AreEqual(new[] { 5, 6, 7, 8 }, Tokenizer.EncodeToIds("unaffable a".AsSpan()).ToArray());
        Assert.AreEqual(4, Tokenizer.CountTokens("unaffable a"));

        var tokens = Tokenizer.EncodeToTokens(" UNaffable A", out var normalized);
        Assert.IsNull(normalized);
        CollectionAssert.AreEqual(new[] { "un", "##aff", "##able", "a" }, tokens.Select(t => t.Value).ToArray());
        CollectionAssert.AreEqual(new[] { 1..3, 3..6, 6..10, 11..12 }, tokens.Select(t => t.Offset).ToArray());
        Assert.IsEmpty(Tokenizer.EncodeToIds(""));
    }

    [TestMethod]
    public void Members_of_the_base_class_keep_to_a_limit()
    {
        CollectionAssert.AreEqual(new[] { 5, 6 }, Tokenizer.EncodeToIds("Unaffable a", 2, out var normalized, out var consumed).ToArray());
        Assert.AreEqual(5, consumed);
        Assert.IsNull(normalized);
        Tokenizer.EncodeToIds("Unaffable a  ", 9, out _, out consumed);
        Assert.AreEqual(13, consumed);

        Assert.AreEqual(9, Tokenizer.GetIndexByTokenCount("Unaffable a", 3, out _, out var count));
        Assert.AreEqual(3, count);
        Assert.AreEqual(11, Tokenizer.GetIndexByTokenCount("Unaffable a", 30, out _, out count));
        Assert.AreEqual(4, count);
        Assert.AreEqual(5, Tokenizer.GetIndexByTokenCountFromEnd("Unaffable a", 2, out _, out count));
        Assert.AreEqual(0, Tokenizer.GetIndexByTokenCountFromEnd("Unaffable a", 30, out _, out count));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Tokenizer.EncodeToIds("a", 0, out _, out _));
    }

    [TestMethod]
    public void Normalization_and_cutting_can_be_left_out()
    {
        CollectionAssert.AreEqual(new[] { 12 }, Tokenizer.EncodeToIds("été", considerNormalization: false).ToArray());
        CollectionAssert.AreEqual(new[] { 1 }, Tokenizer.EncodeToIds("Été", considerNormalization: false).ToArray());
        CollectionAssert.AreEqual(new[] { 1 }, Tokenizer.EncodeToIds("a, b", considerPreTokenization: false).ToArray());
        CollectionAssert.AreEqual(new[] { 5, 6, 7 }, Tokenizer.EncodeToIds("UNAFFABLE", considerPreTokenization: false).ToArray());
        CollectionAssert.AreEqual(new[] { 8, 4, 9 }, Tokenizer.EncodeToIds("A[MASK]B", considerPreTokenization: false).ToArray());
        Assert.AreEqual(3, Tokenizer.CountTokens("A[MASK]B", considerPreTokenization: false));
    }

    [TestMethod]
    public void The_normalizer_and_the_pre_tokenizer_stand_alone()
    {
        Assert.AreEqual("ete  北  a", Tokenizer.Normalizer.Normalize("É\u0301te\u0301\u0000 北 a\u200B"));
        CollectionAssert.AreEqual(new[] { (0, 1), (1, 1), (3, 2), (6, 2) }, Tokenizer.PreTokenizer.PreTokenize("a, bc 𝔘").ToArray());
        Assert.AreEqual("ÀÉ", new BertNormalizer(lowerCase: false).Normalize("ÀÉ"));
        Assert.AreEqual("AE", new BertNormalizer(lowerCase: false, stripAccents: true).Normalize("ÀÉ"));
        Assert.AreEqual("i\u0307àé", new BertNormalizer(stripAccents: false).Normalize("İÀÉ"));
        Assert.AreEqual("\u1112\u1161\u11ab", new BertNormalizer().Normalize("한"));
    }

    [TestMethod]
    public void Decoding_into_a_span_stops_where_there_is_no_more_room()
    {
        int[] ids = [2, 5, 6, 7, 8, 10, 9, 3];
        const string Text = "[CLS] unaffable a, b [SEP]";
        Assert.AreEqual(Text, Tokenizer.Decode(ids));
        var buffer = new char[Text.Length];
        Assert.AreEqual(OperationStatus.Done, Tokenizer.Decode(ids, buffer, out var consumed, out var written));
        Assert.AreEqual((ids.Length, Text.Length), (consumed, written));
        Assert.AreEqual(Text, new string(buffer));
        Assert.AreEqual(OperationStatus.DestinationTooSmall, Tokenizer.Decode(ids, buffer.AsSpan(0, 12), out consumed, out written));
        Assert.AreEqual((3, 11), (consumed, written));
        Assert.AreEqual("a", Tokenizer.Decode([-5, 999, 8], skipSpecialTokens: false, cleanUpSpaces: false));
    }

    [TestMethod]
    public void Added_tokens_follow_their_settings()
    {
        var tokenizer = new WordPieceTokenizer(Vocabulary, null,
        [
            new() { Content = "<L>", Id = 20, LeftStrip = true },
            new() { Content = "<R>", Id = 21, RightStrip = true },
            new() { Content = "tag", Id = 22, SingleWord = true, Special = false },
            new() { Content = "<LL>", Id = 23 },
            new() { Content = "ÉTÉ", Id = 24, Normalized = true, Special = false },
        ]);
        Check("a <L> b", [8, 20, 9], [(0, 1), (1, 5), (6, 7)]);
        Check("a <R> b", [8, 21, 9], [(0, 1), (2, 6), (6, 7)]);
        Check("a<LL>b<L>", [8, 23, 9, 20], [(0, 1), (1, 5), (5, 6), (6, 9)]);
        Check("a tag,tags", [8, 22, 10, 1], [(0, 1), (2, 5), (5, 6), (6, 10)]);
        Check("ⓐtag _tag", [1, 1, 1], [(0, 4), (5, 6), (6, 9)]);
        Check("a été Éte\u0301b", [8, 24, 24, 9], [(0, 1), (2, 5), (6, 9), (10, 11)]);
        Assert.AreEqual("a tag ÉTÉ", tokenizer.Decode([20, 8, 22, 24], skipSpecialTokens: true, cleanUpSpaces: false));
        Assert.AreEqual(25, tokenizer.VocabularySize);

        void Check(string text, int[] ids, (int, int)[] offsets)
        {
            var encoding = tokenizer.Encode(text, options: new() { AddSpecialTokens = false });
            CollectionAssert.AreEqual(ids, encoding.Ids.ToArray(), text);
            CollectionAssert.AreEqual(offsets, encoding.Offsets.ToArray(), text);
            CollectionAssert.AreEqual(Enumerable.Range(0, ids.Length).Cast<int?>().ToArray(), encoding.WordIds.ToArray(), text);
        }
    }

    [TestMethod]
    public void Wrong_arguments_are_refused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => new WordPieceTokenizer([]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new WordPieceTokenizer(Vocabulary, new() { MaxWordLength = 0 }));
        Assert.ThrowsExactly<ArgumentException>(() => new WordPieceTokenizer(Vocabulary, new() { ContinuationPrefix = "" }));
        AddedToken[] clash = [new() { Content = "x", Id = 20 }, new() { Content = "y", Id = 20 }];
        Assert.ThrowsExactly<ArgumentException>(() => new WordPieceTokenizer(Vocabulary, null, clash));
        Assert.ThrowsExactly<ArgumentNullException>(() => Tokenizer.Encode(null!));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Tokenizer.Encode("a", options: new() { Stride = -1 }));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Tokenizer.Encode("a", options: new() { MaxLength = -1 }));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Tokenizer.Encode("a", options: new() { Truncation = (TruncationStrategy)9 }));
        Assert.ThrowsExactly<ArgumentException>(() => Tokenizer.EncodeWords(["a", null!]));
    }
}
