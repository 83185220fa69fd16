using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>The values of a column, each with its key.</summary>
internal sealed class KeyMap<T> : KeyMap
{
    private readonly Dictionary<T, uint> _keys;

    internal KeyMap(PrimitiveDataViewType itemType, T[] values)
        : base(itemType, values.Length)
    {
        Values = values;
        _keys = new Dictionary<T, uint>(values.Length, Equality);
        for (int i = 0; i < values.Length; i++)
        {
            Contracts.CheckDecode(_keys.TryAdd(values[i], (uint)i + 1), $"Corrupt model file: term {i} is there twice");
        }
    }

    internal static IEqualityComparer<T> Equality { get; } =
        typeof(T) == typeof(ReadOnlyMemory<char>) ? (IEqualityComparer<T>)(object)new TextComparer() : EqualityComparer<T>.Default;

    internal static IComparer<T> Order { get; } =
        typeof(T) == typeof(ReadOnlyMemory<char>) ? (IComparer<T>)(object)new TextComparer() : Comparer<T>.Default;

    internal T[] Values { get; }

    internal override Delegate CreateGetter(DataViewRow row, DataViewSchema.Column input)
    {
        if (input.Type is not VectorDataViewType type)
        {
            ValueGetter<T> getValue = row.GetGetter<T>(input);
            T value = default;
            return (ValueGetter<uint>)((ref uint key) =>
            {
                getValue(ref value);
                key = _keys.GetValueOrDefault(value);
            });
        }

        ValueGetter<VBuffer<T>> getVector = row.GetGetter<VBuffer<T>>(input);
        VBuffer<T> vector = default;
        return (ValueGetter<VBuffer<uint>>)((ref VBuffer<uint> keys) =>
        {
            getVector(ref vector);
            Contracts.Check(type.Size == 0 || vector.Length == type.Size, $"Column '{input.Name}': expected {type.Size} slots, but got {vector.Length}");
            VBufferEditor<uint> editor = VBufferEditor.Create(ref keys, vector.Length);
            int slot = 0;
            foreach (T item in vector.DenseValues())
            {
                editor.Values[slot++] = _keys.GetValueOrDefault(item);
            }

            keys = editor.Commit();
        });
    }

    internal override void AddKeyValues(DataViewSchema.Annotations.Builder annotations, DataViewSchema.Column input, bool asText)
    {
        if (Count == 0)
        {
            return;
        }

        if (ItemType is KeyDataViewType key && input.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type is VectorDataViewType known
            && (ulong)known.Size == key.Count)
        {
            DataViewExtensions.Invoke(this, nameof(AddValuesOfKeys), known.ItemType.RawType, annotations, input, known.ItemType, asText);
            return;
        }

        Add(annotations, ItemType, Values, asText);
    }

    internal override void WriteText(TextWriter writer)
    {
        writer.WriteLine(ItemType is TextDataViewType ? $"# Number of terms = {Count}" : $"# Number of terms of type '{ItemType}' = {Count}");
        for (int i = 0; i < Count; i++)
        {
            writer.WriteLine($"{i}\t{TextOf(ItemType, Values[i])}");
        }
    }

    private protected override void WriteValues(BinaryWriter writer) => ValueCodec.WriteValues(writer, ItemType, Values);

    private void AddValuesOfKeys<TValue>(DataViewSchema.Annotations.Builder annotations, DataViewSchema.Column input, PrimitiveDataViewType type, bool asText)
    {
        VBuffer<TValue> known = default;
        input.GetKeyValues(ref known);
        TValue[] values = Array.ConvertAll(Values, key => known.GetItemOrDefault(Convert.ToInt32(key, CultureInfo.InvariantCulture) - 1));
        Add(annotations, type, values, asText);
    }

    private static void Add<TValue>(DataViewSchema.Annotations.Builder annotations, PrimitiveDataViewType type, TValue[] values, bool asText)
    {
        if (asText && type is not TextDataViewType)
        {
            Add(annotations, TextDataViewType.Instance, Array.ConvertAll(values, value => TextOf(type, value).AsMemory()), asText: false);
            return;
        }

        VBuffer<TValue> vector = new(values.Length, values);
        annotations.Add(AnnotationKinds.KeyValues, new VectorDataViewType(type, values.Length), (ref VBuffer<TValue> destination) =>
            vector.CopyTo(ref destination));
    }

    // Keys are written from 0.
    private static string TextOf<TValue>(PrimitiveDataViewType type, TValue value) => value switch
    {
        _ when type is KeyDataViewType => (Convert.ToUInt64(value, CultureInfo.InvariantCulture) - 1).ToString(CultureInfo.InvariantCulture),
        bool truth => truth ? "1" : "0",
        float number => float.IsNaN(number) ? "?" : number.ToString("R", CultureInfo.InvariantCulture),
        double number => double.IsNaN(number) ? "?" : number.ToString("G17", CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("o", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("o", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private sealed class TextComparer : IEqualityComparer<ReadOnlyMemory<char>>, IComparer<ReadOnlyMemory<char>>
    {
        public bool Equals(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<char> text) => string.GetHashCode(text.Span);

        public int Compare(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.SequenceCompareTo(y.Span);
    }
}
