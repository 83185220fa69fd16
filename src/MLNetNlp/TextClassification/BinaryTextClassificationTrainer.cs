using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNetNlp;

/// <summary>Fine-tunes a BERT-family encoder to tell for one text, or a pair of texts, whether a Boolean label is true.</summary>
/// <remarks>
/// In: the label (Boolean) and one or two text columns. Out: the predicted label (Boolean), the score (log-odds of true) and the probability of true.
/// Made by <c>mlContext.BinaryClassification.Trainers.TextClassification</c>. The model is that of <see cref="TextClassificationTrainer"/> with two classes.
/// </remarks>
public sealed partial class BinaryTextClassificationTrainer : TextClassificationTrainerBase<BinaryTextClassificationTransformer>
{
    private readonly Options _options;

    internal BinaryTextClassificationTrainer(IHostEnvironment environment, Options options)
        : base(environment, options) => _options = options;

    private BinaryOutput Output => new(_options.PredictionColumnName, _options.ScoreColumnName, _options.ProbabilityColumnName);

    private protected override LabelColumn FindLabel(DataViewSchema schema) =>
        new(Check.Boolean(schema, _options.LabelColumnName, nameof(Options.LabelColumnName)), BinaryOutput.LabelNames, null);

    private protected override IReadOnlyList<DataViewSchema.DetachedColumn> OutputShape(SchemaShape input)
    {
        Check.Boolean(input, _options.LabelColumnName, nameof(Options.LabelColumnName));
        return Output.Columns(1);
    }

    private protected override BinaryTextClassificationTransformer Make(TextClassifier classifier, LabelColumn label) =>
        new(classifier, Columns, Output, label.Column.Name);
}
