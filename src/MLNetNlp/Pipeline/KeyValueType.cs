using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Pipeline;

/// <summary>A type that label values can have: how it is read from an annotation, and how it is written in a model's manifest.</summary>
internal abstract class KeyValueType
{
    private static readonly KeyValueType[] All =
    [
        new Typed<ReadOnlyMemory<char>>(TextDataViewType.Instance, v => v.ToString(), s => s.AsMemory()),
        Number<sbyte>(NumberDataViewType.SByte), Number<byte>(NumberDataViewType.Byte),
        Number<short>(NumberDataViewType.Int16), Number<ushort>(NumberDataViewType.UInt16),
        Number<int>(NumberDataViewType.Int32), Number<uint>(NumberDataViewType.UInt32),
        Number<long>(NumberDataViewType.Int64), Number<ulong>(NumberDataViewType.UInt64),
        Number<float>(NumberDataViewType.Single), Number<double>(NumberDataViewType.Double),
        new Typed<bool>(BooleanDataViewType.Instance, v => v ? "True" : "False", bool.Parse),
        new Typed<DateTime>(DateTimeDataViewType.Instance, v => v.ToString("O", CultureInfo.InvariantCulture),
            s => DateTime.Parse(s, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)),
        new Typed<DateTimeOffset>(DateTimeOffsetDataViewType.Instance, v => v.ToString("O", CultureInfo.InvariantCulture),
            s => DateTimeOffset.Parse(s, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)),
        new Typed<TimeSpan>(TimeSpanDataViewType.Instance, v => v.ToString("c", CultureInfo.InvariantCulture),
            s => TimeSpan.ParseExact(s, "c", CultureInfo.InvariantCulture)),
    ];

    private KeyValueType(PrimitiveDataViewType type, string name)
    {
        Type = type;
        Name = name;
    }

    /// <summary>ML.NET's type of one value.</summary>
    public PrimitiveDataViewType Type { get; }

    /// <summary>The type's name in a manifest, for example <c>String</c>, <c>Int32</c>.</summary>
    public string Name { get; }

    /// <summary>The type of a value, or of a vector of values; null when such values cannot be kept.</summary>
    public static KeyValueType? Of(DataViewType type)
    {
        var item = type is VectorDataViewType vector ? vector.ItemType : type;
        return Array.Find(All, t => t.Type.Equals(item));
    }

    /// <summary>The type of that name; null when there is none.</summary>
    public static KeyValueType? Named(string name) => Array.Find(All, t => t.Name == name);

    /// <summary>The values in a key column's annotation.</summary>
    public abstract KeyValues Read(DataViewSchema.Column column);

    /// <summary>The values that <see cref="KeyValues.Names"/> stand for.</summary>
    /// <exception cref="FormatException">A name is no value of this type.</exception>
    public abstract KeyValues Parse(IReadOnlyList<string> names);

    /// <summary>Some default values.</summary>
    public abstract KeyValues Placeholder(int count);

    private static Typed<T> Number<T>(NumberDataViewType type)
        where T : unmanaged, IFormattable, IParsable<T> =>
        new(type, v => v.ToString(null, CultureInfo.InvariantCulture), s => T.Parse(s, CultureInfo.InvariantCulture));

    private sealed class Typed<T>(PrimitiveDataViewType type, Func<T, string> format, Func<string, T> parse)
        : KeyValueType(type, typeof(T) == typeof(ReadOnlyMemory<char>) ? "String" : typeof(T).Name)
    {
        public override KeyValues Read(DataViewSchema.Column column)
        {
            VBuffer<T> values = default;
            column.Annotations.GetValue(AnnotationNames.KeyValues, ref values);
            return Make(values.DenseValues().ToArray());
        }

        public override KeyValues Parse(IReadOnlyList<string> names) => Make([.. names.Select(parse)]);

        public override KeyValues Placeholder(int count) => Make(new T[count]);

        private Values<T> Make(T[] values) => new(Type, values, [.. values.Select(format)]);
    }

    private sealed class Values<T>(PrimitiveDataViewType type, T[] values, IReadOnlyList<string> names) : KeyValues(type, names)
    {
        public override void AddTo(DataViewSchema.Annotations.Builder annotations, string annotationName)
        {
            ValueGetter<VBuffer<T>> getter = (ref VBuffer<T> buffer) =>
            {
                var editor = VBufferEditor.Create(ref buffer, values.Length);
                values.CopyTo(editor.Values);
                buffer = editor.Commit();
            };
            annotations.Add(annotationName, new VectorDataViewType(Type, values.Length), getter);
        }
    }
}
