using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Pipeline;

/// <summary>
/// Shapes of columns, made from columns. An estimator describes its outputs once, as the columns that its transformer makes, and gives the shape of those:
/// so what it promises before <c>Fit</c> cannot differ from what comes after.
/// </summary>
internal static class Shapes
{
    /// <summary>The input's columns, with <paramref name="outputs"/> added; an output replaces an input column of its name.</summary>
    public static SchemaShape Append(SchemaShape input, IEnumerable<DataViewSchema.DetachedColumn> outputs)
    {
        var columns = input.ToDictionary(c => c.Name);
        foreach (var output in outputs)
            columns[output.Name] = Of(output.Name, output.Type, output.Annotations);
        return new SchemaShape(columns.Values);
    }

    /// <summary>The shape of one column.</summary>
    public static SchemaShape.Column Of(string name, DataViewType type, DataViewSchema.Annotations? annotations)
    {
        var vector = type as VectorDataViewType;
        var kind = vector is null ? SchemaShape.Column.VectorKind.Scalar
            : vector.IsKnownSize ? SchemaShape.Column.VectorKind.Vector
            : SchemaShape.Column.VectorKind.VariableVector;
        var item = vector?.ItemType ?? type;
        var key = item as KeyDataViewType;
        return NewColumn(name, kind, key is null ? item : KeyNumber(key), key is not null, new SchemaShape(OfAnnotations(annotations)));
    }

    /// <summary>How errors name a column's type: as ML.NET prints it, but for what a shape does not know (sizes).</summary>
    public static string Describe(SchemaShape.Column column)
    {
        var item = column.IsKey ? $"Key<{column.ItemType}>" : column.ItemType.ToString();
        return column.Kind == SchemaShape.Column.VectorKind.Scalar ? item! : $"Vector<{item}>";
    }

    private static IEnumerable<SchemaShape.Column> OfAnnotations(DataViewSchema.Annotations? annotations)
    {
        if (annotations is null)
            yield break;
        foreach (var column in annotations.Schema)
            yield return Of(column.Name, column.Type, null);
    }

    private static NumberDataViewType KeyNumber(KeyDataViewType key) =>
        key.RawType == typeof(byte) ? NumberDataViewType.Byte
        : key.RawType == typeof(ushort) ? NumberDataViewType.UInt16
        : key.RawType == typeof(uint) ? NumberDataViewType.UInt32
        : NumberDataViewType.UInt64;

    // The constructor is internal to ML.NET; the types in its signature are public.
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern SchemaShape.Column NewColumn(
        string name, SchemaShape.Column.VectorKind kind, DataViewType itemType, bool isKey, SchemaShape? annotations);
}
