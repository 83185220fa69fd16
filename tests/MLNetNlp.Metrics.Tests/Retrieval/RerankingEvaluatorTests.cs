using MLNetNlp.Metrics.Retrieval;
using MLNetNlp.Metrics.Similarity;

namespace MLNetNlp.Metrics.Tests.Retrieval;

[TestClass]
public sealed class RerankingEvaluatorTests
{
    [TestMethod]
    [DataRow(3)]
    [DataRow(10)]
    public void Figures_equal_sentence_transformers(int at)
    {
        var embeddings = Reference.Read("ir_evaluator.json");
        var (queries, dimension) = Reference.Vectors(embeddings.GetProperty("queries"));
        var (corpus, _) = Reference.Vectors(embeddings.GetProperty("corpus"));
        var reference = Reference.Read("reranking_evaluator.json");
        List<RerankedQuery> scored = [];
        foreach (var sample in reference.GetProperty("samples").EnumerateArray())
        {
            string[] positive = [.. sample.GetProperty("positive").EnumerateArray().Select(id => id.GetString()!)];
            string[] candidates = [.. positive, .. sample.GetProperty("negative").EnumerateArray().Select(id => id.GetString()!)];
            var query = Position(sample.GetProperty("query").GetString()!) * dimension;
            double[] scores = [.. candidates.Select(id => (double)VectorSimilarity.Compute(
                SimilarityFunction.Cosine, queries.AsSpan(query, dimension), corpus.AsSpan(Position(id) * dimension, dimension)))];
            scored.Add(new RerankedQuery(scores, [.. candidates.Select((_, i) => i < positive.Length)]));
        }

        var metrics = RerankingEvaluator.Evaluate(scored, at);
        var figures = reference.GetProperty($"metrics_at_{at}");
        Reference.AreClose(figures.GetProperty("map"), metrics.Map, 1e-6, "MAP");
        Reference.AreClose(figures.GetProperty($"mrr@{at}"), metrics.Mrr, 1e-6, "MRR");
        Reference.AreClose(figures.GetProperty($"ndcg@{at}"), metrics.Ndcg, 1e-6, "nDCG");
    }

    [TestMethod]
    public void Candidates_of_one_score_share_their_ranks()
    {
        var metrics = RerankingEvaluator.Evaluate([new RerankedQuery([1, 1], [true, false]), new RerankedQuery([1], [true])]);
        Assert.AreEqual((1 + 1 / Math.Log2(3)) / 2, metrics.Ndcg, 1e-12);
        Assert.AreEqual(0.5, metrics.Map, 1e-12);
        Assert.AreEqual(1, metrics.LeftOutCount);
    }

    private static int Position(string id) => int.Parse(id[1..], System.Globalization.CultureInfo.InvariantCulture);
}
