using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Tests.CrossEncoding;

namespace MLNetNlp.Tests.AugmentedSentenceBert;

[TestClass]
public sealed class AugmentedTests
{
    private static readonly AugmentedSentenceBertEstimator.Options Options = new()
    {
        CrossEncoder = Scored.Options with { Training = Trained.Training with { MaxSteps = 4 } },
        Embeddings = new() { OutputColumnName = "Vector", Model = TinyModel.Model, Training = Trained.Training with { MaxSteps = 3 }, Tokenization = new() { MaxLength = 32 } },
        CandidatesPerText = 2,
        Seed = 1,
    };

    [TestMethod]
    [DataRow(SilverSampling.Random)]
    [DataRow(SilverSampling.Bm25)]
    [DataRow(SilverSampling.Semantic)]
    [DataRow(SilverSampling.Bm25AndSemantic)]
    public void Silver_pairs_are_new_and_labelled_by_the_cross_encoder_within_the_gold_range(SilverSampling sampling)
    {
        var gold = Scored.Pairs(20, low: 0.2f, high: 0.8f);
        var estimator = new MLContext(1).Transforms.Text.AugmentedSentenceBert(Options with { Sampling = sampling });
        using var model = estimator.Fit(Trained.Data(gold), out var silver);
        (string First, string Second)[] pairs = [.. silver.GetColumn<string>("Sentence1").Zip(silver.GetColumn<string>("Sentence2"))];
        Assert.IsGreaterThan(15, pairs.Length);
        Assert.HasCount(pairs.Length, pairs.Select(Unordered).Distinct().ToArray());
        Assert.IsFalse(pairs.Select(Unordered).Intersect(gold.Select(p => Unordered((p.Sentence1!, p.Sentence2!)))).Any(), "a gold pair was labelled anew");
        Assert.IsFalse(pairs.Any(pair => pair.First == pair.Second));
        Assert.IsTrue(silver.GetColumn<float>("Label").All(label => label is >= 0.2f and <= 0.8f));
        Assert.AreEqual(("Sentence1", "Vector", 32), (model.InputColumnName, model.OutputColumnName, model.Dimension));
        if (sampling == SilverSampling.Random)
            Assert.HasCount(gold.SelectMany(p => new[] { p.Sentence1, p.Sentence2 }).Distinct().Count(), pairs);
    }

    [TestMethod]
    public void The_same_seed_gives_the_same_pairs_and_a_limit_holds()
    {
        string[] Pairs(int? most)
        {
            using var model = new MLContext(1).Transforms.Text.AugmentedSentenceBert(Options with { MaxSilverPairs = most }).Fit(Trained.Data(Scored.Pairs(20)), out var silver);
            return [.. silver.GetColumn<string>("Sentence1").Zip(silver.GetColumn<string>("Sentence2"), silver.GetColumn<float>("Label")).Select(row => row.ToString())];
        }

        var limited = Pairs(7);
        Assert.HasCount(7, limited);
        CollectionAssert.AreEqual(limited, Pairs(7));
        // The scores differ in their last digits: other pairs were beside them in a batch.
        string[] Texts(string[] rows) => [.. rows.Select(row => row[..row.LastIndexOf(',')])];
        CollectionAssert.IsSubsetOf(Texts(limited), Texts(Pairs(null)));
    }

    [TestMethod]
    public void Texts_without_labels_are_paired_too()
    {
        var further = Trained.Data(Texts.Reviews(6).Select(review => new ScoredPair { Sentence1 = "further " + review.Text }).ToList());
        using var model = new MLContext(1).Transforms.Text.AugmentedSentenceBert(Options with { UnlabelledTexts = further, Embeddings = Options.Embeddings with { InputColumnName = "Other" } })
            .Fit(Trained.Data(Scored.Pairs(6)), out var silver);
        Assert.IsTrue(silver.GetColumn<string>("Sentence1").Concat(silver.GetColumn<string>("Sentence2")).Any(text => text.StartsWith("further", StringComparison.Ordinal)));
        Assert.AreEqual("Other", model.InputColumnName);
    }

    [TestMethod]
    public void Words_that_few_texts_have_count_most()
    {
        string[] texts = ["the cat sat on the mat", "The mat was red.", "a dog sat there", "the the the", "Ein schöner Tag"];
        var index = new Bm25Index(texts);
        CollectionAssert.AreEqual(new[] { 1, 3, 2 }, index.Search(texts[0], 10, except: 0).Select(hit => hit.Text).ToArray());
        CollectionAssert.AreEqual(new[] { 4 }, index.Search("SCHÖNER", 10).Select(hit => hit.Text).ToArray());
        Assert.HasCount(0, index.Search("unknown !", 10));

        // idf ln(1 + (5 - 1 + 0.5) / 1.5), frequency 1, length 4 of a mean of (6 + 4 + 4 + 3 + 3) / 5 = 4.
        Assert.AreEqual(Math.Log(4) * 2.2 / (1 + 1.2), index.Search("red", 1).Single().Score, 1e-9);
    }

    [TestMethod]
    public void What_is_wrong_is_named()
    {
        SentenceSimilarityTests.Throws<ArgumentOutOfRangeException>("'CandidatesPerText' is 0; 1 or more is needed.",
            () => new MLContext(1).Transforms.Text.AugmentedSentenceBert(Options with { CandidatesPerText = 0 }));
        SentenceSimilarityTests.Throws<ArgumentOutOfRangeException>("Column 'Sentence1' is String, but AugmentedSentenceBert needs a Single column for 'LabelColumnName'.",
            () => new MLContext(1).Transforms.Text.AugmentedSentenceBert(Options with { LabelColumnName = "Sentence1" }).Fit(Trained.Data(Scored.Pairs(4))));
    }

    private static (string, string) Unordered((string First, string Second) pair) =>
        string.CompareOrdinal(pair.First, pair.Second) < 0 ? pair : (pair.Second, pair.First);
}
