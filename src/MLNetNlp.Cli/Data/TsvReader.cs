namespace MLNetNlp.Cli.Data;

/// <summary>Tab-separated values with a header line. Nothing is quoted or escaped, as in the files of GLUE; empty lines are passed over.</summary>
internal sealed class TsvReader : RecordReader
{
    private readonly string _path;
    private readonly StreamReader _text;
    private readonly string[] _columns;
    private long _line;

    public TsvReader(string path)
    {
        _path = path;
        _text = OpenText(path);
        _columns = NextLine()?.Split('\t') ?? throw new CliException($"'{path}' is empty; its first line must hold the column names.");
    }

    public override IReadOnlyList<string> Columns => _columns;

    public override bool TryRead(out Record record)
    {
        if (NextLine() is not { } line)
        {
            record = default;
            return false;
        }

        var fields = line.Split('\t');
        CheckFieldCount(_path, _line, fields.Length, _columns.Length);
        record = new Record(_line, fields);
        return true;
    }

    public override void Dispose() => _text.Dispose();

    private string? NextLine()
    {
        string? line;
        do
        {
            line = _text.ReadLine();
            _line++;
        }
        while (line is { Length: 0 });
        return line;
    }
}
