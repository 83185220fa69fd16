namespace MLNetNlp.Metrics.Pairs;

/// <summary>Measures mined paraphrases against the pairs that are known to mean the same.</summary>
/// <remarks>Equal to sentence-transformers' ParaphraseMiningEvaluator.</remarks>
public static class ParaphraseMiningEvaluator
{
    /// <summary>Measures mined pairs.</summary>
    /// <param name="mined">The pairs, the most alike first. One that is there twice, in either order, is right once.</param>
    /// <param name="duplicates">Pairs of positions that mean the same, in either order.</param>
    /// <param name="transitive">Whether a and c mean the same when a and b do, and b and c.</param>
    /// <exception cref="ArgumentException">There are no duplicates to find, or the mined pairs are not in order.</exception>
    public static ParaphraseMiningMetrics Evaluate(
        IReadOnlyList<ScoredPair> mined, IEnumerable<(int First, int Second)> duplicates, bool transitive = false)
    {
        ArgumentNullException.ThrowIfNull(mined);
        ArgumentNullException.ThrowIfNull(duplicates);
        var right = duplicates.Where(pair => pair.First != pair.Second).Select(Ordered).ToHashSet();
        if (right.Count == 0)
            throw new ArgumentException("There are no duplicates to find.", nameof(duplicates));
        if (transitive)
            right = Close(right);
        double f1 = 0, precision = 0, recall = 0, threshold = 0, averagePrecision = 0;
        HashSet<(int First, int Second)> found = [];
        for (var i = 0; i < mined.Count; i++)
        {
            var next = mined[Math.Min(i + 1, mined.Count - 1)];
            if (next.Score > mined[i].Score)
                throw new ArgumentException($"Pair {i + 1} is more alike than the one before; the most alike come first.", nameof(mined));
            if (Ordered((mined[i].First, mined[i].Second)) is var pair && (!right.Contains(pair) || !found.Add(pair)))
                continue;
            var (p, r) = ((double)found.Count / (i + 1), (double)found.Count / right.Count);
            averagePrecision += p / right.Count;
            if (2 * p * r / (p + r) is var f && f > f1)
                (f1, precision, recall, threshold) = (f, p, r, ((double)mined[i].Score + next.Score) / 2);
        }

        return new ParaphraseMiningMetrics(averagePrecision, f1, precision, recall, threshold, mined.Count, right.Count);
    }

    private static (int First, int Second) Ordered((int First, int Second) pair) => pair.First <= pair.Second ? pair : (pair.Second, pair.First);

    // All pairs inside each connected group.
    private static HashSet<(int First, int Second)> Close(HashSet<(int First, int Second)> pairs)
    {
        Dictionary<int, List<int>> groups = [];
        foreach (var (a, b) in pairs)
        {
            var first = groups.TryGetValue(a, out var groupA) ? groupA : groups[a] = [a];
            var second = groups.TryGetValue(b, out var groupB) ? groupB : groups[b] = [b];
            if (ReferenceEquals(first, second))
                continue;
            first.AddRange(second);
            foreach (var member in second)
                groups[member] = first;
        }

        HashSet<(int First, int Second)> closed = [];
        foreach (var group in groups.Values.Distinct())
        {
            for (var i = 0; i < group.Count; i++)
            {
                for (var j = i + 1; j < group.Count; j++)
                    closed.Add(Ordered((group[i], group[j])));
            }
        }

        return closed;
    }
}
