namespace MLNetNlp.Metrics.Similarity;

/// <summary>Ranks from 1, equal numbers sharing the mean of their ranks.</summary>
internal static class Ranks
{
    public static double[] Of(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        var order = new int[sorted.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(sorted, order);
        var ranks = new double[sorted.Length];
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            for (to = from + 1; to < sorted.Length && sorted[to] == sorted[from];)
                to++;
            var shared = (from + 1 + to) / 2.0;
            foreach (var i in order.AsSpan(from, to - from))
                ranks[i] = shared;
        }

        return ranks;
    }
}
