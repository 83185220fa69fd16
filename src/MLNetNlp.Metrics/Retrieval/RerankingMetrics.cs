using System.Globalization;

namespace MLNetNlp.Metrics.Retrieval;

/// <summary>How well scores put the relevant candidates of a query first.</summary>
/// <param name="Map">Mean average precision over all candidates.</param>
/// <param name="Mrr">Mean of one over the rank of the first relevant candidate; 0 where none is among the first <paramref name="At"/>.</param>
/// <param name="Ndcg">Mean normalised discounted cumulative gain of the first <paramref name="At"/>; equal scores share their ranks.</param>
/// <param name="At">The rank down to which <paramref name="Mrr"/> and <paramref name="Ndcg"/> look.</param>
/// <param name="QueryCount">Number of queries measured.</param>
/// <param name="LeftOutCount">Number of queries left out, as their candidates are all relevant or none is.</param>
public sealed record RerankingMetrics(double Map, double Mrr, double Ndcg, int At, int QueryCount, int LeftOutCount)
{
    /// <summary>The figures on one line.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{QueryCount} queries  MAP {Map:f4}  MRR@{At} {Mrr:f4}  nDCG@{At} {Ndcg:f4}");
}
