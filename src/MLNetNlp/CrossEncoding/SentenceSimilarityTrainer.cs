using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.Heads;

namespace MLNetNlp;

/// <summary>Fine-tunes a BERT-family encoder to tell how alike two texts are.</summary>
/// <remarks>
/// In: the label (Single) and two text columns. Out: the score (Single), measured by <c>mlContext.Regression.Evaluate</c>. Both texts go through the encoder
/// together (a cross-encoder), which is more accurate than comparing their embeddings and has to run for each pair anew.
/// Made by <c>mlContext.Regression.Trainers.SentenceSimilarity</c>. The head is Hugging Face's <c>BertForSequenceClassification</c> with one label;
/// Reimers and Gurevych 2019, "Sentence-BERT", section 4.
/// </remarks>
public sealed partial class SentenceSimilarityTrainer : CrossEncoderTrainerBase
{
    private readonly Options _options;

    internal SentenceSimilarityTrainer(IHostEnvironment environment, Options options)
        : base(environment, options, "SentenceSimilarity") => _options = options;

    private bool IsLimited => _options.Loss == SimilarityLoss.BinaryCrossEntropy;

    private protected override PairScore Score => IsLimited
        ? new(ScoreActivation.Sigmoid, PairScore.Regression) { Minimum = _options.LabelMinimum, Maximum = _options.LabelMaximum }
        : new(ScoreActivation.Identity, PairScore.Regression);

    private protected override (DataViewSchema.Column Label, DataViewSchema.Column? Group) FindColumns(DataViewSchema schema) =>
        (NumberColumn.Single(Check, schema, _options.LabelColumnName, nameof(Options.LabelColumnName)), null);

    private protected override void CheckColumns(SchemaShape shape) =>
        NumberColumn.Single(Check, shape, _options.LabelColumnName, nameof(Options.LabelColumnName));

    private protected override void CheckLabel(float label, long row)
    {
        base.CheckLabel(label, row);
        if (IsLimited && (label < _options.LabelMinimum || label > _options.LabelMaximum))
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"Row {row}: column '{_options.LabelColumnName}' is {label}; {nameof(SimilarityLoss.BinaryCrossEntropy)} needs numbers from {_options.LabelMinimum} to ")
                + FormattableString.Invariant($"{_options.LabelMaximum} ('{nameof(Options.LabelMinimum)}', '{nameof(Options.LabelMaximum)}')."));
        }
    }

    private protected override void Train(
        SequenceClassificationModel model, StartingPoint start, PairTrainingSet training, PairTrainingSet? validation, IChannel channel) =>
        SentenceSimilarityTraining.Run(model, start, training, validation, _options, Score, Seed, channel);
}
