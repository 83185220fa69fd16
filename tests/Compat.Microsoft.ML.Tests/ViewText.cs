using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Compat.Microsoft.ML.Tests;

/// <summary>Small helps with data: files, and views written out as text.</summary>
internal static class ViewText
{
    public static string File(params string[] lines)
    {
        var path = Path.Combine(Path.GetTempPath(), $"compat-ml-{Guid.NewGuid():n}.tsv");
        System.IO.File.WriteAllText(path, string.Join('\n', lines));
        return path;
    }

    /// <summary>The rows of a view, one a line, fields between bars; vectors in brackets, sparse or not.</summary>
    public static string Show(IDataView data)
    {
        List<string> rows = [];
        using var cursor = data.GetRowCursor(data.Schema.Where(column => !column.IsHidden));
        var getters = data.Schema.Where(column => !column.IsHidden).Select(column => Getter(cursor, column)).ToArray();
        while (cursor.MoveNext())
            rows.Add(string.Join('|', getters.Select(getter => getter())));
        return string.Join('\n', rows);
    }

    public static string ShowSchema(DataViewSchema schema) => string.Join("; ", schema.Where(column => !column.IsHidden).Select(column => column.ToString()));

    public static string[] KeyValues(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> values = default;
        column.GetKeyValues(ref values);
        return [.. values.DenseValues().Select(value => value.ToString())];
    }

    private static Func<string> Getter(DataViewRow row, DataViewSchema.Column column)
    {
        var method = column.Type is VectorDataViewType ? nameof(Vector) : nameof(Single);
        var type = column.Type is VectorDataViewType vector ? vector.ItemType.RawType : column.Type.RawType;
        return (Func<string>)typeof(ViewText).GetMethod(method, System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!
            .MakeGenericMethod(type).Invoke(null, [row, column])!;
    }

    private static Func<string> Single<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var get = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            get(ref value);
            return Text(value);
        };
    }

    private static Func<string> Vector<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var get = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        return () =>
        {
            get(ref value);
            return "[" + string.Join(' ', value.DenseValues().Select(Text)) + "]";
        };
    }

    private static string Text<T>(T value) => value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : $"{value}";
}
