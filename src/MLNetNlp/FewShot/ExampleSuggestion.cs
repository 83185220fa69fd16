namespace MLNetNlp;

/// <summary>Chooses texts to label: those that a model is undecided about, and no two alike.</summary>
internal static class ExampleSuggestion
{
    private const int CandidatesForEach = 10;
    private const int FewestCandidates = 50;

    /// <summary>
    /// Takes the most uncertain text, then again and again the one with the largest product of uncertainty and cosine distance to the nearest taken one, out of
    /// the most uncertain tenfold of the number wanted.
    /// </summary>
    /// <param name="uncertainties">Of each text.</param>
    /// <param name="vectors">[texts, width], row by row.</param>
    /// <param name="width">Numbers of a vector.</param>
    /// <param name="count">How many are wanted.</param>
    /// <returns>Numbers of texts, the first the most worthwhile.</returns>
    public static List<int> Choose(double[] uncertainties, float[] vectors, int width, int count)
    {
        var candidates = Enumerable.Range(0, uncertainties.Length).OrderByDescending(i => uncertainties[i])
            .Take((int)Math.Min(int.MaxValue, Math.Max(FewestCandidates, (long)count * CandidatesForEach))).ToList();
        var distances = candidates.ToDictionary(i => i, _ => 1.0);
        List<int> chosen = [];
        while (chosen.Count < count && candidates.Count > 0)
        {
            var best = candidates.MaxBy(i => uncertainties[i] * distances[i]);
            chosen.Add(best);
            candidates.Remove(best);
            foreach (var i in candidates)
                distances[i] = Math.Min(distances[i], Distance(i, best));
        }

        return chosen;

        double Distance(int a, int b)
        {
            double dot = 0, aa = 0, bb = 0;
            for (var k = 0; k < width; k++)
            {
                var (x, y) = ((double)vectors[a * width + k], (double)vectors[b * width + k]);
                (dot, aa, bb) = (dot + x * y, aa + x * x, bb + y * y);
            }

            return Math.Clamp(1 - dot / Math.Max(Math.Sqrt(aa * bb), 1e-12), 0, 1);
        }
    }

    /// <summary>How undecided probabilities are, 0 to 1.</summary>
    public static double Uncertainty(ReadOnlySpan<float> probabilities, bool areLabels)
    {
        if (areLabels)
        {
            var most = 0.0;
            foreach (var p in probabilities)
                most = Math.Max(most, 1 - Math.Abs(2 * p - 1));
            return most;
        }

        float first = 0, second = 0;
        foreach (var p in probabilities)
            (first, second) = p > first ? (p, first) : (first, Math.Max(second, p));
        return 1 - (first - second);
    }
}
