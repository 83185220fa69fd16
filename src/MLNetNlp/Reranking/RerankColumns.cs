using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>The columns of re-ranking.</summary>
internal sealed record RerankColumns(string Query, string Candidates, string Scores, IReadOnlyList<string> Others)
{
    private static readonly ColumnCheck Check = new(RerankTransformer.Component);

    /// <exception cref="ArgumentException">A name is empty, or two outputs have one.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Query);
        var names = (string[])[Candidates, Scores, .. Others];
        foreach (var name in names)
            ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"{RerankTransformer.Component}: two outputs have the name '{twice.Key}'; each needs its own.", nameof(names));
    }

    /// <summary>The columns that are read.</summary>
    public IReadOnlyList<DataViewSchema.Column> Find(DataViewSchema schema) =>
    [
        Check.Text(schema, Query, "queryColumnName"),
        Check.Find(schema, Candidates, "candidatesColumnName", "a vector of text", type => type is VectorDataViewType { ItemType: TextDataViewType }),
        .. Others.Select(name => Check.Find(schema, name, "otherColumnNames", "a vector", type => type is VectorDataViewType)),
    ];

    /// <summary>Checks the columns that are read, and gives the columns that are added.</summary>
    public IReadOnlyList<DataViewSchema.DetachedColumn> Outputs(SchemaShape shape)
    {
        Check.Text(shape, Query, "queryColumnName");
        Check.Find(shape, Candidates, "candidatesColumnName", "a vector of text", c => IsVector(c) && c.ItemType is TextDataViewType);
        return Outputs([.. Others.Select(name =>
        {
            var column = Check.Find(shape, name, "otherColumnNames", "a vector", IsVector);
            return column.IsKey ? new KeyDataViewType(column.ItemType.RawType, 1) : (PrimitiveDataViewType)column.ItemType;
        })]);
    }

    /// <summary>The columns that are added: as many values as candidates, which may be other ones in each row.</summary>
    public IReadOnlyList<DataViewSchema.DetachedColumn> Outputs(DataViewSchema schema) =>
        Outputs([.. Others.Select(name => ((VectorDataViewType)schema[name].Type).ItemType)]);

    private IReadOnlyList<DataViewSchema.DetachedColumn> Outputs(IReadOnlyList<PrimitiveDataViewType> others) =>
    [
        new(Candidates, new VectorDataViewType(TextDataViewType.Instance)), new(Scores, new VectorDataViewType(NumberDataViewType.Single)),
        .. Others.Select((name, i) => new DataViewSchema.DetachedColumn(name, new VectorDataViewType(others[i]))),
    ];

    private static bool IsVector(SchemaShape.Column column) => column.Kind != SchemaShape.Column.VectorKind.Scalar;
}
