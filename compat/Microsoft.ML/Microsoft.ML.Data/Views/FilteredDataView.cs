namespace Microsoft.ML.Data;

/// <summary>Those rows of a view that a test accepts.</summary>
/// <param name="source">The view.</param>
/// <param name="tested">The columns that the test reads.</param>
/// <param name="createTest">Makes the test of the row that a cursor is at.</param>
/// <param name="canShuffle">Whether rows may come in another order.</param>
internal sealed class FilteredDataView(IDataView source, DataViewSchema.Column[] tested, Func<DataViewRow, Func<FilterVerdict>> createTest, bool canShuffle)
    : IDataView
{
    public DataViewSchema Schema => source.Schema;

    public bool CanShuffle => canShuffle && source.CanShuffle;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        IEnumerable<DataViewSchema.Column> read = columns.Concat(tested).DistinctBy(column => column.Index);
        return new Cursor(source.GetRowCursor(read, CanShuffle ? rand : null), columns, createTest);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : WrappedCursor
    {
        private readonly HashSet<int> _active;
        private readonly Func<FilterVerdict> _test;
        private long _position = -1;

        internal Cursor(DataViewRowCursor input, IEnumerable<DataViewSchema.Column> active, Func<DataViewRow, Func<FilterVerdict>> createTest)
            : base(input)
        {
            _active = [.. active.Select(column => column.Index)];
            _test = createTest(input);
        }

        public override long Position => _position;

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

        public override bool MoveNext()
        {
            while (Input.MoveNext())
            {
                switch (_test())
                {
                    case FilterVerdict.Keep:
                        _position++;
                        return true;
                    case FilterVerdict.End:
                        _position = -1;
                        return false;
                }
            }

            _position = -1;
            return false;
        }
    }
}
