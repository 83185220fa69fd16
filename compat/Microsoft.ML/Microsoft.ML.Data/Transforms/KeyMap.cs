using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>The values of a column, each with its key.</summary>
internal abstract class KeyMap
{
    private const byte TextForm = 0;
    private const byte CodecForm = 1;

    private protected KeyMap(PrimitiveDataViewType itemType, int count)
    {
        ItemType = itemType;
        Count = count;
        KeyType = new KeyDataViewType(typeof(uint), Math.Max(1, count));
    }

    internal PrimitiveDataViewType ItemType { get; }

    internal int Count { get; }

    internal KeyDataViewType KeyType { get; }

    internal static bool CanMap(DataViewType type) => type.ItemType() is NumberDataViewType or TextDataViewType or BooleanDataViewType or KeyDataViewType
        or DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType;

    /// <summary>Reads the values of some columns, in one pass.</summary>
    internal static KeyMap[] Learn(IDataView data, DataViewSchema.Column[] columns, ValueToKeyMappingEstimator.KeyOrdinality ordinality, int maximum)
    {
        foreach (DataViewSchema.Column column in columns.Where(column => !CanMap(column.Type)))
        {
            throw Contracts.ExceptSchemaMismatch("inputSchema", "input", column.Name, "standard type or a vector of standard type", column.Type.ToString());
        }

        using DataViewRowCursor cursor = data.GetRowCursor(columns.DistinctBy(column => column.Index));
        Collector[] collectors = Array.ConvertAll(columns, column =>
            (Collector)DataViewExtensions.InvokeStatic(typeof(KeyMap), nameof(CreateCollector), column.Type.ItemType().RawType, cursor, column, maximum));
        while (cursor.MoveNext())
        {
            foreach (Collector collector in collectors)
            {
                collector.Read();
            }
        }

        return Array.ConvertAll(collectors, collector => collector.Finish(sorted: ordinality == ValueToKeyMappingEstimator.KeyOrdinality.ByValue));
    }

    internal static KeyMap Load(ModelLoadContext ctx)
    {
        switch (ctx.Reader.ReadByte())
        {
            case TextForm:
                return LoadTexts(ctx);
            case CodecForm:
                DataViewType type = ValueCodec.ReadType(ctx.Reader);
                int count = ctx.Reader.ReadInt32();
                Contracts.CheckDecode(type is PrimitiveDataViewType && count >= 0, "Corrupt model file: the terms");
                return (KeyMap)DataViewExtensions.InvokeStatic(typeof(KeyMap), nameof(LoadValues), type.RawType, ctx.Reader, type, count);
            default:
                throw Contracts.ExceptDecode("Corrupt model file: an unknown form of terms");
        }
    }

    /// <summary>Reads texts, of which the number and the ids stand in the block.</summary>
    internal static KeyMap LoadTexts(ModelLoadContext ctx)
    {
        int count = ctx.Reader.ReadInt32();
        Contracts.CheckDecode(count >= 0, "Corrupt model file: the number of terms");
        ReadOnlyMemory<char>[] texts = new ReadOnlyMemory<char>[count];
        for (int i = 0; i < count; i++)
        {
            texts[i] = ctx.LoadNonEmptyString().AsMemory();
        }

        return new KeyMap<ReadOnlyMemory<char>>(TextDataViewType.Instance, texts);
    }

    internal void Save(ModelSaveContext ctx)
    {
        if (this is KeyMap<ReadOnlyMemory<char>> texts)
        {
            ctx.Writer.Write(TextForm);
            ctx.Writer.Write(Count);
            foreach (ReadOnlyMemory<char> text in texts.Values)
            {
                ctx.SaveNonEmptyString(text);
            }

            return;
        }

        ctx.Writer.Write(CodecForm);
        ValueCodec.WriteType(ctx.Writer, ItemType);
        ctx.Writer.Write(Count);
        WriteValues(ctx.Writer);
    }

    /// <summary>Adds the values as annotation: those that the keys stand for, where the values are keys themselves.</summary>
    internal abstract void AddKeyValues(DataViewSchema.Annotations.Builder annotations, DataViewSchema.Column input, bool asText);

    /// <summary>The getter of the keys of a column's values.</summary>
    internal abstract Delegate CreateGetter(DataViewRow row, DataViewSchema.Column input);

    /// <summary>A list for human readers.</summary>
    internal abstract void WriteText(TextWriter writer);

    private protected abstract void WriteValues(BinaryWriter writer);

    private static KeyMap<T> LoadValues<T>(BinaryReader reader, PrimitiveDataViewType type, int count) =>
        new(type, ValueCodec.ReadValues<T>(reader, type, count));

    private static Collector<T> CreateCollector<T>(DataViewRow row, DataViewSchema.Column column, int maximum) => new(row, column, maximum);

    private abstract class Collector
    {
        internal abstract void Read();

        internal abstract KeyMap Finish(bool sorted);
    }

    private sealed class Collector<T> : Collector
    {
        private readonly PrimitiveDataViewType _type;
        private readonly int _maximum;
        private readonly HashSet<T> _known = new(KeyMap<T>.Equality);
        private readonly List<T> _values = [];
        private readonly ValueGetter<T> _get;
        private readonly ValueGetter<VBuffer<T>> _getVector;
        private T _value;
        private VBuffer<T> _vector;

        internal Collector(DataViewRow row, DataViewSchema.Column column, int maximum)
        {
            _type = (PrimitiveDataViewType)column.Type.ItemType();
            _maximum = maximum;
            if (column.Type is VectorDataViewType)
            {
                _getVector = row.GetGetter<VBuffer<T>>(column);
            }
            else
            {
                _get = row.GetGetter<T>(column);
            }
        }

        internal override void Read()
        {
            if (_get is not null)
            {
                _get(ref _value);
                Add(_value);
                return;
            }

            _getVector(ref _vector);
            foreach (T value in _vector.DenseValues())
            {
                Add(value);
            }
        }

        internal override KeyMap Finish(bool sorted)
        {
            if (sorted)
            {
                _values.Sort(KeyMap<T>.Order);
            }

            return new KeyMap<T>(_type, [.. _values]);
        }

        private void Add(T value)
        {
            if (_values.Count < _maximum && !IsMissing(value) && _known.Add(value))
            {
                _values.Add(value);
            }
        }

        // Missing values are those of the types that have one; for keys that is 0.
        private bool IsMissing(T value) => value switch
        {
            ReadOnlyMemory<char> text => text.IsEmpty,
            float number => float.IsNaN(number),
            double number => double.IsNaN(number),
            _ => _type is KeyDataViewType && EqualityComparer<T>.Default.Equals(value, default),
        };
    }
}
