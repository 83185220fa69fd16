namespace MLNetNlp.Transformers.Inputs;

/// <summary>Batches of texts of about one length, in random order: little padding, yet every epoch differs.</summary>
/// <remarks>
/// One epoch: (1) all rows are shuffled; (2) windows of 50 batches are cut from that order, and each window is sorted by length, longest first, rows of
/// one length staying in shuffled order; (3) windows are cut into batches; (4) all batches are shuffled. The same seed and
/// epoch give the same batches on every machine. The order depends on nothing else, so a resumed run finds its place again by counting.
/// </remarks>
public static class LengthBuckets
{
    private const int BatchesInWindow = 50;

    /// <summary>Batches of one epoch. Every row is in exactly one; only the last of the unshuffled order may be smaller.</summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="length">A row's length, in tokens.</param>
    /// <param name="batchSize">Rows in a batch.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="epoch">Number of the epoch, from 0.</param>
    public static IReadOnlyList<int[]> Epoch(int count, Func<int, int> length, int batchSize, int seed, int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var random = new SeededRandom(SeededRandom.Derive(SeededRandom.Derive(seed, "batches"), epoch));
        var rows = new int[count];
        for (var i = 0; i < count; i++)
            rows[i] = i;
        random.Shuffle<int>(rows);

        var batches = new List<int[]>((count + batchSize - 1) / batchSize);
        var window = checked(batchSize * BatchesInWindow);
        for (var start = 0; start < count; start += window)
        {
            // OrderBy is stable; Array.Sort is not.
            var sorted = rows.Skip(start).Take(window).OrderByDescending(length).ToArray();
            batches.AddRange(sorted.Chunk(batchSize));
        }

        var order = batches.ToArray();
        random.Shuffle<int[]>(order);
        return order;
    }
}
