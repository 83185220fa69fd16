using System.Globalization;
using System.Text;

namespace MLNetNlp.Metrics.Retrieval;

/// <summary>How well a search finds the documents that answer a query: each figure by the rank k down to which it looks, 0 to 1.</summary>
public sealed class RetrievalMetrics
{
    internal RetrievalMetrics(int queryCount, int leftOutCount)
    {
        QueryCount = queryCount;
        LeftOutCount = leftOutCount;
    }

    /// <summary>Share of the queries with a relevant document among the first k.</summary>
    public required IReadOnlyDictionary<int, double> Accuracy { get; init; }

    /// <summary>Mean share of the first k that is relevant; a search that finds fewer than k is measured as if the rest were wrong.</summary>
    public required IReadOnlyDictionary<int, double> Precision { get; init; }

    /// <summary>Mean share of the relevant documents that is among the first k.</summary>
    public required IReadOnlyDictionary<int, double> Recall { get; init; }

    /// <summary>Mean of one over the rank of the first relevant document; 0 where none is among the first k.</summary>
    public required IReadOnlyDictionary<int, double> Mrr { get; init; }

    /// <summary>Mean of the gain, discounted by the logarithm of the rank, over the best possible.</summary>
    public required IReadOnlyDictionary<int, double> Ndcg { get; init; }

    /// <summary>Mean of the precisions at the ranks of the relevant documents.</summary>
    public required IReadOnlyDictionary<int, double> Map { get; init; }

    /// <summary>Number of queries measured.</summary>
    public int QueryCount { get; }

    /// <summary>Number of queries left out because no document answers them.</summary>
    public int LeftOutCount { get; }

    /// <summary>A line for each figure.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{QueryCount} queries");
        if (LeftOutCount > 0)
            text.Append(CultureInfo.InvariantCulture, $" ({LeftOutCount} without a relevant document left out)");
        Write(text, "accuracy", Accuracy);
        Write(text, "precision", Precision);
        Write(text, "recall", Recall);
        Write(text, "MRR", Mrr);
        Write(text, "nDCG", Ndcg);
        Write(text, "MAP", Map);
        return text.ToString();
    }

    private static void Write(StringBuilder text, string name, IReadOnlyDictionary<int, double> figures)
    {
        if (figures.Count == 0)
            return;
        text.AppendLine().Append(CultureInfo.InvariantCulture, $"{name,-10}");
        foreach (var (rank, figure) in figures.OrderBy(f => f.Key))
            text.Append(CultureInfo.InvariantCulture, $"  @{rank} {figure:f4}");
    }
}
