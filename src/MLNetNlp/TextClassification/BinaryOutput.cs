using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>The columns that binary classification adds, as ML.NET's own binary scorer describes them.</summary>
internal sealed record BinaryOutput(string PredictionColumnName, string ScoreColumnName, string ProbabilityColumnName)
{
    /// <summary>Where each stands among the outputs; the probability is the third.</summary>
    public const int PredictionIndex = 0;

    /// <inheritdoc cref="PredictionIndex"/>
    public const int ScoreIndex = 1;
    private const string Kind = "BinaryClassification";

    /// <summary>The two classes, in the order of the model's logits.</summary>
    public static IReadOnlyList<string> LabelNames { get; } = ["False", "True"];

    /// <summary>The getter of a column, from the two logits of the row that is current when it is called.</summary>
    public static Delegate Getter(int output, WindowScorer.NumbersOfRow logits) => output switch
    {
        PredictionIndex => (ValueGetter<bool>)((ref bool value) => value = LogOdds(logits()) > 0),
        ScoreIndex => (ValueGetter<float>)((ref float value) => value = LogOdds(logits())),
        _ => (ValueGetter<float>)((ref float value) => value = Probabilities.Sigmoid(LogOdds(logits()))),
    };

    /// <summary>The columns.</summary>
    public IReadOnlyList<DataViewSchema.DetachedColumn> Columns(uint setId)
    {
        var probability = ScoreAnnotations.Begin(setId, Kind, "Probability");
        probability.AddPrimitiveValue(AnnotationNames.IsNormalized, BooleanDataViewType.Instance, true);
        return
        [
            new(PredictionColumnName, BooleanDataViewType.Instance, ScoreAnnotations.Begin(setId, Kind, "PredictedLabel").ToAnnotations()),
            new(ScoreColumnName, NumberDataViewType.Single, ScoreAnnotations.Begin(setId, Kind, "Score").ToAnnotations()),
            new(ProbabilityColumnName, NumberDataViewType.Single, probability.ToAnnotations()),
        ];
    }

    private static float LogOdds(ReadOnlySpan<float> logits) => logits[1] - logits[0];
}
