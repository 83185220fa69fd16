using MLNetNlp.Metrics.Pairs;

namespace MLNetNlp.Metrics.Retrieval;

/// <summary>Measures a re-ranker: for each query, whether its relevant candidates get the highest scores.</summary>
/// <remarks>Equal to sentence-transformers' RerankingEvaluator, with scikit-learn's average precision and nDCG for equal scores.</remarks>
public static class RerankingEvaluator
{
    /// <summary>Measures the scores of all queries.</summary>
    /// <param name="queries">Candidates with score and relevance.</param>
    /// <param name="at">The rank down to which MRR and nDCG look.</param>
    /// <exception cref="ArgumentException">Nothing can be measured, or sizes do not go together, or <paramref name="at"/> is below 1.</exception>
    public static RerankingMetrics Evaluate(IReadOnlyList<RerankedQuery> queries, int at = 10)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentOutOfRangeException.ThrowIfLessThan(at, 1);
        double map = 0, mrr = 0, ndcg = 0;
        var count = 0;
        for (var i = 0; i < queries.Count; i++)
        {
            double[] scores = [.. queries[i].Scores];
            bool[] relevant = [.. queries[i].Relevant];
            if (scores.Length != relevant.Length)
                throw new ArgumentException($"Query {i} has {scores.Length} scores and {relevant.Length} labels; as many are needed.", nameof(queries));
            if (!relevant.Contains(true) || !relevant.Contains(false))
                continue;
            count++;
            map += ThresholdSearch.Find(scores, relevant).AveragePrecision;
            int[] order = [.. Enumerable.Range(0, scores.Length).OrderByDescending(c => scores[c])];
            var first = Array.FindIndex(order, c => relevant[c]) + 1;
            mrr += first <= at ? 1.0 / first : 0;
            ndcg += Gain(scores, relevant, order, at);
        }

        return count > 0 ? new RerankingMetrics(map / count, mrr / count, ndcg / count, at, count, queries.Count - count)
            : throw new ArgumentException("No query has both relevant and other candidates, so there is nothing to measure.", nameof(queries));
    }

    // Candidates of one score have the mean relevance of their group.
    private static double Gain(double[] scores, bool[] relevant, int[] order, int at)
    {
        double gain = 0, best = 0;
        for (int from = 0, to; from < order.Length; from = to)
        {
            for (to = from + 1; to < order.Length && scores[order[to]] == scores[order[from]];)
                to++;
            double share = order[from..to].Count(c => relevant[c]) / (double)(to - from);
            for (var rank = from; rank < Math.Min(to, at); rank++)
                gain += share / Math.Log2(rank + 2);
        }

        for (var rank = 0; rank < Math.Min(relevant.Count(r => r), at); rank++)
            best += 1 / Math.Log2(rank + 2);
        return gain / best;
    }
}
