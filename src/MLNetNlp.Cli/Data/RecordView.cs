using Microsoft.ML;

namespace MLNetNlp.Cli.Data;

/// <summary>Chosen columns of data files (or of rows in memory) as an ML.NET data view, read from the start for every cursor: nothing is held in memory.</summary>
internal sealed class RecordView : IDataView
{
    private readonly RowFilter? _filter;

    public RecordView(IReadOnlyList<RecordSource> sources, IReadOnlyList<ViewColumn> columns, RowFilter? filter = null)
    {
        Sources = sources;
        Columns = columns;
        _filter = filter;
        var builder = new DataViewSchema.Builder();
        foreach (var column in columns)
            builder.AddColumn(column.Name, column.Type);
        Schema = builder.ToSchema();

        // Wrong columns are an error now, not when the first row is asked for.
        foreach (var source in sources)
        {
            using var reader = source.Open();
            Locate(source.Name, reader.Columns);
        }
    }

    public IReadOnlyList<RecordSource> Sources { get; }

    public IReadOnlyList<ViewColumn> Columns { get; }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new RecordCursor(this, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    /// <summary>The same rows less those that <paramref name="filter"/> refuses; row numbers stay those of the files.</summary>
    public RecordView Where(RowFilter filter) =>
        new(Sources, Columns, _filter is { } mine ? (row, values) => mine(row, values) && filter(row, values) : filter);

    /// <summary>The rows that take part: each column's text, and where the row is.</summary>
    public IEnumerable<(string Source, long Line, string[] Values)> Rows()
    {
        long row = 0;
        foreach (var source in Sources)
        {
            using var reader = source.Open();
            var positions = Locate(source.Name, reader.Columns);
            while (reader.TryRead(out var record))
            {
                var values = new string[positions.Length];
                for (var i = 0; i < values.Length; i++)
                    values[i] = positions[i] >= 0 ? record.Fields[positions[i]] : Columns[i].Header == ViewColumn.JsonHeader ? record.Json ?? "" : "";
                if (_filter is null || _filter(row, values))
                    yield return (source.Name, record.Line, values);
                row++;
            }
        }
    }

    private int[] Locate(string source, IReadOnlyList<string> header) => [.. Columns.Select(column => column switch
    {
        { Position: >= 0 } => column.Position,
        { Header: null or ViewColumn.JsonHeader } => -1,
        _ => FileColumns.Find(source, header, column.Header),
    })];
}
