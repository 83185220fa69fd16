using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Pipeline;

/// <summary>Rows in memory, column by column, as data.</summary>
internal sealed class TableView : IDataView
{
    private readonly IReadOnlyList<Array> _columns;
    private readonly int _rows;

    private TableView(DataViewSchema schema, IReadOnlyList<Array> columns, int rows) => (Schema, _columns, _rows) = (schema, columns, rows);

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => _rows;

    /// <summary>Makes the data.</summary>
    /// <param name="columns">Name, values (one a row) and their type.</param>
    public static TableView Of(params IReadOnlyList<(string Name, DataViewType Type, Array Values)> columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var (name, type, values) in columns)
        {
            if (values.GetType().GetElementType() != type.RawType || values.Length != columns[0].Values.Length)
                throw new ArgumentException($"Column '{name}' is {type} with {values.Length} values of {values.GetType()}.", nameof(columns));
            builder.AddColumn(name, type);
        }

        return new TableView(builder.ToSchema(), [.. columns.Select(column => column.Values)], columns[0].Values.Length);
    }

    /// <summary>A column of texts.</summary>
    public static (string Name, DataViewType Type, Array Values) Texts(string name, IEnumerable<string> texts) =>
        (name, TextDataViewType.Instance, texts.Select(text => text.AsMemory()).ToArray());

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(TableView view, IEnumerable<DataViewSchema.Column> columnsNeeded) : DataViewRowCursor
    {
        private readonly HashSet<int> _active = [.. columnsNeeded.Select(column => column.Index)];
        private int _row = -1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _row;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            _row = _row + 1 < view._rows && _row > -2 ? _row + 1 : -2;
            return _row >= 0;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_row, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!IsColumnActive(column))
                throw new InvalidOperationException($"Column '{column.Name}' was not asked for when the cursor was made, so it has no values.");
            var values = view._columns[column.Index] as TValue[]
                ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}; its values cannot be read as {typeof(TValue)}.");
            return (ref TValue value) => value = values[_row];
        }
    }
}
