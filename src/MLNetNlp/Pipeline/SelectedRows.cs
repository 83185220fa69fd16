using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Pipeline;

/// <summary>Some of a view's rows, by their number, in the view's order.</summary>
/// <param name="source">All rows.</param>
/// <param name="rows">The numbers of those that stay, rising.</param>
internal sealed class SelectedRows(IDataView source, IReadOnlyList<long> rows) : IDataView
{
    public DataViewSchema Schema => source.Schema;

    // The rows are known by their place in the source's own order.
    public bool CanShuffle => false;

    public long? GetRowCount() => rows.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(source.GetRowCursor(columnsNeeded), rows);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewRowCursor input, IReadOnlyList<long> rows) : DataViewRowCursor
    {
        private long _inputRow = -1;
        private int _position = -1;

        public override DataViewSchema Schema => input.Schema;

        public override long Position => _position < rows.Count ? _position : -1;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            if (++_position >= rows.Count)
                return false;
            while (_inputRow < rows[_position])
            {
                if (!input.MoveNext())
                {
                    _position = rows.Count;
                    return false;
                }

                _inputRow++;
            }

            return true;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) => input.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => input.GetGetter<TValue>(column);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                input.Dispose();
            base.Dispose(disposing);
        }
    }
}
