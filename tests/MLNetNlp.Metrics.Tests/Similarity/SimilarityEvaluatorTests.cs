using MLNetNlp.Metrics.Similarity;

namespace MLNetNlp.Metrics.Tests.Similarity;

[TestClass]
public sealed class SimilarityEvaluatorTests
{
    [TestMethod]
    public void Similarities_and_their_correlations_equal_sentence_transformers()
    {
        var reference = Reference.Read("sts_evaluator.json");
        var (first, dimension) = Reference.Vectors(reference.GetProperty("embeddings1"));
        var (second, _) = Reference.Vectors(reference.GetProperty("embeddings2"));
        var scores = Reference.Singles(reference.GetProperty("labels"));
        var metrics = SimilarityEvaluator.Evaluate(first, second, dimension, scores);
        var figures = reference.GetProperty("metrics");
        foreach (var function in VectorSimilarity.Functions)
        {
            var name = function.ToString().ToLowerInvariant();
            Close.AreClose(Reference.Singles(reference.GetProperty("pair_scores").GetProperty(name)),
                VectorSimilarity.OfPairs(function, first, second, dimension), 1e-5, name);
            Reference.AreClose(figures.GetProperty("pearson_" + name), metrics[function].Pearson, 1e-5, "Pearson of " + name);
            Reference.AreClose(figures.GetProperty("spearman_" + name), metrics[function].Spearman, 1e-5, "Spearman of " + name);
        }

        Reference.AreClose(figures.GetProperty("pearson_max"), metrics.MaxPearson, 1e-5, "best Pearson");
        Reference.AreClose(figures.GetProperty("spearman_max"), metrics.MaxSpearman, 1e-5, "best Spearman");
        Assert.AreEqual(80, metrics.PairCount);
        StringAssert.Contains(metrics.ToString(), "Cosine          0.6331    0.6633");
    }

    [TestMethod]
    public void A_vector_of_zeros_has_cosine_0_with_any() =>
        Assert.AreEqual(0f, VectorSimilarity.Compute(SimilarityFunction.Cosine, [0, 0], [1, 2]));

    [TestMethod]
    public void NaN_is_refused_and_its_row_named()
    {
        var error = Assert.Throws<ArgumentException>(() => SimilarityEvaluator.Evaluate([1, 2, 3, float.NaN], [1, 2, 3, 4], 2, [1, 2]));
        StringAssert.StartsWith(error.Message, "Row 1 of 'first' holds NaN; only finite numbers can be measured.");
    }

    [TestMethod]
    public void Sizes_that_do_not_go_together_are_refused()
    {
        StringAssert.StartsWith(Assert.Throws<ArgumentException>(() => SimilarityEvaluator.Evaluate([1, 2, 3], [1, 2], 2, [1])).Message,
            "3 numbers are not whole vectors of 2.");
        StringAssert.StartsWith(Assert.Throws<ArgumentException>(() => SimilarityEvaluator.Evaluate([1, 2], [1, 2, 3, 4], 2, [1])).Message,
            "There are 1 vectors on one side and 2 on the other; as many are needed.");
        StringAssert.StartsWith(Assert.Throws<ArgumentException>(() => SimilarityEvaluator.Evaluate([1, 2], [1, 2], 2, [1, 2])).Message,
            "There are 1 pairs and 2 scores; as many are needed.");
        StringAssert.StartsWith(Assert.Throws<ArgumentException>(() => SimilarityEvaluator.Evaluate([], [], 2, [])).Message,
            "There are no pairs to measure.");
    }
}
