using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Base of the losses that find their triplets inside a batch of labelled texts.</summary>
/// <remarks>
/// Inputs: one text and its class. An anchor's positives are the other rows of its class, its negatives all rows of other classes: use a sampler that puts
/// several rows of a class into a batch. A batch without any triplet has a defined loss and no gradient that pulls texts together. Hermans et al. 2017, "In
/// Defense of the Triplet Loss for Person Re-Identification".
/// </remarks>
public abstract class BatchTripletLoss : IEmbeddingLoss
{
    private protected BatchTripletLoss(EmbeddingDistance distance, float margin)
    {
        Distance = LossArgument.Defined(distance, nameof(distance));
        Margin = LossArgument.NotNegative(margin, nameof(margin));
        Inputs = new EmbeddingLossInputs(GetType().Name, ["text"]) { Label = EmbeddingLabelKind.Class, ContrastsClasses = true };
    }

    /// <summary>Kind of distance.</summary>
    public EmbeddingDistance Distance { get; }

    /// <inheritdoc/>
    public EmbeddingLossInputs Inputs { get; }

    private protected float Margin { get; }

    /// <inheritdoc/>
    public Tensor Compute(IReadOnlyList<Tensor> embeddings, Tensor? labels)
    {
        Inputs.CheckBatch(embeddings, labels);
        using var scope = NewDisposeScope();
        var same = labels!.unsqueeze(0).eq(labels.unsqueeze(1));
        var self = eye(labels.shape[0], dtype: ScalarType.Bool, device: labels.device);
        var loss = Compute(Distance.Matrix(embeddings[0]), same.logical_and(self.logical_not()), same.logical_not());
        return loss.MoveToOuterDisposeScope();
    }

    /// <summary>The loss from distances; all three are [batch, batch], a row an anchor.</summary>
    /// <param name="distances">Of each row from each.</param>
    /// <param name="positives">Which are of the anchor's class, itself left out.</param>
    /// <param name="negatives">Which are of another class.</param>
    private protected abstract Tensor Compute(Tensor distances, Tensor positives, Tensor negatives);

    /// <summary>The largest distance of a positive, [batch, 1]; 0 for a row without.</summary>
    private protected static Tensor HardestPositive(Tensor distances, Tensor positives) =>
        (distances * positives.to(distances.dtype)).max(1, keepdim: true).values;

    /// <summary>The smallest distance of a negative, [batch, 1]. What is no negative gets the row's largest distance on top, so that it loses.</summary>
    private protected static Tensor HardestNegative(Tensor distances, Tensor negatives)
    {
        var largest = distances.max(1, keepdim: true).values;
        return (distances + largest * negatives.logical_not().to(distances.dtype)).min(1, keepdim: true).values;
    }
}
