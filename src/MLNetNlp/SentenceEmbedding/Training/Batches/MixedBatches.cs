using MLNetNlp.Transformers.Inputs;

namespace MLNetNlp;

/// <summary>The batches of several data sets in one order; each batch is of one set.</summary>
internal static class MixedBatches
{
    /// <summary>Mixes the sets' batches of one epoch.</summary>
    /// <param name="sets">Each set's batches, in their random order.</param>
    /// <param name="mixing">How.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="epoch">Number of the epoch, from 0.</param>
    public static IReadOnlyList<int[]> Epoch(IReadOnlyList<IReadOnlyList<int[]>> sets, DataSetMixing mixing, int seed, int epoch)
    {
        if (sets.Count == 1)
            return sets[0];
        if (mixing == DataSetMixing.RoundRobin)
            return [.. Enumerable.Range(0, sets.Min(set => set.Count)).SelectMany(i => sets.Select(set => set[i]))];
        var all = sets.SelectMany(set => set).ToArray();
        new SeededRandom(SeededRandom.Derive(SeededRandom.Derive(seed, "mixed batches"), epoch)).Shuffle<int[]>(all);
        return all;
    }
}
