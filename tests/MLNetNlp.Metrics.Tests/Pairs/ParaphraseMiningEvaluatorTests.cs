using MLNetNlp.Metrics.Pairs;
using MLNetNlp.Metrics.Similarity;

namespace MLNetNlp.Metrics.Tests.Pairs;

[TestClass]
public sealed class ParaphraseMiningEvaluatorTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Figures_of_mined_pairs_equal_sentence_transformers(bool transitive)
    {
        var reference = Reference.Read("paraphrase_mining.json");
        var (vectors, dimension) = Reference.Vectors(reference.GetProperty("embeddings"));
        var count = vectors.Length / dimension;
        ReadOnlySpan<float> Row(int i) => vectors.AsSpan(i * dimension, dimension);

        // Pairs of equal vectors are in the order that the reference's rounding gives them; the right and the wrong one of them decide the figures.
        var rounded = reference.GetProperty("pairs_first_60").GetProperty("top_k=3,max_pairs=500000").EnumerateArray()
            .ToDictionary(pair => (pair[1].GetInt32(), pair[2].GetInt32()), pair => pair[0].GetSingle());
        List<ScoredPair> pairs = [];
        for (var i = 0; i < count; i++)
        {
            for (var j = i + 1; j < count; j++)
            {
                var score = VectorSimilarity.Compute(SimilarityFunction.Cosine, Row(i), Row(j));
                pairs.Add(new ScoredPair(i, j, rounded.TryGetValue((i, j), out var same) && Math.Abs(same - score) < 1e-5 ? same : score));
            }
        }

        var duplicates = reference.GetProperty("duplicates").EnumerateArray().Select(pair => (Position(pair[0].GetString()!), Position(pair[1].GetString()!)));
        var metrics = ParaphraseMiningEvaluator.Evaluate([.. pairs.OrderByDescending(pair => pair.Score)], duplicates, transitive);
        var figures = reference.GetProperty("evaluator_by_transitive_closure").GetProperty(transitive ? "True" : "False");
        // Texts 30 and 31 are equal, and so are 32 and 33: of the four pairs between them two are right, in an order that only rounding decides.
        Reference.AreClose(figures.GetProperty("average_precision"), metrics.AveragePrecision, transitive ? 1e-4 : 1e-5, "average precision");
        Reference.AreClose(figures.GetProperty("f1"), metrics.F1, 1e-5, "F1");
        Reference.AreClose(figures.GetProperty("precision"), metrics.Precision, 1e-5, "precision");
        Reference.AreClose(figures.GetProperty("recall"), metrics.Recall, 1e-5, "recall");
        Reference.AreClose(figures.GetProperty("threshold"), metrics.Threshold, 1e-5, "threshold");
    }

    [TestMethod]
    public void A_pair_that_was_mined_twice_is_right_once()
    {
        var metrics = ParaphraseMiningEvaluator.Evaluate([new(0, 1, 0.9f), new(1, 0, 0.9f), new(2, 3, 0.5f)], [(0, 1), (3, 2)]);
        Assert.AreEqual((1 + 2.0 / 3) / 2, metrics.AveragePrecision, 1e-12);
        Assert.AreEqual(1, metrics.Recall);
        Assert.AreEqual(2.0 / 3, metrics.Precision, 1e-12);
    }

    [TestMethod]
    public void Pairs_out_of_order_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => ParaphraseMiningEvaluator.Evaluate([new(0, 1, 0.5f), new(0, 2, 0.9f)], [(0, 2)]));
        StringAssert.StartsWith(error.Message, "Pair 1 is more alike than the one before; the most alike come first.");
    }

    private static int Position(string id) => int.Parse(id[1..], System.Globalization.CultureInfo.InvariantCulture);
}
