using MLNetNlp.Transformers.Inputs;

namespace MLNetNlp;

/// <summary>Batches of any examples: what a batch compares is as mixed as the data.</summary>
internal static class RandomBatches
{
    /// <summary>Batches of one epoch; every example is in exactly one, and only the last may be smaller.</summary>
    /// <param name="count">Number of examples.</param>
    /// <param name="batchSize">Examples in a batch.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="epoch">Number of the epoch, from 0.</param>
    public static IReadOnlyList<int[]> Epoch(int count, int batchSize, int seed, int epoch)
    {
        var rows = Enumerable.Range(0, count).ToArray();
        new SeededRandom(SeededRandom.Derive(SeededRandom.Derive(seed, "random batches"), epoch)).Shuffle<int>(rows);
        return [.. rows.Chunk(batchSize)];
    }
}
