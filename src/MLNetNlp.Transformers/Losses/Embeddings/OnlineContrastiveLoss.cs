using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary><see cref="ContrastiveLoss"/> over the hard pairs of the batch alone, which mostly makes the better model.</summary>
/// <remarks>
/// <c>loss = sum of d^2 over hard positives + sum of max(0, margin - d)^2 over hard negatives</c>, d a distance. A positive is hard when it is farther apart
/// than the nearest negative, a negative when it is nearer than the farthest positive; where the batch has fewer than two of the other kind, the mean of the
/// own kind is the limit. Inputs: two texts and whether they belong together (1 or 0). The reference is sentence-transformers.
/// </remarks>
/// <param name="distance">Kind of distance. Default cosine.</param>
/// <param name="margin">Others farther apart cost nothing. Default 0.5, for the cosine distance.</param>
public sealed class OnlineContrastiveLoss(EmbeddingDistance distance = EmbeddingDistance.Cosine, float margin = 0.5f) : IEmbeddingLoss
{
    /// <summary>Kind of distance.</summary>
    public EmbeddingDistance Distance { get; } = LossArgument.Defined(distance, nameof(distance));

    /// <summary>Others farther apart cost nothing.</summary>
    public float Margin { get; } = LossArgument.NotNegative(margin, nameof(margin));

    /// <inheritdoc/>
    public EmbeddingLossInputs Inputs { get; } = new(nameof(OnlineContrastiveLoss), ["first text", "second text"]) { Label = EmbeddingLabelKind.Binary };

    /// <inheritdoc/>
    public Tensor Compute(IReadOnlyList<Tensor> embeddings, Tensor? labels)
    {
        Inputs.CheckBatch(embeddings, labels);
        using var scope = NewDisposeScope();
        var distances = Distance.Pairs(embeddings[0], embeddings[1], ContrastiveLoss.Shift);
        var together = labels!.to(distances.dtype).gt(0.5);
        var apart = together.logical_not();
        var known = distances.detach();
        var farthest = where(Count(together).gt(1), known.masked_fill(apart, float.NegativeInfinity).max(), Mean(known, apart));
        var nearest = where(Count(apart).gt(1), known.masked_fill(together, float.PositiveInfinity).min(), Mean(known, together));
        var hardPositives = together.logical_and(known.gt(nearest)).to(distances.dtype);
        var hardNegatives = apart.logical_and(known.lt(farthest)).to(distances.dtype);
        var loss = (hardPositives * distances.square()).sum() + (hardNegatives * (Margin - distances).relu().square()).sum();
        return loss.MoveToOuterDisposeScope();
    }

    private static Tensor Count(Tensor mask) => mask.to(int64).sum();

    private static Tensor Mean(Tensor values, Tensor mask) => (values * mask.to(values.dtype)).sum() / mask.to(values.dtype).sum().clamp_min(1);
}
