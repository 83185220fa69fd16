namespace Microsoft.ML.Data;

/// <summary>A view of objects, which are enumerated once a cursor.</summary>
internal sealed class EnumerableDataView<TRow>(IEnumerable<TRow> rows, ObjectColumns<TRow> columns) : IDataView
    where TRow : class
{
    public DataViewSchema Schema => columns.Schema;

    public bool CanShuffle => false;

    public long? GetRowCount() => (rows as ICollection<TRow>)?.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(rows, columns, [.. columnsNeeded.Select(column => column.Index)]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly ObjectColumns<TRow> _columns;
        private readonly HashSet<int> _active;
        private readonly IEnumerator<TRow> _rows;
        private TRow _current;
        private long _position = -1;

        internal Cursor(IEnumerable<TRow> rows, ObjectColumns<TRow> columns, HashSet<int> active)
        {
            _columns = columns;
            _active = active;
            _rows = rows.GetEnumerator();
        }

        public override DataViewSchema Schema => _columns.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            if (!_rows.MoveNext())
            {
                _current = null;
                _position = -1;
                return false;
            }

            _current = _rows.Current;
            _position++;
            return true;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Contracts.Check(IsColumnActive(column), $"Column '{column.Name}' is not active");
            return _columns.Getter(column.Index, Current) as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _rows.Dispose();
            }

            base.Dispose(disposing);
        }

        private TRow Current() => _current ?? throw new InvalidOperationException("Values can only be fetched when the cursor is active (MoveNext "
            + "returned true)");
    }
}
