namespace MLNetNlp.Metrics.Retrieval;

/// <summary>Measures a search by where in its results the relevant documents are.</summary>
/// <remarks>
/// Equal to sentence-transformers' InformationRetrievalEvaluator: relevance is yes or no, and average precision is over the smaller of k and the number of
/// relevant documents. Manning et al. 2008, "Introduction to Information Retrieval", chapter 8; Järvelin and Kekäläinen 2002 for nDCG.
/// </remarks>
public static class RetrievalEvaluator
{
    /// <summary>Measures the results of all queries.</summary>
    /// <param name="queries">What was found, and what should have been.</param>
    /// <param name="options">The ranks; null: the defaults.</param>
    /// <exception cref="ArgumentException">No query has a relevant document, or a rank is below 1.</exception>
    public static RetrievalMetrics Evaluate(IReadOnlyList<RankedQuery> queries, RetrievalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(queries);
        options ??= new RetrievalOptions();
        options.Validate();
        Hits[] measured = [.. queries.Where(query => query.Relevant.Count > 0).Select(query => new Hits(query, options.LargestRank))];
        if (measured.Length == 0)
            throw new ArgumentException("No query has a relevant document, so there is nothing to measure.", nameof(queries));
        return new RetrievalMetrics(measured.Length, queries.Count - measured.Length)
        {
            Accuracy = Mean(measured, options.AccuracyAt, static (hits, k) => hits.Until(k) > 0 ? 1 : 0),
            Precision = Mean(measured, options.PrecisionRecallAt, static (hits, k) => (double)hits.Until(k) / k),
            Recall = Mean(measured, options.PrecisionRecallAt, static (hits, k) => (double)hits.Until(k) / hits.RelevantCount),
            Mrr = Mean(measured, options.MrrAt, static (hits, k) => hits.ReciprocalRank(k)),
            Ndcg = Mean(measured, options.NdcgAt, static (hits, k) => hits.DiscountedGain(k)),
            Map = Mean(measured, options.MapAt, static (hits, k) => hits.AveragePrecision(k)),
        };
    }

    private static Dictionary<int, double> Mean(Hits[] queries, IReadOnlyList<int> ranks, Func<Hits, int, double> figure) =>
        ranks.Distinct().ToDictionary(k => k, k => queries.Average(query => figure(query, k)));

    // The ranks, from 1, at which a query's relevant documents were found.
    private sealed class Hits(RankedQuery query, int most)
    {
        // A document that was found again does not answer the query once more.
        private readonly int[] _ranks = [.. query.Found.Take(most).Select((id, i) => (Id: id, Rank: i + 1)).Where(hit => query.Relevant.Contains(hit.Id))
            .DistinctBy(hit => hit.Id).Select(hit => hit.Rank)];

        public int RelevantCount => query.Relevant.Count;

        public int Until(int k) => _ranks.Count(rank => rank <= k);

        public double ReciprocalRank(int k) => _ranks.Length > 0 && _ranks[0] <= k ? 1.0 / _ranks[0] : 0;

        public double DiscountedGain(int k) =>
            _ranks.Where(rank => rank <= k).Sum(Discount) / Enumerable.Range(1, Math.Min(k, RelevantCount)).Sum(Discount);

        public double AveragePrecision(int k) =>
            _ranks.TakeWhile(rank => rank <= k).Select((rank, i) => (i + 1.0) / rank).Sum() / Math.Min(k, RelevantCount);

        private static double Discount(int rank) => 1 / Math.Log2(rank + 1);
    }
}
