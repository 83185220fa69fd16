using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNetNlp;

/// <summary>Learns from a few examples whether a Boolean label is true for a text.</summary>
/// <remarks>
/// In: the label (Boolean) and a text column. Out: the predicted label (Boolean), the score (log-odds of true) and the probability of true. Made by
/// <c>mlContext.BinaryClassification.Trainers.SetFit</c>. The model is that of <see cref="SetFitTrainer"/> with two classes.
/// </remarks>
public sealed partial class BinarySetFitTrainer : SetFitTrainerBase<BinarySetFitTransformer>
{
    private readonly Options _options;

    internal BinarySetFitTrainer(IHostEnvironment environment, Options options)
        : base(environment, options) => _options = options;

    private BinaryOutput Output => new(_options.PredictionColumnName, _options.ScoreColumnName, _options.ProbabilityColumnName);

    private protected override ILabelSource FindLabels(DataViewSchema schema) =>
        new ClassSource(new LabelColumn(Check.Boolean(schema, _options.LabelColumnName, nameof(Options.LabelColumnName)), BinaryOutput.LabelNames, null));

    private protected override IReadOnlyList<DataViewSchema.DetachedColumn> OutputShape(SchemaShape input)
    {
        Check.Boolean(input, _options.LabelColumnName, nameof(Options.LabelColumnName));
        return Output.Columns(1);
    }

    private protected override BinarySetFitTransformer Make(SetFitClassifier classifier, ILabelSource label) =>
        new(classifier, Columns.First, Output, _options.LabelColumnName);
}
