using MLNetNlp.Transformers.Inputs;

namespace MLNetNlp;

/// <summary>Batches in which no text occurs in two examples, so that no example's positive is another's negative.</summary>
/// <remarks>
/// The rows in random order; each goes into the oldest open batch with room for it and none of its texts. A
/// text that occurs in many examples spreads over as many batches, so the last ones may be small. As sentence-transformers' <c>NoDuplicatesBatchSampler</c>.
/// </remarks>
internal static class NoDuplicateBatches
{
    // Few open batches keep the search short; rows that fit none of them wait for the end.
    private const int MostOpen = 64;

    public static IReadOnlyList<int[]> Epoch(EmbeddingExamples examples, int batchSize, int seed, int epoch)
    {
        var full = new List<int[]>();
        var open = new List<OpenBatch>();
        var waiting = new List<int>();
        foreach (var row in RandomBatches.Epoch(examples.Count, batchSize, seed, epoch).SelectMany(batch => batch))
            Place(row, MostOpen);
        foreach (var row in waiting.ToArray())
            Place(row, int.MaxValue);
        full.AddRange(open.Select(batch => batch.Rows.ToArray()));

        // The small batches came last.
        var order = full.ToArray();
        new SeededRandom(SeededRandom.Derive(SeededRandom.Derive(seed, "batches without duplicates"), epoch)).Shuffle<int[]>(order);
        return order;

        void Place(int row, int mostOpen)
        {
            var texts = examples.TextsOf(row);
            var index = 0;
            while (index < open.Count && open[index].HasAny(texts))
                index++;
            if (index == open.Count)
            {
                if (open.Count >= mostOpen)
                {
                    waiting.Add(row);
                    return;
                }

                open.Add(new OpenBatch());
            }

            open[index].Add(row, texts);
            if (open[index].Rows.Count < batchSize)
                return;
            full.Add([.. open[index].Rows]);
            open.RemoveAt(index);
        }
    }

    private sealed class OpenBatch
    {
        private readonly HashSet<int> _texts = [];

        public List<int> Rows { get; } = [];

        public bool HasAny(ReadOnlySpan<int> texts)
        {
            foreach (var text in texts)
            {
                if (_texts.Contains(text))
                    return true;
            }

            return false;
        }

        public void Add(int row, ReadOnlySpan<int> texts)
        {
            Rows.Add(row);
            foreach (var text in texts)
                _texts.Add(text);
        }
    }
}
