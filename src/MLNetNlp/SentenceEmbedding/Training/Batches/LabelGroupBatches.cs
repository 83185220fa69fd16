using MLNetNlp.Transformers.Inputs;

namespace MLNetNlp;

/// <summary>Batches made of groups of examples of one class, so that every anchor of a batch finds positives and negatives in it.</summary>
/// <remarks>
/// Each class's rows are shuffled and cut into groups; a single row that is left joins the group before it. Batches take groups of all classes in turn. A
/// class with one example has no positive anywhere and still serves as a negative. As <c>GroupByLabelBatchSampler</c> of sentence-transformers.
/// </remarks>
internal static class LabelGroupBatches
{
    /// <summary>Batches of one epoch; every example is in exactly one.</summary>
    /// <param name="examples">Examples with classes.</param>
    /// <param name="batchSize">Most examples in a batch; a group that is larger than that makes one by itself.</param>
    /// <param name="groupSize">Examples of one class in a group.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="epoch">Number of the epoch, from 0.</param>
    public static IReadOnlyList<int[]> Epoch(EmbeddingExamples examples, int batchSize, int groupSize, int seed, int epoch)
    {
        var random = new SeededRandom(SeededRandom.Derive(SeededRandom.Derive(seed, "batches by label"), epoch));
        var classes = Enumerable.Range(0, examples.Count).GroupBy(examples.ClassOf).OrderBy(c => c.Key)
            .Select(rows => new Queue<int[]>(Groups([.. rows], groupSize, random))).ToList();
        List<int[]> batches = [];
        List<int> batch = [];
        while (classes.Count > 0)
        {
            var round = classes.ToArray();
            random.Shuffle<Queue<int[]>>(round);
            foreach (var group in round.Select(groups => groups.Dequeue()))
            {
                if (batch.Count > 0 && batch.Count + group.Length > batchSize)
                    Close();
                batch.AddRange(group);
            }

            classes.RemoveAll(groups => groups.Count == 0);
        }

        if (batch.Count > 0)
            Close();
        var order = batches.ToArray();
        random.Shuffle<int[]>(order);
        return order;

        void Close()
        {
            batches.Add([.. batch]);
            batch.Clear();
        }
    }

    private static List<int[]> Groups(int[] rows, int groupSize, SeededRandom random)
    {
        random.Shuffle<int>(rows);
        var groups = rows.Chunk(groupSize).ToList();
        if (groups is [.., _, [_]])
        {
            groups[^2] = [.. groups[^2], .. groups[^1]];
            groups.RemoveAt(groups.Count - 1);
        }

        return groups;
    }
}
