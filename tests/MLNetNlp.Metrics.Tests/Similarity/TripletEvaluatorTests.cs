using System.Globalization;
using MLNetNlp.Metrics.Similarity;

namespace MLNetNlp.Metrics.Tests.Similarity;

[TestClass]
public sealed class TripletEvaluatorTests
{
    [TestMethod]
    public void Accuracies_equal_sentence_transformers_at_every_margin()
    {
        var reference = Reference.Read("triplet_evaluator.json");
        var (anchors, dimension) = Reference.Vectors(reference.GetProperty("anchors"));
        var (positives, _) = Reference.Vectors(reference.GetProperty("positives"));
        var (negatives, _) = Reference.Vectors(reference.GetProperty("negatives"));
        var count = 0;
        foreach (var margin in reference.GetProperty("metrics_by_margin").EnumerateObject())
        {
            var value = margin.Name == "None" ? 0 : double.Parse(margin.Name, CultureInfo.InvariantCulture);
            var metrics = TripletEvaluator.Evaluate(anchors, positives, negatives, dimension, value);
            Reference.AreClose(margin.Value.GetProperty("cosine_accuracy"), metrics.Cosine, 1e-6, "cosine at " + margin.Name);
            Reference.AreClose(margin.Value.GetProperty("dot_accuracy"), metrics.Dot, 1e-6, "dot at " + margin.Name);
            Reference.AreClose(margin.Value.GetProperty("euclidean_accuracy"), metrics.Euclidean, 1e-6, "Euclidean at " + margin.Name);
            Reference.AreClose(margin.Value.GetProperty("manhattan_accuracy"), metrics.Manhattan, 1e-6, "Manhattan at " + margin.Name);
            Reference.AreClose(margin.Value.GetProperty("max_accuracy"), metrics.MaxAccuracy, 1e-6, "best at " + margin.Name);
            count++;
        }

        Assert.AreEqual(3, count);
    }

    [TestMethod]
    public void A_negative_margin_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => TripletEvaluator.Evaluate([1], [1], [1], 1, -1));
        StringAssert.StartsWith(error.Message, "The margin is -1; 0 or more is needed.");
    }
}
