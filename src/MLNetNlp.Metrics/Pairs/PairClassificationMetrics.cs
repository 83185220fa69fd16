using System.Globalization;
using System.Text;
using MLNetNlp.Metrics.Similarity;

namespace MLNetNlp.Metrics.Pairs;

/// <summary>How well the similarity of two embeddings tells pairs that belong together from pairs that do not.</summary>
public sealed class PairClassificationMetrics
{
    private readonly ThresholdScore[] _scores;

    internal PairClassificationMetrics(ThresholdScore[] scores, int pairCount, int positiveCount)
    {
        _scores = scores;
        PairCount = pairCount;
        PositiveCount = positiveCount;
    }

    /// <summary>By the cosine: the usual figures.</summary>
    public ThresholdScore Cosine => this[SimilarityFunction.Cosine];

    /// <summary>By the dot product.</summary>
    public ThresholdScore Dot => this[SimilarityFunction.Dot];

    /// <summary>By the Euclidean distance; thresholds are distances, without a minus sign, and a pair is positive at or below them.</summary>
    public ThresholdScore Euclidean => this[SimilarityFunction.Euclidean];

    /// <summary>By the Manhattan distance; thresholds are distances, without a minus sign, and a pair is positive at or below them.</summary>
    public ThresholdScore Manhattan => this[SimilarityFunction.Manhattan];

    /// <summary>The figures of one similarity function.</summary>
    public ThresholdScore this[SimilarityFunction function] => _scores[(int)function];

    /// <summary>The best average precision of all functions.</summary>
    public double MaxAveragePrecision => _scores.Max(score => score.AveragePrecision);

    /// <summary>Number of pairs.</summary>
    public int PairCount { get; }

    /// <summary>Number of pairs that belong together.</summary>
    public int PositiveCount { get; }

    /// <summary>A table of all figures.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture,
            $"{PairCount} pairs, {PositiveCount} positive\n            Accuracy  (from)        F1  (from)   Precision  Recall  Average precision");
        foreach (var function in VectorSimilarity.Functions)
        {
            var score = this[function];
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{function,-12}{score.Accuracy,8:f4}{score.AccuracyThreshold,8:f3}{score.F1,10:f4}{score.F1Threshold,8:f3}"
                + $"{score.Precision,12:f4}{score.Recall,8:f4}{score.AveragePrecision,19:f4}");
        }

        return text.ToString().TrimEnd();
    }
}
