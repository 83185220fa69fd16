using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Pipeline;

/// <summary>Reads a window of rows ahead, so that the scorer can run them in a few large batches of like length.</summary>
/// <remarks>
/// The source is read once, and the values of the columns that pass through are kept for the window. So shuffled cursors, the cursors of a set and sources that
/// give
/// other rows the second time are all served alike, which a second cursor in step with the first could not.
/// </remarks>
internal sealed class LookAheadCursor : DataViewRowCursor
{
    private const int SmallestWindow = 32;
    private const int LargestWindow = 1024;
    private const long KeptBytes = 64 << 20;

    private readonly RowMapper _mapper;
    private readonly DataViewRowCursor _input;
    private readonly bool[] _active;
    private readonly IRowScorer _scorer;
    private readonly KeptColumn?[] _kept;
    private readonly ValueGetter<DataViewRowId> _idGetter;
    private readonly int _largestWindow;
    private readonly DataViewRowId[] _ids;
    private readonly long[] _batches;
    private int _window = SmallestWindow;
    private int _count;
    private int _at = -1;
    private long _position = -1;
    private bool _ended;

    public LookAheadCursor(RowMapper mapper, DataViewRowCursor input, bool[] active)
    {
        _mapper = mapper;
        _input = input;
        _active = active;
        _scorer = mapper.Transformer.CreateScorer(input);
        _kept = new KeptColumn?[mapper.InputCount];
        long rowBytes = 1;
        for (var i = 0; i < _kept.Length; i++)
        {
            if (!active[i])
                continue;
            _kept[i] = KeptColumn.Create(input, input.Schema[i]);
            rowBytes += KeptColumn.RowBytes(input.Schema[i].Type);
        }

        _idGetter = input.GetIdGetter();
        _largestWindow = (int)Math.Clamp(KeptBytes / rowBytes, SmallestWindow, LargestWindow);
        _ids = new DataViewRowId[_largestWindow];
        _batches = new long[_largestWindow];
    }

    public override DataViewSchema Schema => _mapper.OutputSchema;

    public override long Position => _at < 0 ? -1 : _position;

    public override long Batch => _at < 0 ? 0 : _batches[_at];

    public override bool MoveNext()
    {
        if (_at + 1 >= _count && !Fill())
        {
            _at = -1;
            return false;
        }

        _at++;
        _position++;
        _scorer.Select(_at);
        return true;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = _ids[Current()];

    public override bool IsColumnActive(DataViewSchema.Column column) => column.Index < _active.Length && _active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        RowMapper.CheckActive(_active, column);
        if (column.Index < _mapper.InputCount)
            return _mapper.Getter<TValue>(_kept[column.Index]!.Getter(Current), column);
        var getter = _mapper.Getter<TValue>(_scorer.Getter(column.Index - _mapper.InputCount), column);
        return (ref TValue value) =>
        {
            Current();
            getter(ref value);
        };
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _ended = true;
            (_at, _count) = (-1, 0);
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Current() => _at >= 0 ? _at
        : throw new InvalidOperationException("The cursor is not on a row: call MoveNext first, and stop when it returns false.");

    // The window starts small, so that whoever looks at the first few rows does not pay for a thousand.
    private bool Fill()
    {
        _scorer.Clear();
        (_count, _at) = (0, -1);
        while (!_ended && _count < _window)
        {
            if (!_input.MoveNext())
            {
                _ended = true;
                break;
            }

            _scorer.Add();
            foreach (var column in _kept)
                column?.Keep(_count);
            _idGetter(ref _ids[_count]);
            _batches[_count] = _input.Batch;
            _count++;
        }

        _window = Math.Min(_window * 2, _largestWindow);
        return _count > 0;
    }
}
