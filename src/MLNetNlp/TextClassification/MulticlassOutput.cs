using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>The columns that multiclass classification adds, as ML.NET's own multiclass scorer describes them.</summary>
/// <param name="PredictionColumnName">The predicted label's column.</param>
/// <param name="ScoreColumnName">The probabilities' column.</param>
/// <param name="Names">Text of each class.</param>
/// <param name="Values">The label's key values; null where the label was a key without values.</param>
internal sealed record MulticlassOutput(string PredictionColumnName, string ScoreColumnName, IReadOnlyList<string> Names, KeyValues? Values)
{
    /// <summary>Where the predicted label stands among the outputs.</summary>
    public const int PredictionIndex = 0;
    private const string Kind = "MulticlassClassification";

    /// <summary>The type of the key values, by the name that manifests use.</summary>
    public string? ValueTypeName => Values is null ? null : KeyValueType.Of(Values.Type)!.Name;

    /// <summary>For a key column whose values are <paramref name="values"/>, or that has none; classes are then called by their number from 0.</summary>
    public static MulticlassOutput Create(TextClassificationOptions options, KeyValues? values, int count) =>
        Create(options.PredictionColumnName, options.ScoreColumnName, values, count);

    /// <inheritdoc cref="Create(TextClassificationOptions, KeyValues?, int)"/>
    public static MulticlassOutput Create(string predictionColumnName, string scoreColumnName, KeyValues? values, int count) =>
        new(predictionColumnName, scoreColumnName,
            values?.Names ?? [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))], values);

    /// <summary>The key values that a manifest names; null where the label was a key without values.</summary>
    /// <exception cref="InvalidDataException">Values of a type that is not known.</exception>
    public static KeyValues? ValuesOf(string? typeName, IReadOnlyList<string> names)
    {
        if (typeName is null)
            return null;
        var type = KeyValueType.Named(typeName) ?? throw new InvalidDataException($"label values of type '{typeName}' are not known.");
        return type.Parse(names);
    }

    /// <summary>The getter of a column, from the logits of the row that is current when it is called.</summary>
    public static Delegate Getter(int output, WindowScorer.NumbersOfRow logits) => output == PredictionIndex
        ? (ValueGetter<uint>)((ref uint value) => value = Probabilities.BestKey(logits()))
        : (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
        {
            var row = logits();
            var editor = VBufferEditor.Create(ref value, row.Length);
            Probabilities.Softmax(row, editor.Values);
            value = editor.Commit();
        });

    /// <summary>The columns.</summary>
    public IReadOnlyList<DataViewSchema.DetachedColumn> Columns(uint setId)
    {
        var prediction = ScoreAnnotations.Begin(setId, Kind, "PredictedLabel");
        Values?.AddTo(prediction, AnnotationNames.KeyValues);
        var score = ScoreAnnotations.Begin(setId, Kind, "Score");
        KeyValues.OfText(Names).AddTo(score, AnnotationNames.SlotNames);
        Values?.AddTo(score, AnnotationNames.TrainingLabelValues);
        return
        [
            new(PredictionColumnName, new KeyDataViewType(typeof(uint), Names.Count), prediction.ToAnnotations()),
            new(ScoreColumnName, new VectorDataViewType(NumberDataViewType.Single, Names.Count), score.ToAnnotations()),
        ];
    }
}
