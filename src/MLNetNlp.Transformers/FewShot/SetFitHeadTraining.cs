using MLNetNlp.Transformers.Heads;
using MLNetNlp.Transformers.Losses;
using MLNetNlp.Transformers.Training;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.FewShot;

/// <summary>The second phase of SetFit with a differentiable head: cross-entropy of its logits, alone or together with the body.</summary>
/// <remarks>setfit's own recipe: AdamW, shuffled batches, and a learning rate that is halved every 5 epochs (<c>StepLR(5, 0.5)</c>); no clipping.</remarks>
internal static class SetFitHeadTraining
{
    private const int EpochsBetweenHalvings = 5;

    /// <summary>The learning rate's factor in an epoch, counted from 0.</summary>
    public static double RateFactor(int epoch) => Math.Pow(0.5, epoch / EpochsBetweenHalvings);

    /// <summary>How the options train a head.</summary>
    public static TrainingOptions Options(int epochs, int batchSize, double learningRate, double weightDecay, CancellationToken cancellationToken) => new()
    {
        MaxEpochs = epochs,
        BatchSize = batchSize,
        LearningRate = learningRate,
        WeightDecay = weightDecay,
        MaxGradientNorm = 0,
        WarmupRatio = 0,
        CancellationToken = cancellationToken,
    };

    /// <summary>Trains the head on vectors that do not change.</summary>
    /// <param name="head">The head, on its device.</param>
    /// <param name="features">[rows, width], on the head's device.</param>
    /// <param name="targets">[rows] int64 for classes, [rows, labels] float32 for labels, on the head's device.</param>
    /// <param name="options">See <see cref="Options"/>.</param>
    /// <param name="seed">Seed of the batches' order.</param>
    /// <param name="batches">The batches of an epoch; null: shuffled.</param>
    /// <param name="classWeights">One weight a class; null: all 1.</param>
    public static TrainingResult Run(SetFitHead head, Tensor features, Tensor targets, TrainingOptions options, int seed,
        Func<int, IReadOnlyList<int[]>>? batches = null, IReadOnlyList<float>? classWeights = null)
    {
        using var crossEntropy = new CrossEntropyLoss(0, classWeights, features.device);
        return TrainingLoop.Run(new TrainingJob
        {
            Module = head,
            ExampleCount = (int)features.shape[0],
            ExampleLength = _ => 1,
            Loss = rows =>
            {
                using var index = tensor([.. rows.Select(row => (long)row)], device: features.device);
                using var inputs = features.index_select(0, index);
                using var wanted = targets.index_select(0, index);
                using var logits = head.call(inputs);
                return Loss(logits, wanted, crossEntropy);
            },
            Options = options,
            Seed = seed,
            Batches = batches,
            EpochRateFactor = RateFactor,
        });
    }

    /// <summary>Cross-entropy of classes, or of labels where there is a row of targets for each text.</summary>
    public static Tensor Loss(Tensor logits, Tensor targets, CrossEntropyLoss crossEntropy) =>
        targets.dim() == 1 ? crossEntropy.Compute(logits, targets) : BinaryCrossEntropyLoss.Compute(logits, targets);
}
