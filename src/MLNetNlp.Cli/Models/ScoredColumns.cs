using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Cli.Output;

namespace MLNetNlp.Cli.Models;

/// <summary>The columns of a scored data view that hold the prediction, as texts and probabilities.</summary>
internal sealed class ScoredColumns
{
    private readonly DataViewSchema.Column _label;
    private readonly DataViewSchema.Column _score;
    private readonly string _separator;

    /// <param name="schema">Of the scored view.</param>
    /// <param name="model">How errors name it.</param>
    /// <param name="separator">What joins the labels of a model that gives several.</param>
    /// <exception cref="CliException">The view is not what a classification model makes.</exception>
    public ScoredColumns(DataViewSchema schema, string model, string separator)
    {
        _separator = separator;
        _label = schema.GetColumnOrNull("PredictedLabel") ?? throw NotClassification(model, "it has no column 'PredictedLabel'");
        IsBinary = _label.Type is BooleanDataViewType;
        var score = IsBinary ? "Probability" : "Score";
        _score = schema.GetColumnOrNull(score) ?? throw NotClassification(model, $"it has no column '{score}'");
        if (IsBinary)
        {
            Classes = ["false", "true"];
            return;
        }

        if (_score.Type is not VectorDataViewType { IsKnownSize: true, Size: var size } || _score.Annotations.Schema.GetColumnOrNull("SlotNames") is null)
            throw NotClassification(model, "its scores are not named after classes");
        var names = default(VBuffer<ReadOnlyMemory<char>>);
        _score.Annotations.GetValue("SlotNames", ref names);
        Classes = [.. names.DenseValues().Select(name => name.ToString())];
        if (Classes.Count != size)
            throw NotClassification(model, $"it has {size} scores and {Classes.Count} class names");
    }

    /// <summary>Whether the model says true or false.</summary>
    public bool IsBinary { get; }

    /// <summary>The classes, in the order of the probabilities; <c>false</c> and <c>true</c> for a binary model.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>What a cursor must be asked for.</summary>
    public IEnumerable<DataViewSchema.Column> Columns => [_label, _score];

    /// <summary>Reads the prediction at the cursor's row.</summary>
    public Func<Prediction> Reader(DataViewRow row)
    {
        var label = LabelReader(row);
        if (IsBinary)
        {
            var probability = row.GetGetter<float>(_score);
            return () =>
            {
                var value = 0f;
                probability(ref value);
                return new Prediction(label(), [1 - value, value]);
            };
        }

        var scores = row.GetGetter<VBuffer<float>>(_score);
        var buffer = default(VBuffer<float>);
        return () =>
        {
            scores(ref buffer);
            return new Prediction(label(), [.. buffer.DenseValues()]);
        };
    }

    /// <summary>Reads which labels a model that gives several predicts at the cursor's row: a flag for each of <see cref="Classes"/>.</summary>
    public Func<bool[]> FlagsReader(DataViewRow row)
    {
        var getter = row.GetGetter<VBuffer<bool>>(_label);
        var buffer = default(VBuffer<bool>);
        return () =>
        {
            getter(ref buffer);
            return [.. buffer.DenseValues()];
        };
    }

    private Func<string> LabelReader(DataViewRow row) => _label.Type switch
    {
        VectorDataViewType { ItemType: BooleanDataViewType } => LabelsReader(row),
        TextDataViewType => Read<ReadOnlyMemory<char>>(row, value => value.ToString()),
        BooleanDataViewType => Read<bool>(row, value => value ? "true" : "false"),
        KeyDataViewType when _label.Type.RawType == typeof(uint) => Read<uint>(row, value => value == 0 ? "" : Classes[(int)value - 1]),
        _ when _label.Type.RawType == typeof(float) => Read<float>(row, value => value.ToString(CultureInfo.InvariantCulture)),
        _ when _label.Type.RawType == typeof(double) => Read<double>(row, value => value.ToString(CultureInfo.InvariantCulture)),
        _ when _label.Type.RawType == typeof(int) => Read<int>(row, value => value.ToString(CultureInfo.InvariantCulture)),
        _ when _label.Type.RawType == typeof(long) => Read<long>(row, value => value.ToString(CultureInfo.InvariantCulture)),
        var other => throw new CliException($"The model's 'PredictedLabel' is {other}, which cannot be written."),
    };

    private Func<string> LabelsReader(DataViewRow row)
    {
        var read = FlagsReader(row);
        return () =>
        {
            var flags = read();
            return string.Join(_separator, Classes.Where((_, i) => flags[i]));
        };
    }

    private Func<string> Read<T>(DataViewRow row, Func<T, string> format)
        where T : struct
    {
        var getter = row.GetGetter<T>(_label);
        return () =>
        {
            var value = default(T);
            getter(ref value);
            return format(value);
        };
    }

    private static CliException NotClassification(string model, string why) => new($"'{model}' is not a classification model: {why}.");
}
