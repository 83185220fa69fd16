namespace MLNetNlp.Transformers.Losses;

/// <summary>Which rows of a batch should score higher than which others: what pairwise ranking losses compare.</summary>
/// <param name="Better">Row numbers.</param>
/// <param name="Worse">As many row numbers: each should score lower than the row at its place in <paramref name="Better"/>, or as high in a tie.</param>
public sealed record RankingPairs(int[] Better, int[] Worse)
{
    /// <summary>Number of pairs.</summary>
    public int Count => Better.Length;

    /// <summary>The share of the pairs that scores put in the right order: Kendall's view of a ranking, which holds for grades and for a teacher's scores alike.</summary>
    /// <param name="scores">Of each row. Equal scores are half right.</param>
    /// <returns>From 0 to 1; NaN where there is no pair.</returns>
    public double InOrder(ReadOnlySpan<float> scores)
    {
        var right = 0.0;
        for (var i = 0; i < Count; i++)
        {
            var difference = scores[Better[i]] - scores[Worse[i]];
            right += difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
        }

        return Count == 0 ? double.NaN : right / Count;
    }

    /// <summary>All pairs of rows of one group whose relevance differs.</summary>
    /// <param name="relevance">Of each row; higher is better.</param>
    /// <param name="groups">The group of each row; rows of different groups are never compared.</param>
    /// <param name="ties">Whether two rows of the same relevance are a pair too.</param>
    /// <exception cref="ArgumentException">Not as many groups as rows.</exception>
    public static RankingPairs Of(ReadOnlySpan<float> relevance, ReadOnlySpan<int> groups, bool ties = false)
    {
        if (relevance.Length != groups.Length)
            throw new ArgumentException($"{relevance.Length} rows have {groups.Length} groups; each row needs one.", nameof(groups));
        var rows = new int[groups.Length];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = i;
        var keys = groups.ToArray();
        // Rows of a group side by side, in their own order.
        Array.Sort(rows, (a, b) => keys[a] != keys[b] ? keys[a].CompareTo(keys[b]) : a.CompareTo(b));
        List<int> better = [];
        List<int> worse = [];
        for (var start = 0; start < rows.Length;)
        {
            var end = start + 1;
            while (end < rows.Length && keys[rows[end]] == keys[rows[start]])
                end++;
            for (var i = start; i < end; i++)
            {
                for (var j = i + 1; j < end; j++)
                {
                    var (a, b) = (rows[i], rows[j]);
                    if (relevance[a] == relevance[b] && !ties)
                        continue;
                    better.Add(relevance[a] >= relevance[b] ? a : b);
                    worse.Add(relevance[a] >= relevance[b] ? b : a);
                }
            }

            start = end;
        }

        return new RankingPairs([.. better], [.. worse]);
    }
}
