namespace Microsoft.ML.Data;

/// <summary>Between .NET types and column types.</summary>
internal static class TypeExtensions
{
    internal static NumberDataViewType NumberType(Type type) => NumberDataViewType.All.FirstOrDefault(number => number.RawType == type);

    /// <summary>The column type of a plain .NET type, or null.</summary>
    internal static PrimitiveDataViewType PrimitiveType(Type type) => type switch
    {
        _ when type == typeof(string) || type == typeof(ReadOnlyMemory<char>) => TextDataViewType.Instance,
        _ when type == typeof(bool) => BooleanDataViewType.Instance,
        _ when type == typeof(DateTime) => DateTimeDataViewType.Instance,
        _ when type == typeof(DateTimeOffset) => DateTimeOffsetDataViewType.Instance,
        _ when type == typeof(TimeSpan) => TimeSpanDataViewType.Instance,
        _ when type == typeof(DataViewRowId) => RowIdDataViewType.Instance,
        _ => NumberType(type),
    };

    /// <summary>The type of the items of a vector, or the type itself.</summary>
    internal static DataViewType ItemType(this DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : type;

    internal static ulong KeyCount(this DataViewType type) => type.ItemType() is KeyDataViewType key ? key.Count : 0;
}
