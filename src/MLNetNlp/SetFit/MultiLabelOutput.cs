using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>The columns that classification with several labels adds.</summary>
internal sealed record MultiLabelOutput(string PredictionColumnName, string ScoreColumnName, IReadOnlyList<string> Names)
{
    /// <summary>Where the predicted labels stand among the outputs.</summary>
    public const int PredictionIndex = 0;

    /// <summary>The columns.</summary>
    public IReadOnlyList<DataViewSchema.DetachedColumn> Columns() =>
    [
        new(PredictionColumnName, new VectorDataViewType(BooleanDataViewType.Instance, Names.Count), Slots()),
        new(ScoreColumnName, new VectorDataViewType(NumberDataViewType.Single, Names.Count), Slots()),
    ];

    private DataViewSchema.Annotations Slots()
    {
        var builder = new DataViewSchema.Annotations.Builder();
        KeyValues.OfText(Names).AddTo(builder, AnnotationNames.SlotNames);
        return builder.ToAnnotations();
    }
}
