namespace Microsoft.ML.Data;

/// <summary>The usual annotations of columns.</summary>
public static class SchemaAnnotationsExtensions
{
    /// <summary>Whether a vector column of known size has names for its slots.</summary>
    public static bool HasSlotNames(this DataViewSchema.Column column) =>
        column.Type is VectorDataViewType { IsKnownSize: true } vector
        && column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.SlotNames)?.Type is VectorDataViewType { ItemType: TextDataViewType } names
            && names.Size == vector.Size;

    /// <summary>The names of a vector column's slots.</summary>
    public static void GetSlotNames(this DataViewSchema.Column column, ref VBuffer<ReadOnlyMemory<char>> slotNames) =>
        column.Annotations.GetValue(AnnotationKinds.SlotNames, ref slotNames);

    /// <summary>Whether a key column has the values that the keys stand for; of what type, texts unless said otherwise.</summary>
    public static bool HasKeyValues(this DataViewSchema.Column column, PrimitiveDataViewType keyValueItemType = null) =>
        column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type is VectorDataViewType values
        && (ulong)values.Size == column.Type.KeyCount() && values.Size > 0 && values.ItemType.Equals(keyValueItemType ?? TextDataViewType.Instance);

    /// <summary>The values that a key column's keys stand for, the first for key 1.</summary>
    public static void GetKeyValues<TValue>(this DataViewSchema.Column column, ref VBuffer<TValue> keyValues) =>
        column.Annotations.GetValue(AnnotationKinds.KeyValues, ref keyValues);

    /// <summary>Whether the values are known to be normalised.</summary>
    public static bool IsNormalized(this DataViewSchema.Column column)
    {
        bool value = false;
        if (column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.IsNormalized)?.Type is BooleanDataViewType)
        {
            column.Annotations.GetValue(AnnotationKinds.IsNormalized, ref value);
        }

        return value;
    }
}
