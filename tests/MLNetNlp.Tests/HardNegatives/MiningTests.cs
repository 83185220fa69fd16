using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Metrics.Similarity;
using MLNetNlp.Tests.CrossEncoding;

namespace MLNetNlp.Tests.HardNegatives;

[TestClass]
public sealed class MiningTests
{
    private static readonly MLContext Ml = new(1);
    private static readonly Lazy<SentenceEmbeddingTransformer> LazyEmbedder = new(() =>
        Ml.Transforms.Text.EmbedSentences("Features", "Sentence1", TinyModel.Model).Fit(Trained.Data(new[] { new ScoredPair() })));

    private static readonly List<ScoredPair> Pairs = [.. Texts.Pairs(12, seed: 11).Select(p => new ScoredPair { Sentence1 = p.First, Sentence2 = p.Second })];

    [TestMethod]
    public void Without_limits_the_nearest_other_positives_are_taken()
    {
        var expected = Pairs.SelectMany(pair => Others(pair).OrderByDescending(other => Cosine(pair.Sentence1!, other)).Take(3)
            .Select(negative => (pair.Sentence1, pair.Sentence2, negative))).ToArray();
        CollectionAssert.AreEqual(expected, Triplets(new()));
    }

    [TestMethod]
    public void Limits_and_margins_hold_for_each_negative()
    {
        var options = new HardNegativeOptions { NumberOfNegatives = 4, RangeMin = 1, RangeMax = 8, MaxScore = 0.9999f, MinScore = 0.1f, AbsoluteMargin = 0.0005f, RelativeMargin = 0.001f };
        var expected = Pairs.SelectMany(pair =>
        {
            var positive = Cosine(pair.Sentence1!, pair.Sentence2!);
            return Others(pair).Select(other => (Text: other, Score: Cosine(pair.Sentence1!, other))).OrderByDescending(c => c.Score)
                .Where(c => c.Score <= 0.9999f && c.Score >= 0.1f && c.Score <= positive - 0.0005f && c.Score <= positive - (MathF.Abs(positive) * 0.001f))
                .Take(8).Skip(1).Take(4).Select(c => (pair.Sentence1, pair.Sentence2, c.Text));
        }).ToArray();
        Assert.IsNotEmpty(expected);
        // Limits are applied to the best candidates alone; all others lie beyond so large a range.
        CollectionAssert.IsSubsetOf(Triplets(options), expected);
        CollectionAssert.AreEqual(expected, Triplets(options with { RangeMax = 100 }));
    }

    [TestMethod]
    public void A_corpus_adds_candidates_and_an_anchors_positives_are_none()
    {
        var corpus = Trained.Data(Texts.Reviews(10));
        List<ScoredPair> pairs = [.. Pairs[..2].Select(p => new ScoredPair { Sentence1 = "the same anchor", Sentence2 = p.Sentence2 }), .. Pairs[2..3]];
        var triplets = Triplets(new() { Corpus = corpus, NumberOfNegatives = 50 }, pairs);
        Assert.HasCount(11 + 11 + 12, triplets);
        Assert.IsFalse(triplets.Any(t => t.Item1 == "the same anchor" && (t.Item3 == pairs[0].Sentence2 || t.Item3 == pairs[1].Sentence2)));
    }

    [TestMethod]
    public void Tuples_have_all_negatives_in_a_row_and_random_ones_follow_the_seed()
    {
        var tuples = Ml.Data.MineHardNegatives(Trained.Data(Pairs), LazyEmbedder.Value, new() { Format = NegativeFormat.Tuple, NumberOfNegatives = 2 });
        CollectionAssert.AreEqual(new[] { "Sentence1", "Sentence2", "Negative1", "Negative2" }, tuples.Schema.Select(c => c.Name).ToArray());
        Assert.HasCount(12, tuples.GetColumn<string>("Negative2").ToArray());
        var options = new HardNegativeOptions { Sampling = NegativeSampling.Random, NumberOfNegatives = 1, RangeMax = 10, Seed = 4 };
        CollectionAssert.AreEqual(Triplets(options), Triplets(options));
        CollectionAssert.AreNotEqual(Triplets(options), Triplets(options with { Seed = 5 }));
    }

