using MLNetNlp.Transformers.FewShot;

namespace MLNetNlp.Benchmarks.SetFit;

/// <summary>The rows of a public set that are drawn from, and those that are measured on.</summary>
internal sealed record DataSet(IReadOnlyList<Labelled> Train, IReadOnlyList<Labelled> Test)
{
    /// <summary>Reads SST-2 (its development set is the test set) or Emotion.</summary>
    public static DataSet Read(string folder, string name) => name == "sst2"
        ? new(Rows(Path.Combine(folder, "sst2", "train.tsv"), '\t'), Rows(Path.Combine(folder, "sst2", "dev.tsv"), '\t'))
        : new(Rows(Path.Combine(folder, "emotion", "train.txt"), ';'), Rows(Path.Combine(folder, "emotion", "test.txt"), ';'));

    /// <summary>The sample of the reference figures: Python's <c>random.Random(seed).sample</c> of each class, classes in the order of their names.</summary>
    public IReadOnlyList<Labelled> Sample(int shots, int seed)
    {
        var random = MersenneTwister.AsPython((uint)seed);
        return
        [
            .. Train.GroupBy(row => row.Label).OrderBy(rows => rows.Key, StringComparer.Ordinal)
                .SelectMany(rows =>
                {
                    var all = rows.ToArray();
                    return random.Sample(all.Length, shots).Select(i => all[i]);
                }),
        ];
    }

    private static Labelled[] Rows(string file, char separator) =>
        [.. File.ReadLines(file).Skip(1).Select(line => line.LastIndexOf(separator) is var at ? new Labelled { Text = line[..at], Label = line[(at + 1)..] } : null!)];
}
