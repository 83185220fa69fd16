using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Compat.Microsoft.ML.Tests;

/// <summary>Small helps with data: files, and views written out as text.</summary>
internal static class ViewText
{
    public static string File(params string[] lines)
    {
        var path = Scratch.NewPath(".tsv");
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

    /// <summary>The columns with the values of their annotations, one column a line.</summary>
    public static string ShowAnnotations(IEnumerable<DataViewSchema.Column> columns) => string.Join('\n', columns.Select(column =>
    {
        var schema = column.Annotations.Schema;
        return $"{column.Name}: {column.Type}" + string.Concat(schema.OrderBy(kind => kind.Name, StringComparer.Ordinal).Select(kind =>
            $"; {kind.Name} {kind.Type} = {Getter(new AnnotationRow(column.Annotations), kind)()}"));
    }));

    /// <summary>The columns before there are data, one a line.</summary>
    public static string ShowShape(SchemaShape shape) => string.Join('\n', shape.OrderBy(column => column.Name, StringComparer.Ordinal).Select(column =>
        $"{column.Name}: {column.Kind} {column.ItemType}{(column.IsKey ? " key" : "")}"
        + string.Concat(column.Annotations.OrderBy(kind => kind.Name, StringComparer.Ordinal).Select(kind => $" {kind.Name}"))));

    /// <summary>The items of a column's vectors, or its values, as figures.</summary>
    public static IEnumerable<(string Name, double Value)> Figures(IDataView data, string column) => data.Schema[column].Type is VectorDataViewType
        ? data.GetColumn<float[]>(column).SelectMany((row, i) => row.Select((value, j) => ($"{column}{i},{j}", (double)value)))
        : data.GetColumn<float>(column).Select((value, i) => ($"{column}{i}", (double)value));

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

    private sealed class AnnotationRow(DataViewSchema.Annotations annotations) : DataViewRow
    {
        public override DataViewSchema Schema => annotations.Schema;

        public override long Position => 0;

        public override long Batch => 0;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = default;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => annotations.GetGetter<TValue>(column);
    }
}
