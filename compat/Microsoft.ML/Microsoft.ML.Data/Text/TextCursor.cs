using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Reads the rows of text files, one line each.</summary>
internal sealed class TextCursor : DataViewRowCursor
{
    private const long MostMessages = 10;

    private readonly IChannel _channel;
    private readonly TextFormat _format;
    private readonly IMultiStreamSource _files;
    private readonly TextValue[] _values;
    private readonly TextFields _fields = new();
    private readonly IEnumerator<(string Text, long Number)> _lines;
    private readonly int _needed;
    private string _path;
    private long _line;
    private long _position = -1;
    private long _rows;
    private long _badValues;
    private long _badFormats;

    internal TextCursor(IHost host, TextFormat format, TextColumn[] columns, DataViewSchema schema, IMultiStreamSource files, long maxRows, HashSet<int> active)
    {
        _channel = host.Start("ParseStats");
        _format = format;
        _files = files;
        Schema = schema;
        _values = new TextValue[columns.Length];
        foreach (int index in active)
        {
            _values[index] = TextValue.Create(columns[index], format);
            _needed = Math.Max(_needed, columns[index].NeededLimit - 1);
        }

        _lines = ReadLines(maxRows).GetEnumerator();
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _position;

    public override long Batch => 0;

    public override bool MoveNext()
    {
        if (!_lines.MoveNext())
        {
            _position = -1;
            return false;
        }

        (string text, _line) = _lines.Current;
        try
        {
            _format.Split(text, _needed, _fields, WarnOfFormat);
            foreach (TextValue value in _values)
            {
                value?.Read(_fields, _line, NoteBadValue);
            }
        }
        catch (InvalidOperationException e)
        {
            throw Contracts.ExceptDecode($"Parsing failed with an exception: {e.Message}", e);
        }

        _position = _rows++;
        return true;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);

    public override bool IsColumnActive(DataViewSchema.Column column) => _values[column.Index] is not null;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Contracts.Check(IsColumnActive(column), $"Column '{column.Name}' is not active");
        return _values[column.Index].Getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _lines.Dispose();
            if (_badValues > 0 || _badFormats > 0)
            {
                _channel.Info(MessageSensitivity.None, "Processed {0} rows with {1} bad values and {2} format errors", _rows, _badValues, _badFormats);
            }

            _channel.Dispose();
        }

        base.Dispose(disposing);
    }

    private IEnumerable<(string Text, long Number)> ReadLines(long maxRows)
    {
        for (int i = 0; i < _files.Count && maxRows > 0; i++)
        {
            _path = _files.GetPathOrNull(i);
            using TextReader reader = _files.OpenTextReader(i);
            foreach ((string Text, long Number) line in _format.ReadRows(reader))
            {
                yield return line;
                if (--maxRows <= 0)
                {
                    break;
                }
            }
        }
    }

    private void WarnOfFormat(string message)
    {
        if (++_badFormats <= MostMessages)
        {
            _channel.Warning(MessageSensitivity.UserData | MessageSensitivity.Schema, "Format error at {0}({1}): {2}", _path, _line, message);
        }

        if (_badFormats == MostMessages)
        {
            _channel.Warning(MessageSensitivity.None, "Suppressing further format error messages");
        }
    }

    private void NoteBadValue(string place)
    {
        if (++_badValues <= MostMessages)
        {
            _channel.Info(MessageSensitivity.Schema, "  Bad value at line {0} in column {1}", _line, place);
        }

        if (_badValues == MostMessages)
        {
            _channel.Info(MessageSensitivity.None, "  Suppressing further bad value messages");
        }
    }
}
