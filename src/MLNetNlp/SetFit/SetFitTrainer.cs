using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>Learns to classify texts from a few examples of each class: trains a sentence encoder on pairs of them, then a classifier on its vectors.</summary>
/// <remarks>
/// In: the label (key; its cardinality is the number of classes) and a text column. Out: the predicted label (key, with the label's values) and the score (one
/// probability a class, with slot names). Made by <c>mlContext.MulticlassClassification.Trainers.SetFit</c>.
/// Tunstall et al. 2022, "Efficient Few-Shot Learning Without Prompts"; settings and results are those of setfit 1.2.
/// </remarks>
public sealed partial class SetFitTrainer : SetFitTrainerBase<SetFitTransformer>
{
    private readonly Options _options;

    internal SetFitTrainer(IHostEnvironment environment, Options options)
        : base(environment, options) => _options = options;

    private protected override SetFitTransformerBase? Teacher => _options.Teacher;

    private protected override ILabelSource FindLabels(DataViewSchema schema)
    {
        if (_options.Teacher is { } teacher)
            return new TeacherSource(teacher.LabelValues);
        var column = Check.ClassKey(schema, _options.LabelColumnName, nameof(Options.LabelColumnName));
        var values = KeyValues.Of(column);
        return new ClassSource(new LabelColumn(column, Output(values, (int)((KeyDataViewType)column.Type).Count).Names, values));
    }

    private protected override IReadOnlyList<DataViewSchema.DetachedColumn> OutputShape(SchemaShape input)
    {
        if (_options.Teacher is { } teacher)
            return Output(teacher.Output.Values, teacher.LabelValues.Count).Columns(1);
        var label = Check.ClassKey(input, _options.LabelColumnName, nameof(Options.LabelColumnName));
        return Output(KeyValues.Placeholder(label, 2), 2).Columns(1);
    }

    private protected override SetFitTransformer Make(SetFitClassifier classifier, ILabelSource label) => new(classifier, Columns.First,
        Output(_options.Teacher is { } teacher ? teacher.Output.Values : ((ClassSource)label).Label.Values, label.Names.Count), _options.LabelColumnName);

    private MulticlassOutput Output(KeyValues? values, int count) =>
        MulticlassOutput.Create(_options.PredictionColumnName, _options.ScoreColumnName, values, count);
}
