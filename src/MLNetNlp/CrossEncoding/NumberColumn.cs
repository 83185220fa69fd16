using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>Columns that hold a number, or a key that counts as one: the labels and groups that ML.NET's evaluators take.</summary>
internal static class NumberColumn
{
    private const string LabelNeeded = "a Single or key column";
    private const string GroupNeeded = "a key column (MapValueToKey makes one)";

    /// <summary>A Single column.</summary>
    public static DataViewSchema.Column Single(ColumnCheck check, DataViewSchema schema, string name, string option) =>
        check.Find(schema, name, option, "a Single column", type => type == NumberDataViewType.Single);

    /// <summary>A Single column.</summary>
    public static void Single(ColumnCheck check, SchemaShape shape, string name, string option) =>
        check.Find(shape, name, option, "a Single column", c => IsScalar(c) && !c.IsKey && c.ItemType == NumberDataViewType.Single);

    /// <summary>How relevant a row is: a Single, or a key whose first value counts 0.</summary>
    public static DataViewSchema.Column Relevance(ColumnCheck check, DataViewSchema schema, string name, string option) =>
        check.Find(schema, name, option, LabelNeeded, type => type == NumberDataViewType.Single || type is KeyDataViewType);

    /// <summary>How relevant a row is.</summary>
    public static void Relevance(ColumnCheck check, SchemaShape shape, string name, string option) =>
        check.Find(shape, name, option, LabelNeeded, c => IsScalar(c) && (c.IsKey || c.ItemType == NumberDataViewType.Single));

    /// <summary>A key column.</summary>
    public static DataViewSchema.Column Group(ColumnCheck check, DataViewSchema schema, string name, string option) =>
        check.Find(schema, name, option, GroupNeeded, type => type is KeyDataViewType);

    /// <summary>A key column.</summary>
    public static void Group(ColumnCheck check, SchemaShape shape, string name, string option) =>
        check.Find(shape, name, option, GroupNeeded, c => IsScalar(c) && c.IsKey);

    /// <summary>Reads a number; NaN where there is none.</summary>
    public static Func<float> Reader(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is KeyDataViewType)
        {
            var key = KeyReader(row, column);
            return () => key() is var number and > 0 ? number - 1 : float.NaN;
        }

        var getter = row.GetGetter<float>(column);
        var value = 0f;
        return () =>
        {
            getter(ref value);
            return value;
        };
    }

    /// <summary>Reads a key; 0 where it is missing.</summary>
    public static Func<ulong> KeyReader(DataViewRow row, DataViewSchema.Column column) => Type.GetTypeCode(column.Type.RawType) switch
    {
        TypeCode.Byte => Key<byte>(row, column, value => value),
        TypeCode.UInt16 => Key<ushort>(row, column, value => value),
        TypeCode.UInt32 => Key<uint>(row, column, value => value),
        _ => Key<ulong>(row, column, value => value),
    };

    private static bool IsScalar(SchemaShape.Column column) => column.Kind == SchemaShape.Column.VectorKind.Scalar;

    private static Func<ulong> Key<T>(DataViewRow row, DataViewSchema.Column column, Func<T, ulong> toNumber)
        where T : unmanaged
    {
        var getter = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            getter(ref value);
            return toNumber(value);
        };
    }
}
