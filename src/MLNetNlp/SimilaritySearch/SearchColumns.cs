using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>The columns of a search: which they are, and of what types.</summary>
/// <param name="Corpus">What is searched.</param>
/// <param name="Query">What is searched for.</param>
/// <param name="Output">What the outputs' names begin with.</param>
/// <param name="Id">The corpus's ids; null: row numbers.</param>
/// <param name="Text">The texts to give back; null: those of the corpus.</param>
internal sealed record SearchColumns(string Corpus, string Query, string Output, string? Id, string? Text)
{
    internal const string Needed = "a text column, or a vector of Single of known size";
    private const string IdNeeded = "a text column or one of whole numbers";

    /// <summary>What messages call what searches.</summary>
    public string Component { get; init; } = SimilaritySearchTransformer.Component;

    private ColumnCheck Check => new(Component);

    /// <summary>Checks the corpus's columns. Whether it is of texts.</summary>
    public bool CheckCorpus(DataViewSchema schema)
    {
        var corpus = Check.Find(schema, Corpus, nameof(SimilaritySearchEstimator.Options.InputColumnName), Needed, type => IsText(type) || IsVector(type));
        if (Id is not null)
            Check.Find(schema, Id, nameof(SimilaritySearchEstimator.Options.IdColumnName), IdNeeded, IsId);
        if (Text is not null)
            Check.Text(schema, Text, nameof(SimilaritySearchEstimator.Options.TextColumnName));
        return IsText(corpus.Type);
    }

    /// <summary>Checks the shapes of the corpus's columns. Whether it is of texts.</summary>
    public bool CheckCorpus(SchemaShape shape)
    {
        var corpus = Check.Find(shape, Corpus, nameof(SimilaritySearchEstimator.Options.InputColumnName), Needed, column =>
            !column.IsKey && ((column.Kind == SchemaShape.Column.VectorKind.Scalar && column.ItemType is TextDataViewType)
                || (column.Kind == SchemaShape.Column.VectorKind.Vector && column.ItemType == NumberDataViewType.Single)));
        if (Id is not null)
        {
            Check.Find(shape, Id, nameof(SimilaritySearchEstimator.Options.IdColumnName), IdNeeded,
                column => column is { Kind: SchemaShape.Column.VectorKind.Scalar, IsKey: false } && IsId(column.ItemType));
        }

        if (Text is not null)
            Check.Text(shape, Text, nameof(SimilaritySearchEstimator.Options.TextColumnName));
        return corpus.Kind == SchemaShape.Column.VectorKind.Scalar;
    }

    /// <summary>Finds the queries' column. With a model it is text; without, vectors of the index's dimension.</summary>
    public DataViewSchema.Column FindQuery(DataViewSchema schema, bool texts, int dimension)
    {
        const string Option = nameof(SimilaritySearchEstimator.Options.QueryColumnName);
        return texts ? Check.Text(schema, Query, Option)
            : Check.Find(schema, Query, Option, $"a vector of Single with {dimension} numbers, as the index holds",
                type => type is VectorDataViewType vector && IsVector(type) && vector.Size == dimension);
    }

    /// <summary>The columns that are added.</summary>
    public IReadOnlyList<DataViewSchema.DetachedColumn> Outputs(bool texts)
    {
        List<DataViewSchema.DetachedColumn> columns =
        [
            new(Output + "Ids", new VectorDataViewType(TextDataViewType.Instance)), new(Output + "Scores", new VectorDataViewType(NumberDataViewType.Single)),
        ];
        if (texts)
            columns.Add(new(Output + "Texts", new VectorDataViewType(TextDataViewType.Instance)));
        return columns;
    }

    private static bool IsText(DataViewType type) => type is TextDataViewType;

    private static bool IsVector(DataViewType type) => type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType == NumberDataViewType.Single;

    private static bool IsId(DataViewType type) => type is TextDataViewType || type == NumberDataViewType.Int32 || type == NumberDataViewType.Int64
        || type == NumberDataViewType.UInt32 || type == NumberDataViewType.UInt64;
}
