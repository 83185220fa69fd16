namespace MLNetNlp.Transformers.FewShot;

/// <summary>The pairs that SetFit trains a sentence encoder on: texts of one class are alike, texts of two are not.</summary>
/// <remarks>
/// All pairs <c>i &lt;= j</c>, each text with itself included, in the order of NumPy's <c>RandomState(42).permutation</c>: the order is setfit's own and no
/// seed of a run changes it. Positive and negative pairs then alternate; where one kind is used up, the other goes on alone.
/// Tunstall et al. 2022, "Efficient Few-Shot Learning Without Prompts"; equal to <c>setfit.sampler.ContrastiveDataset</c> 1.2.
/// </remarks>
public sealed class ContrastivePairs
{
    private const uint OrderSeed = 42;

    private ContrastivePairs(IReadOnlyList<TextPair> positives, IReadOnlyList<TextPair> negatives, int positiveCount, int negativeCount)
    {
        (Positives, Negatives) = (positives, negatives);
        (PositiveCount, NegativeCount) = (positiveCount, negativeCount);
    }

    /// <summary>The different pairs of texts that are to be alike.</summary>
    public IReadOnlyList<TextPair> Positives { get; }

    /// <summary>The different pairs of texts that are to differ.</summary>
    public IReadOnlyList<TextPair> Negatives { get; }

    /// <summary>Positive pairs of an epoch, repetitions included.</summary>
    public int PositiveCount { get; }

    /// <summary>Negative pairs of an epoch, repetitions included.</summary>
    public int NegativeCount { get; }

    /// <summary>Makes the pairs.</summary>
    /// <param name="count">Number of texts.</param>
    /// <param name="alike">Whether two texts, by number, are a positive pair; asked for a text and itself, too.</param>
    /// <param name="sampling">How many of them make an epoch.</param>
    /// <param name="iterations">This many pairs of either kind for every text instead; null: by <paramref name="sampling"/>.</param>
    /// <param name="maxPairs">Keeps at most half as many of either kind; null: all.</param>
    /// <exception cref="InvalidOperationException">Both kinds are needed, but there is no pair of one of them.</exception>
    public static ContrastivePairs Create(int count, Func<int, int, bool> alike, PairSampling sampling, int? iterations = null, int? maxPairs = null)
    {
        ArgumentNullException.ThrowIfNull(alike);
        var most = maxPairs is { } limit ? limit / 2 : int.MaxValue;
        List<TextPair> positives = [];
        List<TextPair> negatives = [];
        foreach (var (i, j) in Order(count))
        {
            var positive = alike(i, j);
            var kind = positive ? positives : negatives;
            if (kind.Count < most)
                kind.Add(new TextPair(i, j, positive ? 1 : 0));
            else if (positives.Count >= most && negatives.Count >= most)
                break;
        }

        var (larger, smaller) = (Math.Max(positives.Count, negatives.Count), Math.Min(positives.Count, negatives.Count));
        var (p, n) = (iterations, sampling) switch
        {
            ({ } times, _) => (checked(times * count), checked(times * count)),
            (_, PairSampling.Unique) => (positives.Count, negatives.Count),
            (_, PairSampling.Undersampling) => (smaller, smaller),
            _ => (larger, larger),
        };
        if ((p > 0 && positives.Count == 0) || (n > 0 && negatives.Count == 0))
        {
            throw new InvalidOperationException($"Of the pairs of {count} texts none is {(positives.Count == 0 ? "of one class" : "of two classes")}; "
                + "contrastive training needs pairs of both kinds.");
        }

        return new ContrastivePairs(positives, negatives, p, n);
    }

    /// <summary>All pairs <c>i &lt;= j</c> with a similarity that is known, in the same order: distillation.</summary>
    /// <param name="count">Number of texts.</param>
    /// <param name="similarity">How alike two texts are.</param>
    public static IReadOnlyList<TextPair> Distillation(int count, Func<int, int, float> similarity)
    {
        ArgumentNullException.ThrowIfNull(similarity);
        return [.. Order(count).Select(pair => new TextPair(pair.First, pair.Second, similarity(pair.First, pair.Second)))];
    }

    /// <summary>The pairs of an epoch, in order.</summary>
    public IEnumerable<TextPair> Stream()
    {
        var (p, n) = (0, 0);
        while (p < PositiveCount || n < NegativeCount)
        {
            if (p < PositiveCount)
                yield return Positives[p++ % Positives.Count];
            if (n < NegativeCount)
                yield return Negatives[n++ % Negatives.Count];
        }
    }

    /// <summary>Most texts whose pairs can be made.</summary>
    public const int MostTexts = 30_000;

    private static IEnumerable<(int First, int Second)> Order(int count)
    {
        if (count > MostTexts)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count,
                $"{count} texts make {(long)count * (count + 1) / 2} pairs; at most {MostTexts} texts are paired. Train on a sample of them.");
        }

        // The number of a row's first pair among all i <= j.
        var starts = new int[count];
        for (var i = 1; i < count; i++)
            starts[i] = starts[i - 1] + count - i + 1;
        foreach (var number in MersenneTwister.AsNumPy(OrderSeed).Permutation(checked(count * (count + 1) / 2)))
        {
            var i = Array.BinarySearch(starts, number);
            if (i < 0)
                i = ~i - 1;
            yield return (i, i + number - starts[i]);
        }
    }
}
