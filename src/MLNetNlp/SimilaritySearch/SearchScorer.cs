using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.Search;

namespace MLNetNlp;

/// <summary>Searches for all queries of a window at once, when the first output of it is asked for.</summary>
internal sealed class SearchScorer(IQueryRows queries, Func<float[], IReadOnlyList<VectorHit[]>> search, SearchCorpus corpus) : IRowScorer
{
    // Which query a row has, by the row's number; -1: it is empty.
    private readonly List<int> _queryOfRow = [];
    private IReadOnlyList<VectorHit[]>? _hits;
    private int _queryCount;
    private int _row;

    public void Add() => _queryOfRow.Add(queries.TryAdd() ? _queryCount++ : -1);

    public void Select(int row) => _row = row;

    public void Clear()
    {
        queries.Clear();
        _queryOfRow.Clear();
        _queryCount = 0;
        _hits = null;
    }

    public Delegate Getter(int output) => output switch
    {
        0 => Texts(hit => corpus.Ids[hit.Position].AsMemory()),
        1 => Values(static hit => hit.Score),
        _ => Texts(hit => corpus.Texts![hit.Position].AsMemory()),
    };

    private ValueGetter<VBuffer<ReadOnlyMemory<char>>> Texts(Func<VectorHit, ReadOnlyMemory<char>> value) => Values(value);

    private ValueGetter<VBuffer<T>> Values<T>(Func<VectorHit, T> value) => (ref VBuffer<T> values) =>
    {
        var hits = Hits();
        var editor = VBufferEditor.Create(ref values, hits.Length);
        for (var i = 0; i < hits.Length; i++)
            editor.Values[i] = value(hits[i]);
        values = editor.Commit();
    };

    private VectorHit[] Hits()
    {
        if (_queryOfRow[_row] is var query && query < 0)
            return [];
        _hits ??= search(queries.Vectors());
        return _hits[query];
    }
}
