using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Tests.CrossEncoding;

namespace MLNetNlp.Tests.Reranking;

[TestClass]
public sealed class RerankTests
{
    private static readonly MLContext Ml = new(1);

    private static readonly Found[] Rows =
    [
        new()
        {
            Text = "the old match",
            SimilarTexts = ["a soup with garlic.", "the team saw a goal.", "", "bread and dessert"],
            SimilarIds = [4, 7, 1, 9],
        },
        new() { Text = "nothing found" },
        new() { Text = null, SimilarTexts = ["my referee was late", "the oven is new"], SimilarIds = [2, 3] },
    ];

    [TestMethod]
    public void Candidates_come_in_the_order_of_the_cross_encoders_scores()
    {
        var ranked = Rank(Ml.Transforms.Text.Rerank(Scored.Model, otherColumnNames: ["SimilarIds"]).Fit(Data()));
        for (var i = 0; i < Rows.Length; i++)
        {
            var scores = Scored.Model.Scorer.Run([.. Rows[i].SimilarTexts.Select(text => (Rows[i].Text ?? "", text))], this);
            var order = Enumerable.Range(0, scores.Length).OrderByDescending(j => Rows[i].SimilarTexts[j].Length > 0 ? scores[j] : float.NaN).ToArray();
            CollectionAssert.AreEqual(order.Select(j => Rows[i].SimilarTexts[j]).ToArray(), ranked[i].SimilarTexts);
            CollectionAssert.AreEqual(order.Select(j => Rows[i].SimilarIds[j]).ToArray(), ranked[i].SimilarIds);
            for (var j = 0; j < order.Length; j++)
                Assert.AreEqual(Rows[i].SimilarTexts[order[j]].Length > 0 ? scores[order[j]] : float.NaN, ranked[i].SimilarScores[j], 1e-6);
        }

        Assert.AreEqual("", ranked[0].SimilarTexts[^1], "no text comes last");
        Assert.AreEqual(7, ranked[0].SimilarIds[0]);
    }

    [TestMethod]
    public void The_best_alone_are_kept_and_a_zip_does_the_same()
    {
        var transformer = Ml.Transforms.Text.Rerank(Scored.Model, otherColumnNames: ["SimilarIds"], top: 2).Fit(Data());
        var ranked = Rank(transformer);
        CollectionAssert.AreEqual(new[] { 2, 0, 2 }, ranked.Select(row => row.SimilarTexts.Length).ToArray());
        var zip = Scratch.NewPath("rerank.zip");
        Ml.Model.Save(transformer, Data().Schema, zip);
        transformer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => transformer.Transform(Data()));
        Assert.IsTrue(Scored.Model.Transform(Trained.Data(Scored.Pairs(1))).GetColumn<float>("Score").All(float.IsFinite), "the cross-encoder stays its owner's");
        var loaded = (RerankTransformer)new MLContext().Model.Load(zip, out _);
        var again = Rank(loaded);
        for (var i = 0; i < ranked.Count; i++)
        {
            CollectionAssert.AreEqual(ranked[i].SimilarIds, again[i].SimilarIds);
            CollectionAssert.AreEqual(ranked[i].SimilarScores, again[i].SimilarScores);
        }

        loaded.Dispose();
    }

    [TestMethod]
    public void An_adapter_that_cannot_be_merged_stays_on_the_cross_encoder()
    {
        using var model = Scored.Trainer(Scored.Options with { Adapter = new BottleneckOptions(), Training = Trained.Training with { MaxSteps = 2, LearningRate = 1e-2 } })
            .Fit(Trained.Data(Scored.Pairs(16)));
        var transformer = Ml.Transforms.Text.Rerank(model, otherColumnNames: ["SimilarIds"]).Fit(Data());
        var zip = Scratch.NewPath("rerank-adapter.zip");
        Ml.Model.Save(transformer, Data().Schema, zip);
        using var loaded = (RerankTransformer)new MLContext().Model.Load(zip, out _);
        Assert.AreEqual(Ml.Model.DescribeAdapters(model).Single().BaseSha256, Ml.Model.DescribeAdapters(loaded).Single().BaseSha256);
        CollectionAssert.AreEqual(Rank(transformer).SelectMany(row => row.SimilarScores).ToArray(), Rank(loaded).SelectMany(row => row.SimilarScores).ToArray());
    }

    [TestMethod]
    public void A_zip_saved_here_ranks_the_same_in_a_fresh_process()
    {
        using var transformer = Ml.Transforms.Text.Rerank(Scored.Model, top: 4).Fit(Data());
        var zip = Scratch.NewPath("rerank.zip");
        Ml.Model.Save(transformer, Data().Schema, zip);
        var expected = Rank(transformer)[0];
        var line = FreshProcess.Run(["--rerank", zip, Rows[0].Text!, .. Rows[0].SimilarTexts]);
        CollectionAssert.AreEqual(expected.SimilarTexts, line.GetProperty("Texts").Strings());
        var scores = line.GetProperty("Scores").Numbers();
        TestSupport.Close.AreClose(expected.SimilarScores[..3], scores[..3], 1e-6, "scores");
        Assert.IsTrue(float.IsNaN(scores[3]), "no text");
    }

    [TestMethod]
    public void What_is_wrong_is_named()
    {
        SentenceSimilarityTests.Throws<ArgumentOutOfRangeException>("Column 'Text' is String, but Rerank needs a vector of text for 'candidatesColumnName'.",
            () => Ml.Transforms.Text.Rerank(Scored.Model, candidatesColumnName: "Text").Fit(Data()));
        SentenceSimilarityTests.Throws<ArgumentException>("two outputs have the name 'SimilarTexts'", () => Ml.Transforms.Text.Rerank(Scored.Model, scoreColumnName: "SimilarTexts"));
        SentenceSimilarityTests.Throws<ArgumentOutOfRangeException>("'top' is 0; 1 or more is needed.", () => Ml.Transforms.Text.Rerank(Scored.Model, top: 0));
        var odd = Trained.Data(new[] { new Found { Text = "a", SimilarTexts = ["b", "c"], SimilarIds = [1] } });
        var ranked = Ml.Transforms.Text.Rerank(Scored.Model, otherColumnNames: ["SimilarIds"]).Fit(odd).Transform(odd);
        SentenceSimilarityTests.Throws<ArgumentException>("Row 0: column 'SimilarIds' has 1 values, but 'SimilarTexts' has 2; Rerank needs one for each candidate.",
            () => ranked.GetColumn<float[]>("SimilarScores").ToList());
    }

    private static IDataView Data() => Trained.Data(Rows);

    private static List<Ranked> Rank(ITransformer transformer) => [.. Ml.Data.CreateEnumerable<Ranked>(transformer.Transform(Data()), reuseRowObject: false, ignoreMissingColumns: true)];

    private sealed class Found
    {
        public string? Text { get; set; }

        public string[] SimilarTexts { get; set; } = [];

        public int[] SimilarIds { get; set; } = [];
    }

    private sealed class Ranked
    {
        public string[] SimilarTexts { get; set; } = [];

        public float[] SimilarScores { get; set; } = [];

        public int[] SimilarIds { get; set; } = [];
    }
}
