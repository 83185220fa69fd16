using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNetNlp;

/// <summary>Learns from a few examples which labels a text has, any number of them.</summary>
/// <remarks>
/// In: the labels (vector of Boolean, Single or key) and a text column. Out: the predicted labels (vector of Boolean) and the scores (vector of Single, the
/// probability of each label), both with slot names. Two texts are a positive pair when they have a label in common. Made by
/// <c>mlContext.MulticlassClassification.Trainers.MultiLabelSetFit</c>; see <see cref="SetFitTrainer"/>.
/// </remarks>
public sealed partial class MultiLabelSetFitTrainer : SetFitTrainerBase<MultiLabelSetFitTransformer>
{
    private readonly Options _options;

    internal MultiLabelSetFitTrainer(IHostEnvironment environment, Options options)
        : base(environment, options) => _options = options;

    private protected override ILabelSource FindLabels(DataViewSchema schema) =>
        LabelVectorSource.Find(schema, _options.LabelColumnName, nameof(Options.LabelColumnName), Check);

    private protected override IReadOnlyList<DataViewSchema.DetachedColumn> OutputShape(SchemaShape input)
    {
        LabelVectorSource.CheckShape(input, _options.LabelColumnName, nameof(Options.LabelColumnName), Check);
        return new MultiLabelOutput(_options.PredictionColumnName, _options.ScoreColumnName, [""]).Columns();
    }

    private protected override MultiLabelSetFitTransformer Make(SetFitClassifier classifier, ILabelSource label) => new(
        classifier, Columns.First, new MultiLabelOutput(_options.PredictionColumnName, _options.ScoreColumnName, label.Names), _options.LabelColumnName);
}
