using System.Globalization;
using System.Text;

namespace MLNetNlp.Metrics.Similarity;

/// <summary>How well the similarities of embeddings agree with scores that people gave: the figures of semantic textual similarity (STS).</summary>
public sealed record SimilarityMetrics
{
    private readonly CorrelationScore[] _scores;

    internal SimilarityMetrics(CorrelationScore[] scores, int pairCount)
    {
        _scores = scores;
        PairCount = pairCount;
    }

    /// <summary>By the cosine: the usual figures.</summary>
    public CorrelationScore Cosine => this[SimilarityFunction.Cosine];

    /// <summary>By the dot product.</summary>
    public CorrelationScore Dot => this[SimilarityFunction.Dot];

    /// <summary>By the negative Euclidean distance.</summary>
    public CorrelationScore Euclidean => this[SimilarityFunction.Euclidean];

    /// <summary>By the negative Manhattan distance.</summary>
    public CorrelationScore Manhattan => this[SimilarityFunction.Manhattan];

    /// <summary>The figures of one similarity function.</summary>
    public CorrelationScore this[SimilarityFunction function] => _scores[(int)function];

    /// <summary>The best Pearson of all functions.</summary>
    public double MaxPearson => _scores.Max(score => score.Pearson);

    /// <summary>The best Spearman of all functions.</summary>
    public double MaxSpearman => _scores.Max(score => score.Spearman);

    /// <summary>Number of pairs.</summary>
    public int PairCount { get; }

    /// <summary>Number of rows left out for want of a score.</summary>
    public int LeftOutCount { get; init; }

    /// <summary>A table of all figures.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{PairCount} pairs     Pearson  Spearman");
        foreach (var function in VectorSimilarity.Functions)
            text.AppendLine(CultureInfo.InvariantCulture, $"{function,-12}{this[function].Pearson,10:f4}{this[function].Spearman,10:f4}");
        return text.ToString().TrimEnd();
    }
}
