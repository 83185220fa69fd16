using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>The columns that tagging adds: the words' tags and probabilities, and the entities.</summary>
/// <param name="PredictionColumnName">The words' tags.</param>
/// <param name="ScoreColumnName">The words' probabilities.</param>
/// <param name="EntityColumnPrefix">What the names of the entities' columns begin with.</param>
/// <param name="Tags">The tag set.</param>
/// <param name="Aggregation">How tags become entities.</param>
/// <param name="Constrained">Whether only sequences of tags are predicted that the scheme allows.</param>
internal sealed record TagOutput(string PredictionColumnName, string ScoreColumnName, string EntityColumnPrefix, TagSet Tags, EntityAggregation Aggregation,
    bool Constrained)
{
    /// <summary>Number of columns.</summary>
    public const int Count = 7;
    private const string Kind = "SequenceClassification"; // ML.NET's own name for tags of sequences

    /// <summary>The names of the entities' columns.</summary>
    public static IReadOnlyList<string> EntityColumnNames(string prefix) =>
        [prefix + "Types", prefix + "Texts", prefix + "Starts", prefix + "Lengths", prefix + "Confidences"];

    /// <summary>The columns.</summary>
    public IReadOnlyList<DataViewSchema.DetachedColumn> Columns(uint setId)
    {
        var prediction = ScoreAnnotations.Begin(setId, Kind, "PredictedLabel");
        Tags.Values?.AddTo(prediction, AnnotationNames.KeyValues);
        var score = ScoreAnnotations.Begin(setId, Kind, "Score");
        KeyValues.OfText(Tags.Names).AddTo(score, AnnotationNames.TrainingLabelValues);
        var names = EntityColumnNames(EntityColumnPrefix);
        var texts = new VectorDataViewType(TextDataViewType.Instance);
        var numbers = new VectorDataViewType(NumberDataViewType.Int32);
        return
        [
            new(PredictionColumnName, new VectorDataViewType(new KeyDataViewType(typeof(uint), Tags.KeyCount)), prediction.ToAnnotations()),
            new(ScoreColumnName, new VectorDataViewType(NumberDataViewType.Single, 0, Tags.Count), score.ToAnnotations()),
            new(names[0], texts, null), new(names[1], texts, null), new(names[2], numbers, null), new(names[3], numbers, null),
            new(names[4], new VectorDataViewType(NumberDataViewType.Single), null),
        ];
    }

    /// <summary>The <c>ValueGetter</c> of a column, by its number, of the row that is current when it is called.</summary>
    public Delegate Getter(int output, Func<TagPrediction> current) => output switch
    {
        0 => Vector(current, p => p.Tags.Length, (p, i) => p.Tags[i] < 0 ? 0 : Tags.KeyOf(p.Tags[i])),
        1 => Vector(current, p => p.Probabilities.Length, (p, i) => p.Probabilities[i]),
        2 => Vector(current, p => p.Entities.Count, (p, i) => p.Entities[i].Type.AsMemory()),
        3 => Vector(current, p => p.Entities.Count, (p, i) => p.Sentence.Text.AsMemory(p.Entities[i].Start, p.Entities[i].End - p.Entities[i].Start)),
        4 => Vector(current, p => p.Entities.Count, (p, i) => p.Entities[i].Start),
        5 => Vector(current, p => p.Entities.Count, (p, i) => p.Entities[i].End - p.Entities[i].Start),
        _ => Vector(current, p => p.Entities.Count, (p, i) => p.Entities[i].Score),
    };

    private static ValueGetter<VBuffer<T>> Vector<T>(Func<TagPrediction> current, Func<TagPrediction, int> count, Func<TagPrediction, int, T> item) =>
        (ref VBuffer<T> value) =>
        {
            var prediction = current();
            var editor = VBufferEditor.Create(ref value, count(prediction));
            for (var i = 0; i < editor.Values.Length; i++)
                editor.Values[i] = item(prediction, i);
            value = editor.Commit();
        };
}
