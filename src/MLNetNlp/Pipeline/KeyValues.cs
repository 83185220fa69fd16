using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Pipeline;

/// <summary>
/// The values behind a key column's numbers: what <c>MapKeyToValue</c> turns predictions back into. Text for most, but any type that a label can have.
/// </summary>
internal abstract class KeyValues
{
    private protected KeyValues(PrimitiveDataViewType type, IReadOnlyList<string> names)
    {
        Type = type;
        Names = names;
    }

    /// <summary>The values' type.</summary>
    public PrimitiveDataViewType Type { get; }

    /// <summary>The values as text, culture-independent: unique, in the key's order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of values.</summary>
    public int Count => Names.Count;

    /// <summary>Adds the values as an annotation.</summary>
    public abstract void AddTo(DataViewSchema.Annotations.Builder annotations, string annotationName);

    /// <summary>Values that are text.</summary>
    public static KeyValues OfText(IReadOnlyList<string> names) => KeyValueType.Named("String")!.Parse(names);

    /// <summary>A key column's values; null when it has none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The values have a type that cannot be kept.</exception>
    public static KeyValues? Of(DataViewSchema.Column column) => OfItems(column, (KeyDataViewType)column.Type);

    /// <summary>As <see cref="Of"/>, for a column whose items are keys.</summary>
    public static KeyValues? OfItems(DataViewSchema.Column column, KeyDataViewType key)
    {
        if (column.Annotations.Schema.GetColumnOrNull(AnnotationNames.KeyValues) is not { Type: VectorDataViewType values } annotation)
            return null;
        var count = checked((int)key.Count);
        if (values.Size != count)
            return null;
        return (KeyValueType.Of(annotation.Type) ?? throw NotKept(column.Name, values.ItemType)).Read(column);
    }

    /// <summary>Stand-ins of the type that a key column's shape names, for outputs whose values are not known yet; null when it names none.</summary>
    public static KeyValues? Placeholder(SchemaShape.Column column, int count)
    {
        foreach (var annotation in column.Annotations)
        {
            if (annotation is { Name: AnnotationNames.KeyValues, Kind: SchemaShape.Column.VectorKind.Vector })
                return (KeyValueType.Of(annotation.ItemType) ?? throw NotKept(column.Name, annotation.ItemType)).Placeholder(count);
        }

        return null;
    }

    private static ArgumentOutOfRangeException NotKept(string column, DataViewType type) =>
        new(nameof(column), $"Key column '{column}' has values of type {type}, which cannot be kept as label values. Text, numbers, Booleans and dates can.");
}
