using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Keeps each negative farther from its anchor than the positive, by at least a margin.</summary>
/// <remarks>
/// <c>loss = mean of max(0, d(anchor, positive) - d(anchor, negative) + margin)</c>, d a distance. Inputs: anchor, positive, negative; no label. Choose the
/// margin by the distance: 5 fits the Euclidean one, the cosine one needs about 0.2. Schroff et al. 2015, "FaceNet".
/// </remarks>
/// <param name="distance">Kind of distance. Default Euclidean.</param>
/// <param name="margin">Least difference of the two distances. Default 5.</param>
public sealed class TripletLoss(EmbeddingDistance distance = EmbeddingDistance.Euclidean, float margin = 5f) : IEmbeddingLoss
{
    /// <summary>Kind of distance.</summary>
    public EmbeddingDistance Distance { get; } = LossArgument.Defined(distance, nameof(distance));

    /// <summary>Least difference of the two distances.</summary>
    public float Margin { get; } = LossArgument.NotNegative(margin, nameof(margin));

    /// <inheritdoc/>
    public EmbeddingLossInputs Inputs { get; } = new(nameof(TripletLoss), ["anchor", "positive", "negative"]);

    /// <inheritdoc/>
    public Tensor Compute(IReadOnlyList<Tensor> embeddings, Tensor? labels)
    {
        Inputs.CheckBatch(embeddings, labels);
        using var scope = NewDisposeScope();
        var near = Distance.Pairs(embeddings[0], embeddings[1]);
        var far = Distance.Pairs(embeddings[0], embeddings[2]);
        return (near - far + Margin).relu().mean().MoveToOuterDisposeScope();
    }
}
