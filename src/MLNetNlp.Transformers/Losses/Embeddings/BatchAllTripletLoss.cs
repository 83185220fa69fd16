using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Learns from every triplet that a batch of labelled texts holds.</summary>
/// <remarks>
/// <c>loss = mean of max(0, d(anchor, positive) - d(anchor, negative) + margin)</c> over the triplets that are above 0, d a distance; 0 where there is none.
/// Inputs: one text and its class. Memory grows with the batch's third power. See <see cref="BatchTripletLoss"/>.
/// </remarks>
/// <param name="distance">Kind of distance. Default Euclidean.</param>
/// <param name="margin">Least difference of the two distances. Default 5; the cosine distance needs about 0.2.</param>
public sealed class BatchAllTripletLoss(EmbeddingDistance distance = EmbeddingDistance.Euclidean, float margin = 5f) : BatchTripletLoss(distance, margin)
{
    private const double Smallest = 1e-16;

    private protected override Tensor Compute(Tensor distances, Tensor positives, Tensor negatives)
    {
        var triplets = positives.unsqueeze(2).logical_and(negatives.unsqueeze(1));
        var losses = (distances.unsqueeze(2) - distances.unsqueeze(1) + Margin).relu() * triplets.to(distances.dtype);
        return losses.sum() / (losses.gt(Smallest).to(losses.dtype).sum() + Smallest);
    }
}
