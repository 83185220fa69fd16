using MLNetNlp.Transformers.Inputs;

namespace MLNetNlp;

/// <summary>Batches for losses that compare the rows of a group: whole groups where they fit, and parts of a group that is larger than a batch.</summary>
/// <remarks>
/// Every epoch has the same number of batches, as the training loop needs it. Rows of a group are in random order, so that the parts of a large group bring
/// other rows together in every epoch. Same seed and epoch, same batches.
/// </remarks>
internal sealed class GroupBatches
{
    private readonly int[][] _groups;
    private readonly int _batchSize;
    private readonly int _seed;
    private readonly int _count;

    /// <param name="groups">The group of each row, from 0.</param>
    /// <param name="batchSize">Rows in a batch, about: a batch ends with the group in which it becomes full.</param>
    /// <param name="seed">Seed of the run.</param>
    public GroupBatches(ReadOnlySpan<int> groups, int batchSize, int seed)
    {
        List<List<int>> rows = [];
        for (var i = 0; i < groups.Length; i++)
        {
            while (rows.Count <= groups[i])
                rows.Add([]);
            rows[groups[i]].Add(i);
        }

        // A row that is alone in its group has nothing to be compared with.
        _groups = [.. rows.Where(group => group.Count > 1).Select(group => group.ToArray())];
        _batchSize = batchSize;
        _seed = seed;
        var parts = _groups.Sum(group => Parts(group.Length));
        var total = _groups.Sum(group => group.Length);
        _count = Math.Min(parts, Math.Max(1, (total + batchSize - 1) / batchSize));
    }

    /// <summary>The batches of an epoch, counted from 0.</summary>
    public IReadOnlyList<int[]> Epoch(int epoch)
    {
        var random = new SeededRandom(SeededRandom.Derive(SeededRandom.Derive(_seed, "group batches"), epoch));
        List<int[]> parts = [];
        foreach (var group in _groups)
        {
            var rows = (int[])group.Clone();
            random.Shuffle<int>(rows);
            parts.AddRange(Split(rows));
        }

        var order = parts.ToArray();
        random.Shuffle<int[]>(order);
        return Deal(order);
    }

    /// <summary>Parts of as even a size as possible, so that none is a single row.</summary>
    private IEnumerable<int[]> Split(int[] rows)
    {
        var count = Parts(rows.Length);
        for (var i = 0; i < count; i++)
            yield return rows[(int)((long)rows.Length * i / count)..(int)((long)rows.Length * (i + 1) / count)];
    }

    private int Parts(int length) => Math.Min(length / 2, (length + _batchSize - 1) / _batchSize);

    /// <summary>Parts in their order to batches: a batch ends where its share of all rows does, and leaves a part for each that follows.</summary>
    private List<int[]> Deal(int[][] parts)
    {
        long total = parts.Sum(part => part.Length);
        List<int[]> batches = [];
        List<int> batch = [];
        long dealt = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            batch.AddRange(parts[i]);
            dealt += parts[i].Length;
            var (left, open) = (parts.Length - i - 1, _count - batches.Count - 1);
            if (open == 0 || (left > open && dealt < total * (batches.Count + 1) / _count))
                continue;
            batches.Add([.. batch]);
            batch.Clear();
        }

        batches.Add([.. batch]);
        return batches;
    }
}
