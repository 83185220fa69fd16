using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>Reads the class of a row as text, from a label column of any type that classes come in.</summary>
internal static class ClassNames
{
    private const string Needed = "text, a key, Boolean or a number";

    /// <summary>Finds and checks the label column.</summary>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name, ColumnCheck check) => check.Find(schema, name, "labelColumnName", Needed,
        type => type is TextDataViewType or BooleanDataViewType or NumberDataViewType or KeyDataViewType);

    /// <summary>Something that reads the class of the row that the cursor is on; null where the row has none.</summary>
    public static Func<string?> Reader(DataViewRow row, DataViewSchema.Column column)
    {
        var isKey = column.Type is KeyDataViewType;
        return Type.GetTypeCode(column.Type.RawType) switch
        {
            TypeCode.Boolean => Read<bool>(row, column, value => value ? "True" : "False"),
            TypeCode.Byte => Read<byte>(row, column, value => Number(value)),
            TypeCode.UInt16 => Read<ushort>(row, column, value => Number(value)),
            TypeCode.UInt32 => Read<uint>(row, column, value => Number(value)),
            TypeCode.UInt64 => Read<ulong>(row, column, value => Number(value)),
            TypeCode.SByte => Read<sbyte>(row, column, value => Number(value)),
            TypeCode.Int16 => Read<short>(row, column, value => Number(value)),
            TypeCode.Int32 => Read<int>(row, column, value => Number(value)),
            TypeCode.Int64 => Read<long>(row, column, value => Number(value)),
            TypeCode.Single => Read<float>(row, column, value => float.IsNaN(value) ? null : Number(value)),
            TypeCode.Double => Read<double>(row, column, value => double.IsNaN(value) ? null : Number(value)),
            _ => Read<ReadOnlyMemory<char>>(row, column, value => value.IsEmpty ? null : value.ToString()),
        };

        // A key's 0 is a missing label.
        string? Number<T>(T value)
            where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture) is var text && isKey && text == "0" ? null : text;
    }

    private static Func<string?> Read<T>(DataViewRow row, DataViewSchema.Column column, Func<T, string?> format)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return format(value);
        };
    }
}
