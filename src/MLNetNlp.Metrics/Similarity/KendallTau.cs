namespace MLNetNlp.Metrics.Similarity;

/// <summary>Kendall's tau-b in n log n: discordant pairs are the exchanges of a merge sort.</summary>
/// <remarks>Knight 1966, "A Computer Method for Calculating Kendall's Tau with Ungrouped Data".</remarks>
internal static class KendallTau
{
    public static double ComputeB(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var pairs = new (double X, double Y)[x.Length];
        for (var i = 0; i < pairs.Length; i++)
            pairs[i] = (x[i], y[i]);
        Array.Sort(pairs);
        var tiesX = Ties(pairs, static (a, b) => a.X == b.X);
        var tiesBoth = Ties(pairs, static (a, b) => a == b);
        var byY = Array.ConvertAll(pairs, pair => pair.Y);
        var discordant = Exchanges(byY, new double[byY.Length]);
        var tiesY = Ties(byY, static (a, b) => a == b);
        var all = (long)x.Length * (x.Length - 1) / 2;
        if (tiesX == all || tiesY == all)
            return double.NaN;
        var difference = all - tiesX - tiesY + tiesBoth - 2 * discordant;
        return Math.Clamp(difference / Math.Sqrt(all - tiesX) / Math.Sqrt(all - tiesY), -1, 1);
    }

    // Pairs of equal neighbours' runs.
    private static long Ties<T>(T[] sorted, Func<T, T, bool> equal)
    {
        long ties = 0;
        long run = 1;
        for (var i = 1; i < sorted.Length; i++)
        {
            run = equal(sorted[i - 1], sorted[i]) ? run + 1 : 1;
            ties += run - 1;
        }

        return ties;
    }

    // Sorts, and counts the pairs that were out of order.
    private static long Exchanges(Span<double> values, Span<double> room)
    {
        if (values.Length < 2)
            return 0;
        var half = values.Length / 2;
        var count = Exchanges(values[..half], room[..half]) + Exchanges(values[half..], room[half..]);
        int left = 0, right = half;
        for (var i = 0; i < values.Length; i++)
        {
            if (right == values.Length || (left < half && values[left] <= values[right]))
            {
                room[i] = values[left++];
            }
            else
            {
                room[i] = values[right++];
                count += half - left;
            }
        }

        room[..values.Length].CopyTo(values);
        return count;
    }
}
