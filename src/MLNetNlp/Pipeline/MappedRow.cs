using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Pipeline;

/// <summary>One row with the outputs added: the way of prediction engines. Each new input is a batch of one.</summary>
internal sealed class MappedRow : DataViewRow
{
    private readonly RowMapper _mapper;
    private readonly DataViewRow _input;
    private readonly bool[] _active;
    private readonly IRowScorer? _scorer;
    private long _scored = -1;

    public MappedRow(RowMapper mapper, DataViewRow input, bool[] active)
    {
        _mapper = mapper;
        _input = input;
        _active = active;
        if (active.AsSpan(mapper.InputCount).Contains(true))
            _scorer = mapper.Transformer.CreateScorer(input);
    }

    public override DataViewSchema Schema => _mapper.OutputSchema;

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => column.Index < _active.Length && _active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        RowMapper.CheckActive(_active, column);
        if (column.Index < _mapper.InputCount)
            return _input.GetGetter<TValue>(_input.Schema[column.Index]);
        var getter = _mapper.Getter<TValue>(_scorer!.Getter(column.Index - _mapper.InputCount), column);
        return (ref TValue value) =>
        {
            Refresh();
            getter(ref value);
        };
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _input.Dispose();
        base.Dispose(disposing);
    }

    // A row's content changes with its position and only with it, so several outputs share one forward.
    private void Refresh()
    {
        if (_scored == _input.Position && _scored >= 0)
            return;
        _scored = -1;
        _scorer!.Clear();
        _scorer.Add();
        _scorer.Select(0);
        _scored = _input.Position;
    }
}