    [TestMethod]
    [DataRow(NegativeSampling.Top)]
    [DataRow(NegativeSampling.Random)]
    public void All_positives_of_an_anchor_get_the_same_negatives_and_a_pair_that_comes_again_is_one(NegativeSampling sampling)
    {
        List<ScoredPair> pairs = [.. Pairs[..3].Select(p => new ScoredPair { Sentence1 = "the same anchor", Sentence2 = p.Sentence2 }), .. Pairs[3..], Pairs[5]];
        var triplets = Triplets(new() { NumberOfNegatives = 2, Sampling = sampling, Seed = 3 }, pairs);
        var own = triplets.Where(t => t.Item1 == "the same anchor").GroupBy(t => t.Item2).Select(group => string.Join('|', group.Select(t => t.Item3))).ToArray();
        Assert.HasCount(3, own);
        Assert.HasCount(1, own.Distinct());
        Assert.HasCount(2, triplets.Where(t => t.Item1 == Pairs[5].Sentence1).ToArray());
    }

    [TestMethod]
    public void A_cross_encoder_gives_the_scores()
    {
        var triplets = Triplets(new() { CrossEncoder = Scored.Model, NumberOfNegatives = 1, RangeMax = 100, AbsoluteMargin = 0 });
        Assert.IsNotEmpty(triplets);
        foreach (var (anchor, positive, negative) in triplets)
        {
            var others = Others(Pairs.First(p => p.Sentence1 == anchor));
            var scores = Scored.Model.Scorer.Run([.. others.Append(positive!).Select(text => (anchor!, text))], this);
            var best = others.Zip(scores).Where(c => c.Second <= scores[^1]).MaxBy(c => c.Second).First;
            Assert.AreEqual(best, negative);
        }
    }

    [TestMethod]
    public void What_is_wrong_is_named()
    {
        SentenceSimilarityTests.Throws<InvalidOperationException>("None of 12 pairs has a negative within the limits among 12 texts", () => Triplets(new() { MaxScore = -0.99f }));
        SentenceSimilarityTests.Throws<InvalidOperationException>("There is no row with a text in both 'Sentence1' and 'Sentence2'", () => Triplets(new(), [new ScoredPair()]));
        SentenceSimilarityTests.Throws<ArgumentOutOfRangeException>("There is no column 'Other', but MineHardNegatives needs a text column for 'Sentence2ColumnName'",
            () => Triplets(new() { Sentence2ColumnName = "Other" }));
        SentenceSimilarityTests.Throws<ArgumentOutOfRangeException>("'RangeMax' is 2; more than 'RangeMin', which is 2, is needed.", () => Triplets(new() { RangeMin = 2, RangeMax = 2 }));
        SentenceSimilarityTests.Throws<ArgumentOutOfRangeException>("'RangeMax' is 4; at least 5, the sum of 'RangeMin' and 'NumberOfNegatives', is needed.",
            () => Triplets(new() { RangeMin = 2, RangeMax = 4 }));
        SentenceSimilarityTests.Throws<ArgumentOutOfRangeException>("'RelativeMargin' is 1; a number from 0 to below 1 is needed.", () => Triplets(new() { RelativeMargin = 1 }));
    }

    private static string[] Others(ScoredPair pair) => [.. Pairs.Select(p => p.Sentence2!).Where(text => text != pair.Sentence2 && text != pair.Sentence1).Distinct()];

    private static float Cosine(string a, string b)
    {
        var vectors = TextVectors.Of(LazyEmbedder.Value.Embedder, [a, b], LazyEmbedder.Value);
        return VectorSimilarity.OfPairs(SimilarityFunction.Cosine, vectors.AsSpan(0, 32), vectors.AsSpan(32), 32)[0];
    }

    private static (string?, string?, string)[] Triplets(HardNegativeOptions options, List<ScoredPair>? pairs = null)
    {
        var mined = Ml.Data.MineHardNegatives(Trained.Data(pairs ?? Pairs), LazyEmbedder.Value, options);
        return [.. mined.GetColumn<string>("Sentence1").Zip(mined.GetColumn<string>("Sentence2"), mined.GetColumn<string>("Negative")).Select(row => ((string?)row.First, (string?)row.Second, row.Third))];
    }
}
