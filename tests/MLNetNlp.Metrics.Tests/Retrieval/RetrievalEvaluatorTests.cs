using MLNetNlp.Metrics.Retrieval;
using MLNetNlp.Metrics.Similarity;

namespace MLNetNlp.Metrics.Tests.Retrieval;

[TestClass]
public sealed class RetrievalEvaluatorTests
{
    private static readonly RetrievalOptions Options = new() { NdcgAt = [3, 10], MrrAt = [1, 10], MapAt = [10, 100] };

    [TestMethod]
    public void All_figures_equal_sentence_transformers_for_every_similarity()
    {
        var reference = Reference.Read("ir_evaluator.json");
        var (queries, dimension) = Reference.Vectors(reference.GetProperty("queries"));
        var (corpus, _) = Reference.Vectors(reference.GetProperty("corpus"));
        foreach (var function in VectorSimilarity.Functions)
        {
            List<RankedQuery> results = [];
            for (var q = 0; q < queries.Length / dimension; q++)
            {
                var query = queries.AsMemory(q * dimension, dimension);
                var found = Enumerable.Range(0, corpus.Length / dimension)
                    .Select(d => (Id: $"d{d}", Score: VectorSimilarity.Compute(function, query.Span, corpus.AsSpan(d * dimension, dimension))))
                    .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Id, StringComparer.Ordinal);
                var relevant = reference.GetProperty("relevant").GetProperty($"q{q}").EnumerateArray().Select(id => id.GetString()!);
                results.Add(new RankedQuery([.. found.Select(hit => hit.Id)], relevant.ToHashSet()));
            }

            var metrics = RetrievalEvaluator.Evaluate(results, Options);
            Compare(reference, function, "accuracy", metrics.Accuracy);
            Compare(reference, function, "precision", metrics.Precision);
            Compare(reference, function, "recall", metrics.Recall);
            Compare(reference, function, "ndcg", metrics.Ndcg);
            Compare(reference, function, "mrr", metrics.Mrr);
            Compare(reference, function, "map", metrics.Map);
            Assert.AreEqual(19, metrics.QueryCount);
            Assert.AreEqual(1, metrics.LeftOutCount);
        }
    }

    [TestMethod]
    public void A_search_that_finds_less_than_k_is_measured_at_k()
    {
        var metrics = RetrievalEvaluator.Evaluate([new RankedQuery(["b", "a"], new HashSet<string> { "a", "c" })], new RetrievalOptions { PrecisionRecallAt = [4] });
        Assert.AreEqual(0.25, metrics.Precision[4]);
        Assert.AreEqual(0.5, metrics.Recall[4]);
        Assert.AreEqual(0.5, metrics.Mrr[10]);
        Assert.AreEqual(0.25, metrics.Map[100]);
    }

    [TestMethod]
    public void A_document_that_was_found_twice_counts_once()
    {
        var metrics = RetrievalEvaluator.Evaluate([new RankedQuery(["b", "a", "a", "a"], new HashSet<string> { "a", "c" })], new RetrievalOptions { PrecisionRecallAt = [4] });
        Assert.AreEqual(0.25, metrics.Precision[4]);
        Assert.AreEqual(0.5, metrics.Recall[4]);
        Assert.AreEqual(0.25, metrics.Map[100]);
        Assert.AreEqual(1 / Math.Log2(3) / (1 + 1 / Math.Log2(3)), metrics.Ndcg[10], 1e-12);
    }

    [TestMethod]
    public void Queries_without_any_relevant_document_cannot_be_measured()
    {
        var error = Assert.Throws<ArgumentException>(() => RetrievalEvaluator.Evaluate([new RankedQuery(["a"], new HashSet<string>())]));
        StringAssert.StartsWith(error.Message, "No query has a relevant document, so there is nothing to measure.");
    }

    [TestMethod]
    public void Ranks_below_1_are_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => RetrievalEvaluator.Evaluate([], new RetrievalOptions { MapAt = [0] }));
        StringAssert.StartsWith(error.Message, "'MapAt' holds 0; ranks count from 1.");
    }

    private static void Compare(System.Text.Json.JsonElement reference, SimilarityFunction function, string name, IReadOnlyDictionary<int, double> figures)
    {
        foreach (var (rank, figure) in figures)
        {
            var key = $"{function.ToString().ToLowerInvariant()}_{name}@{rank}";
            Reference.AreClose(reference.GetProperty("metrics").GetProperty(key), figure, 1e-6, key);
        }
    }
}
