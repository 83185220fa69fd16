using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.Heads;

namespace MLNetNlp;

/// <summary>Fine-tunes a BERT-family encoder to rank texts: the higher the score of query and document together, the better the document.</summary>
/// <remarks>
/// In: the label (how relevant: Single or key, higher is better), the group (key: the query's rows) and two text columns. Out: the score (Single), measured by
/// <c>mlContext.Ranking.Evaluate</c>. Made by <c>mlContext.Ranking.Trainers.CrossEncoder</c>. Nogueira and Cho 2019, "Passage Re-ranking with BERT".
/// </remarks>
public sealed partial class CrossEncoderTrainer : CrossEncoderTrainerBase
{
    private readonly Options _options;

    internal CrossEncoderTrainer(IHostEnvironment environment, Options options)
        : base(environment, options, CrossEncoderTransformer.Component) => _options = options;

    private protected override string GroupColumnName => _options.RowGroupColumnName;

    private protected override PairScore Score =>
        new(_options.Loss == RankingLoss.BinaryCrossEntropy ? ScoreActivation.Sigmoid : ScoreActivation.Identity, PairScore.Ranking);

    private protected override (DataViewSchema.Column Label, DataViewSchema.Column? Group) FindColumns(DataViewSchema schema) =>
        (NumberColumn.Relevance(Check, schema, _options.LabelColumnName, nameof(Options.LabelColumnName)),
            NumberColumn.Group(Check, schema, _options.RowGroupColumnName, nameof(Options.RowGroupColumnName)));

    private protected override void CheckColumns(SchemaShape shape)
    {
        NumberColumn.Relevance(Check, shape, _options.LabelColumnName, nameof(Options.LabelColumnName));
        NumberColumn.Group(Check, shape, _options.RowGroupColumnName, nameof(Options.RowGroupColumnName));
    }

    private protected override void CheckLabel(float label, long row)
    {
        base.CheckLabel(label, row);
        if (_options.Loss == RankingLoss.BinaryCrossEntropy && label is < 0 or > 1)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"Row {row}: column '{_options.LabelColumnName}' is {label}; {nameof(RankingLoss.BinaryCrossEntropy)} needs numbers from 0 to 1. ")
                + $"{nameof(RankingLoss.PairwiseLogistic)} takes any.");
        }
    }

    private protected override void CheckUsable(PairTrainingSet training, IChannel channel)
    {
        if (!_options.IsPairwise)
            return;
        var groups = training.GroupsToCompare(ties: _options.Loss == RankingLoss.MarginMse);
        if (groups == 0)
        {
            throw new InvalidOperationException($"No group in column '{_options.RowGroupColumnName}' has two rows whose labels in column '{_options.LabelColumnName}' differ: "
                + $"{_options.Loss} has nothing to compare in {training.Count} rows of {training.GroupCount} groups.");
        }

        if (groups < training.GroupCount)
        {
            channel.Warning(MessageSensitivity.Schema, "{0} of {1} groups in column '{2}' have no two rows whose labels differ, so {3} learns nothing from them.",
                training.GroupCount - groups, training.GroupCount, _options.RowGroupColumnName, _options.Loss);
        }
    }

    private protected override void Train(
        SequenceClassificationModel model, StartingPoint start, PairTrainingSet training, PairTrainingSet? validation, IChannel channel) =>
        CrossEncoderTraining.Run(model, start, training, validation, _options, Seed, channel);
}
