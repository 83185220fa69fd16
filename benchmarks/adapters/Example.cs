namespace MLNetNlp.Benchmarks.Adapters;

/// <summary>A row of a data set: one text, or a pair.</summary>
internal sealed class Example
{
    public string Label { get; set; } = "";

    public string Text { get; set; } = "";

    public string Text2 { get; set; } = "";

    /// <summary>Rotten Tomatoes as <c>mr/split</c> has it: a header, then label and text.</summary>
    public static Example[] ReadMr(string path) =>
        [.. File.ReadLines(path).Skip(1).Select(line => line.Split('\t')).Select(f => new Example { Label = f[0], Text = f[1] })];

    /// <summary>MRPC as Microsoft gives it: quality, two ids, two texts. Quotes are part of the texts.</summary>
    public static Example[] ReadMrpc(string path) =>
        [.. File.ReadLines(path).Skip(1).Select(line => line.Split('\t')).Select(f => new Example { Label = f[0], Text = f[3], Text2 = f[4] })];
}
