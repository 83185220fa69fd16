namespace Microsoft.ML.Data;

/// <summary>Keeps the columns that were asked for in memory, from the first reading on.</summary>
internal sealed class CacheDataView(IDataView source) : IDataView
{
    private readonly object _lock = new();
    private readonly System.Collections.Concurrent.ConcurrentDictionary<int, ICachedColumn> _columns = [];
    private readonly List<DataViewRowId> _ids = [];
    private long? _count;

    private interface ICachedColumn
    {
        void Bind(DataViewRow row);

        void Append();

        Delegate Getter(Func<int> row);
    }

    public DataViewSchema Schema => source.Schema;

    public bool CanShuffle => true;

    public long? GetRowCount() => _count ?? source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) => GetOrderedCursor(columnsNeeded, count =>
    {
        int[] order = [.. Enumerable.Range(0, count)];
        rand?.Shuffle(order);
        return order;
    });

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    /// <summary>A cursor in an order that is made for the number of rows.</summary>
    internal DataViewRowCursor GetOrderedCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Func<int, int[]> createOrder)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        Fill(columns);
        return new Cursor(this, columns, createOrder(_ids.Count));
    }

    internal void Fill(IEnumerable<DataViewSchema.Column> columns)
    {
        lock (_lock)
        {
            DataViewSchema.Column[] missing = [.. columns.Where(column => !_columns.ContainsKey(column.Index)).DistinctBy(column => column.Index)];
            if (missing.Length == 0 && _count is not null)
            {
                return;
            }

            using DataViewRowCursor cursor = source.GetRowCursor(missing);
            ICachedColumn[] filled = Array.ConvertAll(missing, column =>
                (ICachedColumn)DataViewExtensions.Invoke(this, nameof(Column), column.Type.RawType, column));
            foreach (ICachedColumn column in filled)
            {
                column.Bind(cursor);
            }

            ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
            DataViewRowId id = default;
            while (cursor.MoveNext())
            {
                foreach (ICachedColumn column in filled)
                {
                    column.Append();
                }

                if (_count is null)
                {
                    getId(ref id);
                    _ids.Add(id);
                }
            }

            _count = _ids.Count;
            for (int i = 0; i < missing.Length; i++)
            {
                _columns[missing[i].Index] = filled[i];
            }
        }
    }

    private ICachedColumn Column<T>(DataViewSchema.Column column) => new CachedColumn<T>(column);

    private sealed class CachedColumn<T>(DataViewSchema.Column column) : ICachedColumn
    {
        private readonly List<T> _values = [];
        private ValueGetter<T> _getter;

        public void Bind(DataViewRow row) => _getter = row.GetGetter<T>(column);

        public void Append()
        {
            T value = default; // not reused: each row's buffers are kept
            _getter(ref value);
            _values.Add(value);
        }

        public Delegate Getter(Func<int> row) => column.Type is VectorDataViewType vector
            ? (Delegate)DataViewExtensions.Invoke(this, nameof(VectorGetter), vector.ItemType.RawType, row)
            : (ValueGetter<T>)((ref T value) => value = _values[row()]);

        private ValueGetter<VBuffer<TItem>> VectorGetter<TItem>(Func<int> row)
        {
            List<VBuffer<TItem>> values = (List<VBuffer<TItem>>)(object)_values;
            return (ref VBuffer<TItem> value) => values[row()].CopyTo(ref value); // a copy, since the caller may write into its buffer
        }
    }

    private sealed class Cursor(CacheDataView view, IEnumerable<DataViewSchema.Column> active, int[] order) : DataViewRowCursor
    {
        private readonly HashSet<int> _active = [.. active.Select(column => column.Index)];
        private int _position = -1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            if (_position + 1 >= order.Length)
            {
                _position = -1;
                order = [];
                return false;
            }

            _position++;
            return true;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = view._ids[order[_position]];

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Contracts.Check(IsColumnActive(column), $"Column '{column.Name}' is not active");
            return view._columns[column.Index].Getter(() => order[_position]) as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
        }
    }
}
