namespace MLNetNlp.Tests.HardNegatives;

/// <summary>
/// The rules of <c>mine_hard_negatives</c> (sentence-transformers 5) on vectors made by hand: anchor A looks along the first axis, B along the second, so that a
/// text's first two numbers are its scores.
/// </summary>
[TestClass]
public sealed class ReferenceRulesTests
{
    // A's positives are p1 and p2, B's is q.
    private static readonly (string Text, float OfA, float OfB)[] Corpus =
    [
        ("p1", 0.9f, 0), ("p2", 0.6f, 0), ("q", 0.1f, 0.95f), ("n1", 0.95f, 0.1f), ("n2", 0.85f, 0.2f), ("n3", 0.7f, 0.3f), ("n4", 0.58f, 0.4f),
        ("n5", 0.5f, 0.5f), ("n6", 0.3f, 0.6f), ("n7", -0.2f, 0.7f),
    ];

    private static readonly (string Anchor, int Positive)[] Pairs = [("A", 0), ("B", 2), ("A", 1)];

    public static IEnumerable<object[]> Cases =>
    [
        Case("n1 n2 n3", "n7 n6 n5", new()),
        Case("n2 n3 n4", "n6 n5 n4", new() { RangeMin = 1 }),
        Case("n2 n3 n4", "n7 n6 n5", new() { MaxScore = 0.92f }),
        Case("n1 n2 n3", "n7 n6", new() { MinScore = 0.55f }),

        // Ranks are counted after the limits.
        Case("n3 n4 n5", "n6 n5 n4", new() { MaxScore = 0.92f, RangeMin = 1 }),

        // From the lowest of A's positives, 0.6; B's is 0.95.
        Case("n5 n6 q", "n7 n6 n5", new() { AbsoluteMargin = 0.05f }),
        Case("n4 n5 n6", "n7 n6 n5", new() { AbsoluteMargin = 0 }),
        Case("n5 n6 q", "n7 n6 n5", new() { RelativeMargin = 0.1f }),
        Case("n6 q n7", "n5 n4 n3", new() { RelativeMargin = 0.4f }),
        Case("n6 q", "n5 n4 n3", new() { RelativeMargin = 0.4f, MinScore = 0 }),

        // The limits see the nearest RangeMax + 2 texts (2: A's positives) alone.
        Case("n4", "n6 n5 n4", new() { RangeMax = 4, MaxScore = 0.62f }),
        Case("n1 n2", "n7 n6", new() { RangeMax = 2, NumberOfNegatives = 2 }),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Candidates_are_left_out_and_ranked_as_there(string a, string b, HardNegativeOptions options)
    {
        var mined = Mine(options);
        Assert.AreEqual((a, b), (string.Join(' ', mined["A"]), string.Join(' ', mined["B"])));
    }

    [TestMethod]
    [DataRow(0.885f, "10")]
    [DataRow(0.875f, "")]
    public void With_a_limit_ten_times_as_many_are_looked_at_as_are_needed(float maxScore, string expected)
    {
        // 0.99, 0.98, 0.97 ...; the first is the positive, and it and 11 more are seen.
        float[] scores = [.. Enumerable.Range(0, 14).Select(i => 0.99f - (0.01f * i))];
        float[] vectors = [.. scores.SelectMany(score => new[] { score, MathF.Sqrt(1 - (score * score)) })];
        var miner = new HardNegativeMiner(new() { MaxScore = maxScore, NumberOfNegatives = 1 }, [.. scores.Select((_, i) => $"{i - 1}")]);
        Assert.AreEqual(expected, string.Join(' ', miner.Mine(HardNegativeMiner.Anchors([("A", 0)]), [1, 0], vectors)["A"]));
    }

    [TestMethod]
    public void A_share_of_a_negative_score_lowers_the_bar()
    {
        float[] scores = [-0.2f, -0.25f, -0.35f, 0.1f];
        float[] vectors = [.. scores.SelectMany(score => new[] { score, MathF.Sqrt(1 - (score * score)) })];
        var miner = new HardNegativeMiner(new() { RelativeMargin = 0.5f }, ["p", "a", "b", "c"]);
        CollectionAssert.AreEqual(new[] { "b" }, miner.Mine(HardNegativeMiner.Anchors([("A", 0)]), [1, 0], vectors)["A"]);
    }

    [TestMethod]
    public void Random_negatives_come_from_the_range_and_in_the_order_of_their_scores()
    {
        HashSet<string> found = [];
        for (var seed = 0; seed < 60; seed++)
        {
            var own = Mine(new() { Sampling = NegativeSampling.Random, RangeMin = 1, RangeMax = 5, NumberOfNegatives = 2, Seed = seed })["A"];
            CollectionAssert.AreEqual(own.Order().ToArray(), own);
            found.Add(string.Join(' ', own));
        }

        CollectionAssert.AreEquivalent(new[] { "n2 n3", "n2 n4", "n2 n5", "n3 n4", "n3 n5", "n4 n5" }, found.ToArray());
    }

    [TestMethod]
    public void An_anchor_in_the_corpus_is_not_its_own_negative()
    {
        var miner = new HardNegativeMiner(new() { NumberOfNegatives = 1 }, ["p", "A", "b"]);
        CollectionAssert.AreEqual(new[] { "b" }, miner.Mine(HardNegativeMiner.Anchors([("A", 0)]), [1, 0], [0.8f, 0.6f, 1, 0, 0.6f, 0.8f])["A"]);
    }

    private static IReadOnlyDictionary<string, string[]> Mine(HardNegativeOptions options) => new HardNegativeMiner(options, [.. Corpus.Select(text => text.Text)]).Mine(
        HardNegativeMiner.Anchors(Pairs), [1, 0, 0, 0, 1, 0],
        [.. Corpus.SelectMany(text => new[] { text.OfA, text.OfB, MathF.Sqrt(1 - (text.OfA * text.OfA) - (text.OfB * text.OfB)) })]);

    private static object[] Case(string a, string b, HardNegativeOptions options) => [a, b, options];
}
