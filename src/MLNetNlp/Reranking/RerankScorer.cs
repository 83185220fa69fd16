using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.Inputs;

namespace MLNetNlp;

/// <summary>Scores the candidates of a window of rows, all at once when the first output is asked for.</summary>
internal sealed class RerankScorer : IRowScorer
{
    private readonly PairScorer _scorer;
    private readonly RerankColumns _columns;
    private readonly int _top;
    private readonly object _owner;
    private readonly DataViewRow _input;
    private readonly ValueGetter<ReadOnlyMemory<char>> _query;
    private readonly ValueGetter<VBuffer<ReadOnlyMemory<char>>> _candidates;
    private readonly ReorderedColumn[] _reordered;
    private readonly TokenizedTexts _pairs = new();

    // For each row its candidates' pairs by number; -1: no text, so no pair.
    private readonly List<int[]> _pairsOfRow = [];
    private (float[] Scores, int[] Order)[]? _ranked;
    private VBuffer<ReadOnlyMemory<char>> _texts;
    private ReadOnlyMemory<char> _queryText;
    private int _row;

    public RerankScorer(PairScorer scorer, RerankColumns columns, int top, DataViewRow input, object owner)
    {
        (_scorer, _columns, _top, _input, _owner) = (scorer, columns, top, input, owner);
        _query = input.GetGetter<ReadOnlyMemory<char>>(input.Schema[columns.Query]);
        _candidates = input.GetGetter<VBuffer<ReadOnlyMemory<char>>>(input.Schema[columns.Candidates]);
        _reordered = [.. ((string[])[columns.Candidates, .. columns.Others]).Select(name => ReorderedColumn.Create(input, input.Schema[name]))];
    }

    public void Add()
    {
        _query(ref _queryText);
        _candidates(ref _texts);
        var pairs = new List<int>();
        foreach (var text in _texts.DenseValues())
        {
            if (text.Span.IsWhiteSpace())
            {
                pairs.Add(-1);
                continue;
            }

            pairs.Add(_pairs.Count);
            _scorer.Append(_queryText.Span, text.Span, _pairs);
        }

        _pairsOfRow.Add([.. pairs]);
        for (var i = 0; i < _reordered.Length; i++)
        {
            var count = _reordered[i].Add();
            if (count != pairs.Count)
            {
                throw new ArgumentException($"Row {_input.Position}: column '{_columns.Others[i - 1]}' has {count} values, but '{_columns.Candidates}' has {pairs.Count}; "
                    + $"{RerankTransformer.Component} needs one for each candidate.");
            }
        }
    }

    public void Select(int row) => _row = row;

    public void Clear()
    {
        _pairs.Clear();
        _pairsOfRow.Clear();
        _ranked = null;
        foreach (var column in _reordered)
            column.Clear();
    }

    public Delegate Getter(int output) => output switch
    {
        0 => _reordered[0].Getter(() => _row, () => Ranked().Order),
        1 => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
        {
            var (scores, order) = Ranked();
            var editor = VBufferEditor.Create(ref value, order.Length);
            for (var i = 0; i < order.Length; i++)
                editor.Values[i] = scores[order[i]];
            value = editor.Commit();
        }),
        _ => _reordered[output - 1].Getter(() => _row, () => Ranked().Order),
    };

    private (float[] Scores, int[] Order) Ranked()
    {
        if (_ranked is null)
        {
            var scores = new float[_pairs.Count];
            if (scores.Length > 0)
                _scorer.Run(_pairs, scores, _owner);
            _ranked = [.. _pairsOfRow.Select(pairs => Rank(Array.ConvertAll(pairs, pair => pair < 0 ? float.NaN : scores[pair])))];
        }

        return _ranked[_row];
    }

    // A stable order: equal scores stay as the search had them; NaN, for no text, compares lowest.
    private (float[], int[]) Rank(float[] scores) =>
        (scores, [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).Take(_top)]);
}
