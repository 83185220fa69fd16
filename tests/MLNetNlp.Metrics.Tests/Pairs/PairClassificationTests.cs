using MLNetNlp.Metrics.Pairs;
using MLNetNlp.Metrics.Similarity;

namespace MLNetNlp.Metrics.Tests.Pairs;

[TestClass]
public sealed class PairClassificationTests
{
    [TestMethod]
    public void Figures_and_thresholds_equal_sentence_transformers()
    {
        var embeddings = Reference.Read("sts_evaluator.json");
        var (first, dimension) = Reference.Vectors(embeddings.GetProperty("embeddings1"));
        var (second, _) = Reference.Vectors(embeddings.GetProperty("embeddings2"));
        var reference = Reference.Read("binary_evaluator.json");
        bool[] labels = [.. reference.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32() == 1)];
        var metrics = PairClassificationEvaluator.Evaluate(first, second, dimension, labels);
        var figures = reference.GetProperty("metrics");
        foreach (var function in VectorSimilarity.Functions)
        {
            var name = function.ToString().ToLowerInvariant();
            var score = metrics[function];
            Reference.AreClose(figures.GetProperty(name + "_accuracy"), score.Accuracy, 1e-5, name + " accuracy");
            Reference.AreClose(figures.GetProperty(name + "_accuracy_threshold"), score.AccuracyThreshold, 1e-5, name + " accuracy threshold");
            Reference.AreClose(figures.GetProperty(name + "_f1"), score.F1, 1e-5, name + " F1");
            Reference.AreClose(figures.GetProperty(name + "_f1_threshold"), score.F1Threshold, 1e-5, name + " F1 threshold");
            Reference.AreClose(figures.GetProperty(name + "_precision"), score.Precision, 1e-5, name + " precision");
            Reference.AreClose(figures.GetProperty(name + "_recall"), score.Recall, 1e-5, name + " recall");
            Reference.AreClose(figures.GetProperty(name + "_ap"), score.AveragePrecision, 1e-5, name + " average precision");
            Reference.AreClose(figures.GetProperty(name + "_mcc"), score.MatthewsCorrelation, 1e-5, name + " Matthews");
        }

        Reference.AreClose(figures.GetProperty("max_ap"), metrics.MaxAveragePrecision, 1e-5, "best average precision");
        Assert.AreEqual(80, metrics.PairCount);
        Assert.AreEqual(39, metrics.PositiveCount);
    }

    [TestMethod]
    public void Thresholds_of_tied_one_sided_and_single_scores_equal_the_reference()
    {
        var cases = Reference.Read("binary_evaluator.json").GetProperty("small");
        foreach (var c in cases.EnumerateArray())
        {
            var scores = Reference.Doubles(c.GetProperty("scores"));
            bool[] labels = [.. c.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32() == 1)];
            foreach (var high in (bool[])[true, false])
            {
                var score = ThresholdSearch.Find(scores, labels, high);
                var side = high ? "high" : "low";
                Compare(c.GetProperty("accuracy_" + side), [score.Accuracy, score.AccuracyThreshold], $"{c} accuracy {side}");
                Compare(c.GetProperty("f1_" + side), [score.F1, score.Precision, score.Recall, score.F1Threshold], $"{c} F1 {side}");
            }
        }

        Assert.AreEqual(8, cases.GetArrayLength());
    }

    [TestMethod]
    public void A_score_that_is_NaN_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => ThresholdSearch.Find([0, double.NaN], [true, false]));
        StringAssert.StartsWith(error.Message, "Score 1 is NaN; only numbers can be measured.");
    }

    private static void Compare(System.Text.Json.JsonElement expected, double[] actual, string what)
    {
        for (var i = 0; i < actual.Length; i++)
            Reference.AreClose(expected[i], actual[i], 1e-12, $"{what}[{i}]");
    }
}
