namespace MLNetNlp.Metrics.Retrieval;

/// <summary>At which ranks a search is measured.</summary>
public sealed record RetrievalOptions
{
    /// <summary>Ranks for the share of queries with a relevant document among the first k. Default 1, 3, 5, 10.</summary>
    public IReadOnlyList<int> AccuracyAt { get; init; } = [1, 3, 5, 10];

    /// <summary>Ranks for precision and recall. Default 1, 3, 5, 10.</summary>
    public IReadOnlyList<int> PrecisionRecallAt { get; init; } = [1, 3, 5, 10];

    /// <summary>Ranks for the mean reciprocal rank. Default 10.</summary>
    public IReadOnlyList<int> MrrAt { get; init; } = [10];

    /// <summary>Ranks for the normalised discounted cumulative gain. Default 10.</summary>
    public IReadOnlyList<int> NdcgAt { get; init; } = [10];

    /// <summary>Ranks for the mean average precision. Default 100.</summary>
    public IReadOnlyList<int> MapAt { get; init; } = [100];

    /// <summary>The most documents of a query that any figure looks at.</summary>
    public int LargestRank => new[] { AccuracyAt, PrecisionRecallAt, MrrAt, NdcgAt, MapAt }.SelectMany(ranks => ranks).DefaultIfEmpty(1).Max();

    /// <summary>Checks the ranks.</summary>
    /// <exception cref="ArgumentException">A rank is below 1; the message names the option.</exception>
    public void Validate()
    {
        Check(AccuracyAt, nameof(AccuracyAt));
        Check(PrecisionRecallAt, nameof(PrecisionRecallAt));
        Check(MrrAt, nameof(MrrAt));
        Check(NdcgAt, nameof(NdcgAt));
        Check(MapAt, nameof(MapAt));
    }

    private static void Check(IReadOnlyList<int> ranks, string option)
    {
        ArgumentNullException.ThrowIfNull(ranks, option);
        foreach (var rank in ranks)
        {
            if (rank < 1)
                throw new ArgumentOutOfRangeException(option, rank, $"'{option}' holds {rank}; ranks count from 1.");
        }
    }
}
