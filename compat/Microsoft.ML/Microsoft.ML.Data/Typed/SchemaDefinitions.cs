namespace Microsoft.ML.Data;

/// <summary>Mappings made from schemas.</summary>
internal static class SchemaDefinitions
{
    internal static SchemaDefinition WithTypesOf(Type type, DataViewSchema schema)
    {
        SchemaDefinition definition = SchemaDefinition.Create(type, SchemaDefinition.Direction.Read);
        foreach (DataViewSchema.Column column in schema)
        {
            SchemaDefinition.Column mapped =
                definition[column.Name] ?? throw new InvalidOperationException($"Type should contain a member named {column.Name}");
            mapped.ColumnType = column.Type;
            foreach (DataViewSchema.Column annotation in column.Annotations.Schema)
            {
                mapped.AnnotationInfos[annotation.Name] = new AnnotationInfo(annotation.Type, column.Annotations.GetterAt(annotation.Index));
            }
        }

        return definition;
    }
}
