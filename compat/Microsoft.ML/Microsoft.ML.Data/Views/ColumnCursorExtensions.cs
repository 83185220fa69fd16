namespace Microsoft.ML.Data;

/// <summary>Reads one column.</summary>
public static class ColumnCursorExtensions
{
    /// <summary>The values of a column: its raw type, text as string, a vector as array.</summary>
    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName)
    {
        ArgumentNullException.ThrowIfNull(data);
        Contracts.CheckNonEmpty(columnName, nameof(columnName));
        return data.GetColumn<T>(data.Schema.Require(columnName, "input", nameof(columnName)));
    }

    /// <summary>The values of a column: its raw type, text as string, a vector as array.</summary>
    public static IEnumerable<T> GetColumn<T>(this IDataView data, DataViewSchema.Column column)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (typeof(T) == column.Type.RawType)
        {
            return Read<T, T>(data, column, column.Type is VectorDataViewType vector
                ? (Func<T, T>)DataViewExtensions.InvokeStatic(typeof(ColumnCursorExtensions), nameof(Copy), vector.ItemType.RawType)
                : value => value);
        }

        if (typeof(T) == typeof(string) && column.Type is TextDataViewType)
        {
            return (IEnumerable<T>)Read<ReadOnlyMemory<char>, string>(data, column, text => text.ToString());
        }

        if (typeof(T).IsArray && column.Type is VectorDataViewType type)
        {
            if (typeof(T) == typeof(string[]) && type.ItemType is TextDataViewType)
            {
                return (IEnumerable<T>)Read<VBuffer<ReadOnlyMemory<char>>, string[]>(data, column, texts =>
                    [.. texts.DenseValues().Select(text => text.ToString())]);
            }

            if (typeof(T).GetElementType() == type.ItemType.RawType)
            {
                return (IEnumerable<T>)DataViewExtensions.InvokeStatic(typeof(ColumnCursorExtensions), nameof(Arrays), type.ItemType.RawType, data, column);
            }
        }

        throw Errors.Parameter($"Could not map a data view column '{column.Name}' of type {column.Type} to {typeof(T)}.", nameof(column));
    }

    private static IEnumerable<T[]> Arrays<T>(IDataView data, DataViewSchema.Column column) =>
        Read<VBuffer<T>, T[]>(data, column, vector => [.. vector.DenseValues()]);

    private static Func<VBuffer<T>, VBuffer<T>> Copy<T>() => vector =>
    {
        VBuffer<T> copy = default;
        vector.CopyTo(ref copy);
        return copy;
    };

    private static IEnumerable<TValue> Read<TSource, TValue>(IDataView data, DataViewSchema.Column column, Func<TSource, TValue> convert)
    {
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        ValueGetter<TSource> get = cursor.GetGetter<TSource>(column);
        TSource value = default;
        while (cursor.MoveNext())
        {
            get(ref value);
            yield return convert(value);
        }
    }
}
