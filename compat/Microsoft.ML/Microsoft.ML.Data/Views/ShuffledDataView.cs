namespace Microsoft.ML.Data;

/// <summary>The rows of a view in a random order, a new one for each cursor: the source's own shuffling, then a pool from which rows are drawn.</summary>
/// <remarks>The pool holds row numbers of a cached copy, so the order is as good as with rows drawn from a pool that is refilled while reading.</remarks>
internal sealed class ShuffledDataView : IDataView
{
    private readonly CacheDataView _cache;
    private readonly IDataView _source;
    private readonly Random _random;
    private readonly int _poolSize;
    private readonly bool _shuffleSource;
    private readonly object _lock = new();

    internal ShuffledDataView(IDataView source, Random random, int poolSize, bool shuffleSource)
    {
        _source = source;
        _cache = new CacheDataView(source);
        _random = random;
        _poolSize = poolSize;
        _shuffleSource = shuffleSource;
    }

    public DataViewSchema Schema => _source.Schema;

    public bool CanShuffle => true;

    public long? GetRowCount() => _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        lock (_lock)
        {
            return _cache.GetOrderedCursor(columnsNeeded, count => Order(count, rand ?? _random));
        }
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private int[] Order(int count, Random random)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        if (_shuffleSource && _source.CanShuffle)
        {
            random.Shuffle(order);
            return order;
        }

        // A pool of poolSize rows: each draw is replaced by the next row read.
        List<int> pool = new(_poolSize);
        int[] drawn = new int[count];
        int read = 0;
        for (int i = 0; i < count; i++)
        {
            while (pool.Count < _poolSize && read < count)
            {
                pool.Add(order[read++]);
            }

            int pick = random.Next(pool.Count);
            drawn[i] = pool[pick];
            pool[pick] = pool[^1];
            pool.RemoveAt(pool.Count - 1);
        }

        return drawn;
    }
}
