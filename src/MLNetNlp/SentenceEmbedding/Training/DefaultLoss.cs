using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Transformers.Losses;

namespace MLNetNlp;

/// <summary>The loss of a data set for which none is named, by the columns it has.</summary>
internal static class DefaultLoss
{
    /// <summary>The loss for these columns.</summary>
    /// <param name="columns">Which there are.</param>
    /// <param name="label">What the label holds.</param>
    public static ISentenceLoss For(EmbeddingColumns columns, EmbeddingLabelKind label) => (columns.Texts.Count, label) switch
    {
        (1, EmbeddingLabelKind.None) => new SimCseLoss(),
        (1, EmbeddingLabelKind.Vector) => new MseLoss(),
        (1, _) => new BatchAllTripletLoss(),
        (_, EmbeddingLabelKind.None) => new MultipleNegativesRankingLoss(),
        (2, EmbeddingLabelKind.Score) => new CoSentLoss(),
        (2, EmbeddingLabelKind.Binary) => new ContrastiveLoss(),
        (2, EmbeddingLabelKind.Class) => new SoftmaxLoss(),
        (2, _) => new MseLoss(),
        _ => new MarginMseLoss(),
    };

    /// <summary>What a label column holds, by its type.</summary>
    public static EmbeddingLabelKind KindOf(DataViewType type) => type switch
    {
        KeyDataViewType => EmbeddingLabelKind.Class,
        BooleanDataViewType => EmbeddingLabelKind.Binary,
        VectorDataViewType => EmbeddingLabelKind.Vector,
        _ => EmbeddingLabelKind.Score,
    };

    /// <summary>What a label column holds, by its shape.</summary>
    public static EmbeddingLabelKind KindOf(SchemaShape.Column column) => column switch
    {
        { IsKey: true } => EmbeddingLabelKind.Class,
        { Kind: not SchemaShape.Column.VectorKind.Scalar } => EmbeddingLabelKind.Vector,
        _ => KindOf(column.ItemType),
    };
}
