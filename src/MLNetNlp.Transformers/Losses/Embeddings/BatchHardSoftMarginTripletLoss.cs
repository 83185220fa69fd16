using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary><see cref="BatchHardTripletLoss"/> without a margin to choose: the farther beyond right, the less it costs.</summary>
/// <remarks>
/// <c>loss = mean over rows of log(1 + exp(largest d(row, positive) - smallest d(row, negative)))</c>, d a distance; the largest of no positive is 0. Inputs:
/// one text and its class. See <see cref="BatchTripletLoss"/>.
/// </remarks>
/// <param name="distance">Kind of distance. Default Euclidean.</param>
public sealed class BatchHardSoftMarginTripletLoss(EmbeddingDistance distance = EmbeddingDistance.Euclidean) : BatchTripletLoss(distance, 0)
{
    private protected override Tensor Compute(Tensor distances, Tensor positives, Tensor negatives) =>
        (HardestPositive(distances, positives) - HardestNegative(distances, negatives)).softplus().mean();
}
