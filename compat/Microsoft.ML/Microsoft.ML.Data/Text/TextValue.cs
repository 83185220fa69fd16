namespace Microsoft.ML.Data;

/// <summary>The value of one column in the current line.</summary>
internal abstract class TextValue
{
    internal abstract Delegate Getter { get; }

    internal static TextValue Create(TextColumn column, TextFormat format) =>
        (TextValue)DataViewExtensions.InvokeStatic(typeof(TextValue), nameof(CreateCore), column.ItemType.RawType, column, format);

    /// <summary>Reads the value; names the place to <paramref name="note"/> where the text is no such value, but the type has a missing one.</summary>
    internal abstract void Read(TextFields fields, long line, Action<string> note);

    private static TextValue CreateCore<T>(TextColumn column, TextFormat format) =>
        column.Type is VectorDataViewType ? new VectorValue<T>(column, format) : new SingleValue<T>(column, format);

    private sealed class SingleValue<T> : TextValue
    {
        private readonly TextColumn _column;
        private readonly TextParser<T> _parse;
        private readonly bool _hasMissing;
        private readonly bool _emptyIsMissing;
        private T _value;

        internal SingleValue(TextColumn column, TextFormat format)
        {
            _column = column;
            _parse = TextParser.For<T>(column.ItemType, format, out _hasMissing);
            _emptyIsMissing = format.MissingAsNaN && (typeof(T) == typeof(float) || typeof(T) == typeof(double));
        }

        internal override Delegate Getter => (ValueGetter<T>)((ref T value) => value = _value);

        internal override void Read(TextFields fields, long line, Action<string> note)
        {
            if (!fields.TryGet(_column.Segments[0].Min, out ReadOnlyMemory<char> text) && !_emptyIsMissing)
            {
                _value = default;
            }
            else if (!_parse(text, out _value))
            {
                Contracts.Check(_hasMissing, $"Could not parse value {text} in line {line}, column {_column.Name}");
                note(_column.Name);
            }
        }
    }

    // Empty fields are default values, so vectors with few others are sparse, as soon as less than half is there.
    private sealed class VectorValue<T> : TextValue
    {
        private readonly TextColumn _column;
        private readonly TextParser<T> _parse;
        private readonly bool _hasMissing;
        private readonly bool _emptyIsMissing;
        private readonly List<T> _values = [];
        private readonly List<int> _slots = [];
        private int _size;

        internal VectorValue(TextColumn column, TextFormat format)
        {
            _column = column;
            _parse = TextParser.For<T>(column.ItemType, format, out _hasMissing);
            _emptyIsMissing = format.MissingAsNaN && (typeof(T) == typeof(float) || typeof(T) == typeof(double));
        }

        internal override Delegate Getter => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            bool sparse = _values.Count <= _size / 2 && _values.Count < _size;
            VBufferEditor<T> editor = VBufferEditor.Create(ref value, _size, sparse ? _values.Count : _size);
            if (sparse)
            {
                System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_values).CopyTo(editor.Values);
                System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_slots).CopyTo(editor.Indices);
            }
            else
            {
                editor.Values.Clear();
                for (int i = 0; i < _slots.Count; i++)
                {
                    editor.Values[_slots[i]] = _values[i];
                }
            }

            value = editor.Commit();
        });

        internal override void Read(TextFields fields, long line, Action<string> note)
        {
            _values.Clear();
            _slots.Clear();
            _size = 0;
            foreach ((int min, int end) in _column.Segments)
            {
                int limit = end == TextColumn.Unlimited ? Math.Max(min, fields.Limit) : end;
                int next = fields.FirstAtOrAfter(min);
                for (; next < fields.Count && fields[next].Column < limit; next++)
                {
                    (int column, ReadOnlyMemory<char> text) = fields[next];
                    Add(_size + column - min, text, line, note);
                }

                // Fields that the line does not have at all.
                for (int column = Math.Max(min, fields.Limit); _emptyIsMissing && column < limit; column++)
                {
                    Add(_size + column - min, default, line, note);
                }

                _size += limit - min;
            }
        }

        private void Add(int slot, ReadOnlyMemory<char> text, long line, Action<string> note)
        {
            if (!_parse(text, out T value))
            {
                Contracts.Check(_hasMissing, $"Could not parse value {text} in slot {slot} of column {_column.Name} in line {line}");
                note($"{_column.Name} at slot {slot}");
            }

            _values.Add(value);
            _slots.Add(slot);
        }
    }
}
