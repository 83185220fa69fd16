using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>Labels from a vector column: a Boolean or a number a label, or the keys of the labels that are on.</summary>
internal sealed class LabelVectorSource : ILabelSource
{
    private const string Needed = "a vector of Boolean or Single of known size, or a vector of keys";
    private readonly DataViewSchema.Column _column;

    private LabelVectorSource(DataViewSchema.Column column, IReadOnlyList<string> names) => (_column, Names) = (column, names);

    public IReadOnlyList<string> Names { get; }

    public bool AreSeveral => true;

    /// <summary>Finds and checks the column.</summary>
    public static LabelVectorSource Find(DataViewSchema schema, string name, string option, ColumnCheck check)
    {
        var column = check.Find(schema, name, option, Needed, type => type is VectorDataViewType vector
            && (vector.ItemType is KeyDataViewType || (vector.IsKnownSize && (vector.ItemType is BooleanDataViewType || vector.ItemType == NumberDataViewType.Single))));
        var vector = (VectorDataViewType)column.Type;
        if (vector.ItemType is KeyDataViewType key)
        {
            check.CheckCount(key, name, option);
            return new LabelVectorSource(column, KeyValues.OfItems(column, key)?.Names ?? Numbers((int)key.Count));
        }

        return new LabelVectorSource(column, SlotNames(column, vector.Size) ?? Numbers(vector.Size));
    }

    /// <summary>Checks the column.</summary>
    public static void CheckShape(SchemaShape shape, string name, string option, ColumnCheck check) => check.Find(shape, name, option, Needed,
        c => c.Kind != SchemaShape.Column.VectorKind.Scalar
            && (c.IsKey || (c.Kind == SchemaShape.Column.VectorKind.Vector && (c.ItemType is BooleanDataViewType || c.ItemType == NumberDataViewType.Single))));

    public IEnumerable<DataViewSchema.Column> Columns(DataViewSchema schema) => [schema[_column.Name]];

    public Func<bool> Reader(DataViewRow row, ExampleLabels labels)
    {
        var column = row.Schema[_column.Name];
        var item = ((VectorDataViewType)column.Type).ItemType;
        if (item is BooleanDataViewType)
            return Places<bool>(row, column, labels, value => value);
        if (item is not KeyDataViewType)
            return Places<float>(row, column, labels, value => float.IsNaN(value) ? null : value > 0.5f);
        return Type.GetTypeCode(item.RawType) switch
        {
            TypeCode.Byte => Keys<byte>(row, column, labels, value => value),
            TypeCode.UInt16 => Keys<ushort>(row, column, labels, value => value),
            TypeCode.UInt32 => Keys<uint>(row, column, labels, value => value),
            _ => Keys<ulong>(row, column, labels, value => value),
        };
    }

    // A place that is not a number is a label that is missing, and so the row's.
    private Func<bool> Places<T>(DataViewRow row, DataViewSchema.Column column, ExampleLabels labels, Func<T, bool?> isOn)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> values = default;
        var on = new bool[Names.Count];
        return () =>
        {
            getter(ref values);
            var place = 0;
            foreach (var value in values.DenseValues())
            {
                if (isOn(value) is not { } yes)
                    return false;
                on[place++] = yes;
            }

            labels.Add(on);
            return true;
        };
    }

    private Func<bool> Keys<T>(DataViewRow row, DataViewSchema.Column column, ExampleLabels labels, Func<T, ulong> toNumber)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> values = default;
        return () =>
        {
            getter(ref values);
            var on = new bool[Names.Count];
            foreach (var value in values.DenseValues())
            {
                if (toNumber(value) is var number and > 0 && number <= (ulong)on.Length)
                    on[(int)number - 1] = true;
            }

            labels.Add(on);
            return true;
        };
    }

    private static string[]? SlotNames(DataViewSchema.Column column, int size)
    {
        if (column.Annotations.Schema.GetColumnOrNull(AnnotationNames.SlotNames) is not { Type: VectorDataViewType { ItemType: TextDataViewType } })
            return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.Annotations.GetValue(AnnotationNames.SlotNames, ref names);
        return names.Length == size ? [.. names.DenseValues().Select(n => n.ToString())] : null;
    }

    private static string[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
}
