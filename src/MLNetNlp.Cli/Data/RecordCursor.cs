using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Cli.Data;

/// <summary>Goes over the rows of a <see cref="RecordView"/>.</summary>
internal sealed class RecordCursor : DataViewRowCursor
{
    private readonly RecordView _view;
    private readonly IEnumerator<(string Source, long Line, string[] Values)> _rows;
    private readonly HashSet<int> _active;
    private long _position = -1;

    public RecordCursor(RecordView view, IEnumerable<DataViewSchema.Column> columnsNeeded)
    {
        _view = view;
        _active = [.. columnsNeeded.Select(column => column.Index)];
        _rows = view.Rows().GetEnumerator();
    }

    public override long Position => _position;

    public override long Batch => 0;

    public override DataViewSchema Schema => _view.Schema;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override bool MoveNext()
    {
        if (!_rows.MoveNext())
        {
            _position = -1;
            return false;
        }

        _position++;
        return true;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new ArgumentException($"Column '{column.Name}' was not asked for when the cursor was made.", nameof(column));
        var parse = FieldParser.For(column.Type);
        if (parse is not FieldParser<TValue> typed)
            throw new ArgumentException($"Column '{column.Name}' is {column.Type}, not {typeof(TValue).Name}.", nameof(column));
        var index = column.Index;
        return (ref TValue value) =>
        {
            var (source, line, values) = _rows.Current;
            if (!typed(values[index], out value))
                throw new CliException($"{source}, line {line}: '{values[index]}' in column '{_view.Columns[index].Header}' is not {FieldParser.Describe(column.Type)}.");
        };
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _rows.Dispose();
        base.Dispose(disposing);
    }
}
