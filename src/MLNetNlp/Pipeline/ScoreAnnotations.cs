using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Pipeline;

/// <summary>What ML.NET's own scorers write beside a score column, so that evaluators and tools recognise ours.</summary>
internal static class ScoreAnnotations
{
    private static readonly KeyDataViewType SetIdType = new(typeof(uint), int.MaxValue);

    /// <summary>Starts the annotations of one output of a scorer.</summary>
    /// <param name="setId">Joins the columns of one scorer; see <see cref="NextSetId"/>.</param>
    /// <param name="columnKind">The task, for example <c>MulticlassClassification</c>.</param>
    /// <param name="valueKind"><c>Score</c>, <c>Probability</c> or <c>PredictedLabel</c>.</param>
    public static DataViewSchema.Annotations.Builder Begin(uint setId, string columnKind, string valueKind)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddPrimitiveValue(AnnotationNames.ScoreColumnSetId, SetIdType, setId);
        builder.AddPrimitiveValue(AnnotationNames.ScoreColumnKind, TextDataViewType.Instance, columnKind.AsMemory());
        builder.AddPrimitiveValue(AnnotationNames.ScoreValueKind, TextDataViewType.Instance, valueKind.AsMemory());
        return builder;
    }

    /// <summary>One more than the highest set id of the columns that are there.</summary>
    public static uint NextSetId(DataViewSchema schema)
    {
        uint highest = 0;
        foreach (var column in schema)
        {
            if (column.Annotations.Schema.GetColumnOrNull(AnnotationNames.ScoreColumnSetId) is not { Type: KeyDataViewType } annotation
                || annotation.Type.RawType != typeof(uint))
                continue;
            uint id = 0;
            column.Annotations.GetValue(AnnotationNames.ScoreColumnSetId, ref id);
            highest = Math.Max(highest, id);
        }

        return highest + 1;
    }
}
