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
        List<List<int[]>> batches = [[]];
        while (classes.Count > 0)
        {
            var round = classes.ToArray();
            random.Shuffle<Queue<int[]>>(round);
            foreach (var group in round.Select(groups => groups.Dequeue()))
            {
                if (batches[^1].Count > 0 && batches[^1].Sum(g => g.Length) + group.Length > batchSize)
                    batches.Add([]);
                batches[^1].Add(group);
            }

            classes.RemoveAll(groups => groups.Count == 0);
        }

        if (batches.Count > 1)
            GiveNegatives(batches[^1], batches[^2], examples);
        int[][] order = [.. batches.Select(groups => groups.SelectMany(group => group).ToArray())];
        random.Shuffle<int[]>(order);
        return order;
    }

    // At the end one class may be left over, which alone would have no negatives.
    private static void GiveNegatives(List<int[]> last, List<int[]> before, EmbeddingExamples examples)
    {
        int ClassOf(int[] group) => examples.ClassOf(group[0]);
        if (last.Select(ClassOf).Distinct().Count() > 1)
            return;
        var other = before.FindLastIndex(group => ClassOf(group) != ClassOf(last[0]));
        if (other < 0 || before.Count < 2)
            return;
        last.Add(before[other]);
        before.RemoveAt(other);
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
