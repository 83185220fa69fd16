using System.Text;

namespace MLNetNlp.Cli.Data;

/// <summary>Comma-separated values with a header, as in RFC 4180: a quoted field may hold commas, line breaks and doubled quotes. Empty lines are passed over.</summary>
internal sealed class CsvReader : RecordReader
{
    private const int End = -1;

    private readonly string _path;
    private readonly StreamReader _text;
    private readonly string[] _columns;
    private readonly List<string> _fields = [];
    private readonly StringBuilder _field = new();
    private long _line = 1;

    public CsvReader(string path)
    {
        _path = path;
        _text = OpenText(path);
        if (!ReadFields(out _))
            throw new CliException($"'{path}' is empty; its first line must hold the column names.");
        _columns = [.. _fields];
    }

    public override IReadOnlyList<string> Columns => _columns;

    public override bool TryRead(out Record record)
    {
        if (!ReadFields(out var line))
        {
            record = default;
            return false;
        }

        CheckFieldCount(_path, line, _fields.Count, _columns.Length);
        record = new Record(line, [.. _fields]);
        return true;
    }

    public override void Dispose() => _text.Dispose();

    private bool ReadFields(out long line)
    {
        while (_text.Peek() != End)
        {
            _fields.Clear();
            line = _line;
            var quoted = false;
            int next;
            do
            {
                quoted = _text.Peek() == '"';
                next = quoted ? ReadQuoted() : ReadPlain();
                _fields.Add(_field.ToString());
            }
            while (next == ',');

            if (quoted || _fields.Count > 1 || _fields[0].Length > 0)
                return true;
        }

        line = _line;
        return false;
    }

    /// <summary>Reads a field into the buffer and returns what ended it: a comma, a line feed or the end.</summary>
    private int ReadPlain()
    {
        _field.Clear();
        while (true)
        {
            var next = _text.Read();
            if (next is End or ',' or '\n' or '\r')
                return EndOfField(next);
            _field.Append((char)next);
        }
    }

    private int ReadQuoted()
    {
        _field.Clear();
        _text.Read();
        var opened = _line;
        while (true)
        {
            var next = _text.Read();
            if (next == End)
                throw Malformed(_path, opened, "a quote is opened and never closed.");
            if (next == '"')
            {
                if (_text.Peek() != '"')
                    break;
                _text.Read();
            }
            else if (next == '\n')
            {
                _line++;
            }

            _field.Append((char)next);
        }

        var after = _text.Read();
        if (after is not (End or ',' or '\n' or '\r'))
            throw Malformed(_path, _line, $"'{(char)after}' follows a closing quote; a quote inside a quoted field must be doubled.");
        return EndOfField(after);
    }

    private int EndOfField(int ending)
    {
        if (ending == '\r')
        {
            if (_text.Peek() == '\n')
                _text.Read();
            ending = '\n';
        }

        if (ending == '\n')
            _line++;
        return ending;
    }
}
