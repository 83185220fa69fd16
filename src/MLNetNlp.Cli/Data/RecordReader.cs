namespace MLNetNlp.Cli.Data;

/// <summary>Reads a data file row by row, holding one row at a time.</summary>
/// <remarks>
/// ML.NET's own text loader is not used: it takes columns by number, leaves out lines that begin with <c>//</c> and pads rows that are too short without a word.
/// </remarks>
internal abstract class RecordReader : IDisposable
{
    /// <summary>The column names, in the file's order.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>Reads the next row; false at the end of the file.</summary>
    /// <exception cref="CliException">The file is malformed; the message names the file and the line.</exception>
    public abstract bool TryRead(out Record record);

    public abstract void Dispose();

    /// <summary>Opens a <c>.tsv</c>, <c>.csv</c> or <c>.jsonl</c> file and reads its header.</summary>
    public static RecordReader Open(string path)
    {
        var format = FileFormats.Of(path);
        if (Directory.Exists(path))
            throw new CliException($"'{path}' is a folder, not a data file.");
        if (!File.Exists(path))
            throw new CliException($"There is no file '{path}'.");
        return format switch
        {
            FileFormat.Tsv => new TsvReader(path),
            FileFormat.Csv => new CsvReader(path),
            _ => new JsonLinesReader(path),
        };
    }

    private protected static StreamReader OpenText(string path) => new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan));

    private protected static CliException Malformed(string path, long line, string what) => new($"'{path}', line {line}: {what}");

    private protected static void CheckFieldCount(string path, long line, int found, int columns)
    {
        if (found != columns)
            throw Malformed(path, line, $"{found} field{(found == 1 ? "" : "s")}, but the header has {columns}.");
    }
}
