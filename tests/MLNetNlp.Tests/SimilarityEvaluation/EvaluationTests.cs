using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Metrics.Retrieval;
using MLNetNlp.Metrics.Similarity;

namespace MLNetNlp.Tests.SimilarityEvaluation;

[TestClass]
public sealed class EvaluationTests
{
    private static readonly Scored[] Rows =
    [
        new() { Embedding1 = [1, 0], Embedding2 = [1, 0.1f], Label = 5, Same = true, Third = [0, 1] },
        new() { Embedding1 = [0, 1], Embedding2 = [0.5f, 1], Label = 4, Same = true, Third = [0, 1] },
        new() { Embedding1 = [1, 1], Embedding2 = [1, -1], Label = 1, Same = false, Third = [1, 1] },
        new() { Embedding1 = [1, 0], Embedding2 = [-1, 0.2f], Label = 0, Same = false, Third = [2, 0] },
        new() { Embedding1 = [9, 9], Embedding2 = [9, 9], Label = float.NaN, Same = true, Third = [-1, -1] },
    ];

    [TestMethod]
    public void Similarity_is_measured_on_columns_and_rows_without_a_score_are_left_out()
    {
        var metrics = new MLContext().Regression.EvaluateSimilarity(Trained.Data(Rows));
        Assert.AreEqual((4, 1), (metrics.PairCount, metrics.LeftOutCount));
        Assert.AreEqual(1, metrics.Cosine.Spearman, 1e-12);
        var direct = SimilarityEvaluator.Evaluate([.. Rows.Take(4).SelectMany(r => r.Embedding1)], [.. Rows.Take(4).SelectMany(r => r.Embedding2)], 2,
            [.. Rows.Take(4).Select(r => r.Label)]);
        Assert.AreEqual(direct.Manhattan, metrics.Manhattan);
    }

    [TestMethod]
    public void Pairs_are_measured_on_columns()
    {
        var metrics = new MLContext().BinaryClassification.EvaluatePairs(Trained.Data(Rows), labelColumnName: "Same");
        Assert.AreEqual((5, 3, 1.0, 1.0), (metrics.PairCount, metrics.PositiveCount, metrics.Cosine.Accuracy, metrics.Cosine.AveragePrecision));
        StringAssert.Contains(metrics.ToString(), "5 pairs, 3 positive");
    }

    [TestMethod]
    public void Triplets_are_measured_on_columns()
    {
        var metrics = new MLContext().Ranking.EvaluateTriplets(Trained.Data(Rows), "Embedding1", "Embedding2", "Third");
        Assert.AreEqual((5, 0.4), (metrics.TripletCount, metrics.Cosine));
    }

    [TestMethod]
    public void A_search_is_measured_by_its_ids()
    {
        Answered[] rows =
        [
            new() { SimilarIds = ["b", "a"], RelevantIds = ["a"] }, new() { SimilarIds = ["c"], RelevantIds = ["c", "d"] },
            new() { SimilarIds = [], RelevantIds = ["d"] }, new() { SimilarIds = ["a"], RelevantIds = [] },
        ];
        var metrics = new MLContext().Ranking.EvaluateRetrieval(Trained.Data(rows), options: new RetrievalOptions { AccuracyAt = [1] });
        Assert.AreEqual((3, 1), (metrics.QueryCount, metrics.LeftOutCount));
        Assert.AreEqual(1.0 / 3, metrics.Accuracy[1], 1e-12);
        Assert.AreEqual(0.5, metrics.Mrr[10], 1e-12);
        var single = new MLContext().Ranking.EvaluateRetrieval(Trained.Data(new[] { new Answered { SimilarIds = ["x", "y"], One = "y" } }), "One");
        Assert.AreEqual(0.5, single.Mrr[10], 1e-12);
    }

    [TestMethod]
    public void NaN_is_refused_with_row_and_column()
    {
        Scored[] rows = [Rows[0], new() { Embedding1 = [1, 1], Embedding2 = [float.NaN, 1], Label = 1 }];
        var error = Assert.Throws<ArgumentException>(() => new MLContext().Regression.EvaluateSimilarity(Trained.Data(rows)));
        StringAssert.StartsWith(error.Message, "Row 1 of column 'Embedding2' holds NaN, but EvaluateSimilarity needs finite numbers.");
    }

    [TestMethod]
    public void Wrong_columns_are_refused_by_name()
    {
        var ml = new MLContext();
        Refuse(() => ml.Regression.EvaluateSimilarity(Trained.Data(Rows), labelColumnName: "Same"),
            "Column 'Same' is Boolean, but EvaluateSimilarity needs a column of Single for 'labelColumnName'.");
        Refuse(() => ml.BinaryClassification.EvaluatePairs(Trained.Data(Rows)), "Column 'Label' is Single, but EvaluatePairs needs a Boolean column for 'labelColumnName'.");
        Refuse(() => ml.Ranking.EvaluateTriplets(Trained.Data(Rows), "Embedding1", "Embedding2", "Wide"),
            "Column 'Wide' is Vector<Single, 3>, but column 'Embedding1' is Vector<Single, 2>; EvaluateTriplets needs vectors of one size.");
        Refuse(() => ml.Regression.EvaluateSimilarity(Trained.Data(Rows.Skip(4))), "There is no row with a label; EvaluateSimilarity has nothing to measure.");
    }

    private static void Refuse(Action action, string message) => StringAssert.StartsWith(Assert.Throws<ArgumentOutOfRangeException>(action).Message, message);

    private sealed class Scored
    {
        [VectorType(2)]
        public float[] Embedding1 { get; set; } = [];

        [VectorType(2)]
        public float[] Embedding2 { get; set; } = [];

        [VectorType(2)]
        public float[] Third { get; set; } = [0, 0];

        [VectorType(3)]
        public float[] Wide { get; set; } = [0, 0, 0];

        public float Label { get; set; }

        public bool Same { get; set; }
    }

    private sealed class Answered
    {
        public string[] SimilarIds { get; set; } = [];

        public string[] RelevantIds { get; set; } = [];

        public string One { get; set; } = "";
    }
}
