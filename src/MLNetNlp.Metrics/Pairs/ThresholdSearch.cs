namespace MLNetNlp.Metrics.Pairs;

/// <summary>Finds the threshold over scores that separates positive from negative best.</summary>
/// <remarks>
/// Equal to sentence-transformers' <c>find_best_acc_and_threshold</c> and <c>find_best_f1_and_threshold</c>, and scikit-learn's
/// <c>average_precision_score</c> and <c>matthews_corrcoef</c>. Equal scores fall on the same side. A threshold lies midway between two scores; at the ends
/// it is the last score (all positive) or the next number beyond the first (none).
/// </remarks>
public static class ThresholdSearch
{
    /// <summary>Measures scores against labels.</summary>
    /// <param name="scores">A score for each item.</param>
    /// <param name="labels">Whether each item is positive.</param>
    /// <param name="higherIsPositive">True for similarities, false for distances; thresholds are on the scale of the scores.</param>
    /// <exception cref="ArgumentException">There are no scores, or not as many labels, or a score is NaN.</exception>
    public static ThresholdScore Find(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, bool higherIsPositive = true)
    {
        if (scores.Length != labels.Length)
            throw new ArgumentException($"There are {scores.Length} scores and {labels.Length} labels; as many are needed.", nameof(labels));
        if (scores.Length == 0)
            throw new ArgumentException("There are no scores to measure.", nameof(scores));

        // Positive side first: distances are turned round here and thresholds back at the end.
        double sign = higherIsPositive ? 1 : -1;
        var sorted = new double[scores.Length];
        for (var i = 0; i < sorted.Length; i++)
        {
            if (double.IsNaN(scores[i]))
                throw new ArgumentException($"Score {i} is NaN; only numbers can be measured.", nameof(scores));
            sorted[i] = -sign * scores[i];
        }

        var positive = labels.ToArray();
        Array.Sort(sorted, positive);
        return Search(sorted, positive, -sign);
    }

    private static ThresholdScore Search(double[] sorted, bool[] positive, double sign)
    {
        var count = sorted.Length;
        var positives = positive.Count(p => p);
        var (accuracy, accuracyThreshold) = ((double)(count - positives) / count, Math.BitDecrement(sorted[0]));
        double f1 = 0, precision = 0, recall = 0, f1Threshold = 0, averagePrecision = 0;
        var (found, before) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            found += positive[i] ? 1 : 0;
            if (i + 1 < count && sorted[i + 1] == sorted[i])
                continue;
            var threshold = i + 1 < count ? (sorted[i] + sorted[i + 1]) / 2 : sorted[i];
            var negativesLeft = count - positives - (i + 1 - found);
            if ((double)(found + negativesLeft) / count is var a && a > accuracy)
                (accuracy, accuracyThreshold) = (a, threshold);
            if (found == 0)
                continue;
            var (p, r) = ((double)found / (i + 1), (double)found / positives);
            averagePrecision += p * ((double)(found - before) / positives);
            before = found;
            if (2 * p * r / (p + r) is var f && f > f1)
                (f1, precision, recall, f1Threshold) = (f, p, r, threshold);
        }

        var matthews = Matthews(sorted, positive, positives, f1 > 0 ? f1Threshold : 0);
        return new ThresholdScore(
            accuracy, Turn(accuracyThreshold, sign), f1, precision, recall, Turn(f1Threshold, sign), averagePrecision, matthews);
    }

    private static double Matthews(double[] sorted, bool[] positive, int positives, double threshold)
    {
        double truePositives = 0, predicted = 0;
        for (var i = 0; i < sorted.Length && sorted[i] <= threshold; i++)
        {
            predicted++;
            truePositives += positive[i] ? 1 : 0;
        }

        double count = sorted.Length;
        var spread = predicted * (count - predicted) * positives * (count - positives);
        return spread == 0 ? 0 : (truePositives * count - predicted * positives) / Math.Sqrt(spread);
    }

    // Without a negative zero.
    private static double Turn(double threshold, double sign) => threshold == 0 ? 0 : sign * threshold;
}
