using Microsoft.ML.Runtime;
using MLNetNlp.Metrics.Similarity;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.Heads;
using MLNetNlp.Transformers.Inference;
using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Losses;
using MLNetNlp.Transformers.Training;
using TorchSharp;

namespace MLNetNlp;

/// <summary>Sentence similarity as the training loop takes it: the loss of a batch, and Spearman's correlation and loss on the validation set.</summary>
internal static class SentenceSimilarityTraining
{
    /// <summary>Trains the model in place.</summary>
    public static void Run(SequenceClassificationModel model, StartingPoint start, PairTrainingSet training, PairTrainingSet? validation,
        SentenceSimilarityTrainer.Options options, PairScore score, int seed, IChannel channel)
    {
        var (paddingId, device) = (start.Tokenizer.PaddingId, start.Device);
        var result = TrainingLoop.Run(new TrainingJob
        {
            Module = model,
            ExampleCount = training.Count,
            ExampleLength = training.Texts.Length,
            Loss = rows =>
            {
                using var batch = TokenBatch.Create(training.Texts, rows, paddingId, device);
                var labels = new float[rows.Length];
                for (var i = 0; i < rows.Length; i++)
                    labels[i] = training.Labels[rows[i]];
                using var logits = model.call(batch);
                return Loss(logits, labels, score, device);
            },
            Validate = validation is null ? null : () => Measure(new BatchRunner(model, paddingId, device), validation, score, options.Training.CancellationToken),
            Options = options.Training,
            Freezing = options.Freezing,
            Adapter = options.Adapter,
            Log = message => channel.Info(MessageSensitivity.None, "{0}", message),
            Seed = seed,
        });
        channel.Info(MessageSensitivity.None, "{0}", FormattableString.Invariant(
            $"Trained on {training.Count} pairs in {result.Steps} steps, {result.SamplesPerSecond:f1} samples/s; loss of the last step {result.FinalLoss:g4}."));
    }

    private static torch.Tensor Loss(torch.Tensor logits, float[] labels, PairScore score, torch.Device device)
    {
        if (score.Activation == ScoreActivation.Identity)
        {
            using var targets = torch.tensor(labels, device: device);
            return MeanSquaredErrorLoss.Compute(logits, targets);
        }

        using var probabilities = torch.tensor(Array.ConvertAll(labels, score.Target), device: device);
        using var flat = logits.view(-1);
        return BinaryCrossEntropyLoss.Compute(flat, probabilities);
    }

    private static ValidationResult Measure(BatchRunner runner, PairTrainingSet set, PairScore score, CancellationToken cancellationToken)
    {
        var logits = new float[set.Count];
        runner.Run(set.Texts, logits, cancellationToken);
        using var tensor = torch.tensor(logits);
        using var loss = Loss(tensor, set.Labels.ToArray(), score, torch.CPU);
        return new ValidationResult("Spearman correlation",
            Correlation.Spearman(Array.ConvertAll(logits, logit => (double)score.Of(logit)), Array.ConvertAll(set.Labels.ToArray(), label => (double)label)),
            loss.item<float>());
    }
}
