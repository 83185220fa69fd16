using System.Globalization;

namespace MLNetNlp.Benchmarks.Augmented;

/// <summary>A pair of STS-B: how alike two sentences are, from 0 to 5.</summary>
internal sealed class StsPair
{
    public float Label { get; set; }

    public string Sentence1 { get; set; } = "";

    public string Sentence2 { get; set; } = "";

    /// <summary>Reads a file of STS-B: tabs between fields, quotes are text.</summary>
    public static List<StsPair> Read(string path) =>
    [
        .. File.ReadLines(path).Select(line => line.Split('\t')).Select(fields => new StsPair
        {
            Label = float.Parse(fields[4], CultureInfo.InvariantCulture),
            Sentence1 = fields[5],
            Sentence2 = fields[6],
        }),
    ];
}
