namespace Microsoft.ML.Data;

/// <summary>The non-empty fields of one line, by column of the text in ascending order.</summary>
internal sealed class TextFields
{
    private readonly List<int> _columns = [];
    private readonly List<ReadOnlyMemory<char>> _texts = [];

    /// <summary>The number of fields, empty ones included.</summary>
    internal int Limit { get; set; }

    internal int Count => _columns.Count;

    internal (int Column, ReadOnlyMemory<char> Text) this[int index] => (_columns[index], _texts[index]);

    internal void Clear()
    {
        _columns.Clear();
        _texts.Clear();
        Limit = 0;
    }

    internal void Add(int column, ReadOnlyMemory<char> text)
    {
        _columns.Add(column);
        _texts.Add(text);
    }

    internal ReadOnlyMemory<char> RemoveLast()
    {
        ReadOnlyMemory<char> last = _texts[^1];
        _columns.RemoveAt(_columns.Count - 1);
        _texts.RemoveAt(_texts.Count - 1);
        return last;
    }

    internal int FirstAtOrAfter(int column)
    {
        int index = _columns.BinarySearch(column);
        return index >= 0 ? index : ~index;
    }

    internal bool TryGet(int column, out ReadOnlyMemory<char> text)
    {
        int index = _columns.BinarySearch(column);
        text = index >= 0 ? _texts[index] : default;
        return index >= 0;
    }
}
