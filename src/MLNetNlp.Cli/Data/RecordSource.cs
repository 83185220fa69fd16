namespace MLNetNlp.Cli.Data;

/// <summary>Where rows come from, as often as they are asked for.</summary>
/// <param name="Name">How errors name it.</param>
/// <param name="Open">Starts from the first row.</param>
internal sealed record RecordSource(string Name, Func<RecordReader> Open)
{
    /// <summary>A data file.</summary>
    public static RecordSource File(string path) => new($"'{path}'", () => RecordReader.Open(path));

    /// <summary>Rows in memory.</summary>
    public static RecordSource Memory(IReadOnlyList<string> columns, IReadOnlyList<string[]> rows) => new("the command line", () => new MemoryReader(columns, rows));
}
