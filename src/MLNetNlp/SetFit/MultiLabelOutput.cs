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
        builder.Add(AnnotationNames.SlotNames, new VectorDataViewType(TextDataViewType.Instance, Names.Count), (ref VBuffer<ReadOnlyMemory<char>> buffer) =>
        {
            var editor = VBufferEditor.Create(ref buffer, Names.Count);
            for (var i = 0; i < Names.Count; i++)
                editor.Values[i] = Names[i].AsMemory();
            buffer = editor.Commit();
        });
        return builder.ToAnnotations();
    }
}
