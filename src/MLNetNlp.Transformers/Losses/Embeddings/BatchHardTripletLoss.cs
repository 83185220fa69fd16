using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Learns from each text's farthest positive and nearest negative in a batch.</summary>
/// <remarks>
/// <c>loss = mean over rows of max(0, largest d(row, positive) - smallest d(row, negative) + margin)</c>, d a distance; the largest of no positive is 0. Inputs:
/// one text and its class. See <see cref="BatchTripletLoss"/>.
/// </remarks>
/// <param name="distance">Kind of distance. Default Euclidean.</param>
/// <param name="margin">Least difference of the two distances. Default 5; the cosine distance needs about 0.2.</param>
public sealed class BatchHardTripletLoss(EmbeddingDistance distance = EmbeddingDistance.Euclidean, float margin = 5f) : BatchTripletLoss(distance, margin)
{
    private protected override Tensor Compute(Tensor distances, Tensor positives, Tensor negatives) =>
        (HardestPositive(distances, positives) - HardestNegative(distances, negatives) + Margin).relu().mean();
}
