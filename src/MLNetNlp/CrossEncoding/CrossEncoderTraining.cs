using Microsoft.ML.Runtime;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.Heads;
using MLNetNlp.Transformers.Inference;
using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Losses;
using MLNetNlp.Transformers.Training;
using TorchSharp;

namespace MLNetNlp;

/// <summary>Ranking as the training loop takes it: the loss of a batch of groups, and the share of pairs in the right order on the validation set.</summary>
internal static class CrossEncoderTraining
{
    /// <summary>Trains the model in place.</summary>
    public static void Run(SequenceClassificationModel model, StartingPoint start, PairTrainingSet training, PairTrainingSet? validation,
        CrossEncoderTrainer.Options options, int seed, IChannel channel)
    {
        var (paddingId, device) = (start.Tokenizer.PaddingId, start.Device);
        var batches = options.IsPairwise ? new GroupBatches(training.Groups, options.Training.BatchSize, seed) : null;
        var result = TrainingLoop.Run(new TrainingJob
        {
            Module = model,
            ExampleCount = training.Count,
            ExampleLength = training.Texts.Length,
            Batches = batches is null ? null : batches.Epoch,
            Loss = rows =>
            {
                using var batch = TokenBatch.Create(training.Texts, rows, paddingId, device);
                using var logits = model.call(batch);
                var (labels, groups) = (new float[rows.Length], new int[rows.Length]);
                for (var i = 0; i < rows.Length; i++)
                    (labels[i], groups[i]) = (training.Labels[rows[i]], training.Groups[rows[i]]);
                return Loss(logits, labels, groups, options, device);
            },
            Validate = validation is null ? null : () => Measure(new BatchRunner(model, paddingId, device), validation, options),
            Options = options.Training,
            Freezing = options.Freezing,
            Adapter = options.Adapter,
            Log = message => channel.Info(MessageSensitivity.None, "{0}", message),
            Seed = seed,
        });
        channel.Info(MessageSensitivity.None, "{0}", FormattableString.Invariant(
            $"Trained on {training.Count} pairs of {training.GroupCount} groups in {result.Steps} steps, {result.SamplesPerSecond:f1} samples/s; ")
            + FormattableString.Invariant($"loss of the last step {result.FinalLoss:g4}."));
    }

    private static torch.Tensor Loss(torch.Tensor logits, float[] labels, int[] groups, CrossEncoderTrainer.Options options, torch.Device device)
    {
        using var scores = logits.view(-1);
        using var targets = torch.tensor(labels, device: device);
        return options.Loss switch
        {
            RankingLoss.BinaryCrossEntropy => BinaryCrossEntropyLoss.Compute(scores, targets),
            RankingLoss.MeanSquaredError => MeanSquaredErrorLoss.Compute(scores, targets),
            RankingLoss.PairwiseMargin => PairwiseMarginLoss.Compute(scores, RankingPairs.Of(labels, groups), options.Margin),
            RankingLoss.MarginMse => ScoreMarginMseLoss.Compute(scores, targets, RankingPairs.Of(labels, groups, ties: true)),
            _ => PairwiseLogisticLoss.Compute(scores, RankingPairs.Of(labels, groups)),
        };
    }

    private static ValidationResult Measure(BatchRunner runner, PairTrainingSet set, CrossEncoderTrainer.Options options)
    {
        var logits = new float[set.Count];
        runner.Run(set.Texts, logits, options.Training.CancellationToken);
        var (labels, groups) = (set.Labels.ToArray(), set.Groups.ToArray());
        using var scores = torch.tensor(logits);
        using var loss = Loss(scores, labels, groups, options, torch.CPU);
        return new ValidationResult("share of pairs in order", RankingPairs.Of(labels, groups).InOrder(logits), loss.item<float>());
    }
}
