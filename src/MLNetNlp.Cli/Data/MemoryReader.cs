namespace MLNetNlp.Cli.Data;

/// <summary>Rows that are in memory already.</summary>
internal sealed class MemoryReader(IReadOnlyList<string> columns, IReadOnlyList<string[]> rows) : RecordReader
{
    private int _next;

    public override IReadOnlyList<string> Columns => columns;

    public override bool TryRead(out Record record)
    {
        record = _next < rows.Count ? new Record(_next + 1, rows[_next]) : default;
        return _next++ < rows.Count;
    }

    public override void Dispose()
    {
    }
}
