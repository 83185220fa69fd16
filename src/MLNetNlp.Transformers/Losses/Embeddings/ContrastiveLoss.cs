using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Brings texts that belong together close, and keeps others at least a margin apart.</summary>
/// <remarks>
/// <c>loss = mean of 0.5 * (y * d^2 + (1 - y) * max(0, margin - d)^2)</c>, d a distance. Inputs: two texts and whether they belong together (1 or 0).
/// <see cref="OnlineContrastiveLoss"/> learns from the hard pairs alone. Hadsell, Chopra and LeCun 2006, "Dimensionality Reduction by Learning an Invariant
/// Mapping".
/// </remarks>
/// <param name="distance">Kind of distance. Default cosine.</param>
/// <param name="margin">Others farther apart cost nothing. Default 0.5, for the cosine distance.</param>
/// <param name="averages">Whether the batch's losses are averaged, or else summed. Default true.</param>
public sealed class ContrastiveLoss(EmbeddingDistance distance = EmbeddingDistance.Cosine, float margin = 0.5f, bool averages = true) : IEmbeddingLoss
{
    // torch's pairwise_distance adds it.
    internal const double Shift = 1e-6;

    /// <summary>Kind of distance.</summary>
    public EmbeddingDistance Distance { get; } = LossArgument.Defined(distance, nameof(distance));

    /// <summary>Others farther apart cost nothing.</summary>
    public float Margin { get; } = LossArgument.NotNegative(margin, nameof(margin));

    /// <inheritdoc/>
    public EmbeddingLossInputs Inputs { get; } = new(nameof(ContrastiveLoss), ["first text", "second text"]) { Label = EmbeddingLabelKind.Binary };

    /// <inheritdoc/>
    public Tensor Compute(IReadOnlyList<Tensor> embeddings, Tensor? labels)
    {
        Inputs.CheckBatch(embeddings, labels);
        using var scope = NewDisposeScope();
        var distances = Distance.Pairs(embeddings[0], embeddings[1], Shift);
        var together = labels!.to(distances.dtype);
        var losses = together * distances.square() + (1 - together) * (Margin - distances).relu().square();
        return ((averages ? losses.mean() : losses.sum()) * 0.5).MoveToOuterDisposeScope();
    }
}
