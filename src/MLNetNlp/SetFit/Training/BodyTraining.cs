using Microsoft.ML.Runtime;
using MLNetNlp.Transformers.FewShot;
using MLNetNlp.Transformers.Heads;
using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Losses;
using MLNetNlp.Transformers.Sentences;
using MLNetNlp.Transformers.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetNlp;

/// <summary>What of SetFit moves the body: the contrastive first phase, and the second where it is end to end.</summary>
internal static class BodyTraining
{
    /// <summary>The first phase, in place.</summary>
    public static void Contrast(SentenceEmbedder body, Device device, EmbeddingSet training, EmbeddingSet? validation, SetFitOptions options, int seed, IChannel channel)
    {
        var result = new SentenceEncoderTraining
        {
            Encoder = body.Encoder,
            PaddingId = body.Tokenizer.PaddingId,
            Device = device,
            Sets = [training],
            Validation = validation is null ? null : new EmbeddingValidation(validation.Examples, validation.Loss.Inputs.Label, HasLoss: true),
            Options = options.RatedTraining,
            Freezing = options.Freezing,
            Adapter = options.Adapter,
            Seed = seed,
            Log = message => channel.Info(MessageSensitivity.None, "{0}", message),
            Warn = message => channel.Warning(MessageSensitivity.None, "{0}", message),
        }.Run();
        channel.Info(MessageSensitivity.None, "{0}", FormattableString.Invariant(
            $"Trained the body on {training.Examples.Count} examples of {training.Examples.Pool.Count} texts in {result.Steps} steps; loss of the last {result.FinalLoss:g4}."));
    }

    /// <summary>The second phase end to end: head and body train on cross-entropy together.</summary>
    public static ClassifierHead EndToEnd(SentenceEmbedder body, Device device, ExampleSet set, DifferentiableHeadOptions head, SetFitOptions options, int seed)
    {
        using var module = new EndToEndModel(body.Encoder, new SetFitHead(body.Dimension, set.Labels.Names.Count, head.Temperature, seed));
        module.Head.to(device);
        using var targets = HeadFitting.Targets(set.Labels, device);
        using var crossEntropy = new CrossEntropyLoss(0, set.Labels.Weights(options.ClassWeights), device);
        TrainingLoop.Run(new TrainingJob
        {
            Module = module,
            ExampleCount = set.Count,
            ExampleLength = row => set.Pool.Texts.Length(set.Texts[row]),
            Loss = rows =>
            {
                using var batch = TokenBatch.Create(set.Pool.Texts, Array.ConvertAll(rows, row => set.Texts[row]), body.Tokenizer.PaddingId, device);
                using var index = tensor(Array.ConvertAll(rows, row => (long)row), device: device);
                using var wanted = targets.index_select(0, index);
                using var vectors = body.Encoder.call(batch);
                using var logits = module.Head.call(vectors);
                return SetFitHeadTraining.Loss(logits, wanted, crossEntropy);
            },
            Options = SetFitHeadTraining.Options(head.MaxEpochs, head.BatchSize, head.LearningRate, head.WeightDecay, options.Training.CancellationToken),
            Freezing = options.Freezing,
            Adapter = options.Adapter,
            Seed = seed,
            EpochRateFactor = SetFitHeadTraining.RateFactor,
            ParameterRateFactor = name => name.StartsWith(EndToEndModel.HeadPrefix, StringComparison.Ordinal) ? 1 : head.BodyLearningRate / head.LearningRate,
        });
        return HeadFitting.Of(module.Head, body.Dimension, set.Labels.AreSeveral);
    }

    /// <summary>Body and head under one roof for the training loop; the body stays its owner's.</summary>
    private sealed class EndToEndModel : nn.Module
    {
        public const string HeadPrefix = "head.";

        public EndToEndModel(SentenceEncoder body, SetFitHead head)
            : base(nameof(EndToEndModel))
        {
            Head = head;
            register_module("body", body);
            register_module("head", head);
        }

        public SetFitHead Head { get; }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                Head.Dispose();
        }
    }
}
