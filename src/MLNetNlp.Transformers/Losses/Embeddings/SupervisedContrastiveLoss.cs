using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Pulls texts of one class together and pushes the other texts of the batch away, all at once.</summary>
/// <remarks>
/// <c>loss = mean over rows of -mean over positives p of log(exp(cos(row, p) / t) / sum over all other rows o of exp(cos(row, o) / t))</c>, a similarity. Inputs:
/// one text and its class; positives are the other rows of the class. A row without any costs nothing, so that a batch without positives has the loss 0: use a
/// sampler that puts several rows of a class into a batch. Khosla et al. 2020, "Supervised Contrastive Learning"; the reference is SetFit's <c>SupConLoss</c>.
/// </remarks>
/// <param name="temperature">t. Default 0.07.</param>
public sealed class SupervisedContrastiveLoss(float temperature = 0.07f) : IEmbeddingLoss
{
    /// <summary>The cosines are divided by it.</summary>
    public float Temperature { get; } = LossArgument.Positive(temperature, nameof(temperature));

    /// <inheritdoc/>
    public EmbeddingLossInputs Inputs { get; } = new(nameof(SupervisedContrastiveLoss), ["text"]) { Label = EmbeddingLabelKind.Class, ContrastsClasses = true };

    /// <inheritdoc/>
    public Tensor Compute(IReadOnlyList<Tensor> embeddings, Tensor? labels)
    {
        Inputs.CheckBatch(embeddings, labels);
        using var scope = NewDisposeScope();
        var unit = UnitRows.Of(embeddings[0]);
        var self = eye(unit.shape[0], dtype: ScalarType.Bool, device: unit.device);
        // Not minus infinity: a batch of one row would be left with nothing but that.
        var scores = (unit.matmul(unit.t()) / Temperature).masked_fill(self, -1e30f);
        var positives = labels!.unsqueeze(0).eq(labels.unsqueeze(1)).logical_and(self.logical_not()).to(scores.dtype);
        var logProbabilities = scores.log_softmax(1).masked_fill(self, 0);
        var means = (logProbabilities * positives).sum(1) / positives.sum(1).clamp_min(1);
        return means.mean().neg().MoveToOuterDisposeScope();
    }
}
