using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Learns, for each pair of one class in a batch, from the nearest text of another class that is farther than the pair is apart.</summary>
/// <remarks>
/// <c>loss = mean over (anchor, positive) of max(0, d(anchor, positive) - k + margin)</c>, d a distance, k the smallest distance of a negative above
/// <c>d(anchor, positive)</c>, or where none is above it the largest. Anchors without a negative cost nothing; 0 for a batch without positives. Inputs: one
/// text and its class. See <see cref="BatchTripletLoss"/>. Schroff et al. 2015, "FaceNet".
/// </remarks>
/// <param name="distance">Kind of distance. Default Euclidean.</param>
/// <param name="margin">Least difference of the two distances. Default 5; the cosine distance needs about 0.2.</param>
public sealed class BatchSemiHardTripletLoss(EmbeddingDistance distance = EmbeddingDistance.Euclidean, float margin = 5f) : BatchTripletLoss(distance, margin)
{
    private protected override Tensor Compute(Tensor distances, Tensor positives, Tensor negatives)
    {
        var (near, far) = (distances.unsqueeze(2), distances.unsqueeze(1));
        var beyond = negatives.unsqueeze(1).logical_and(far.gt(near));
        var nearestBeyond = far.expand(beyond.shape).masked_fill(beyond.logical_not(), float.PositiveInfinity).min(2).values;
        // 0 only where there is no negative, and then not used.
        var farthest = distances.masked_fill(negatives.logical_not(), 0).max(1, keepdim: true).values;
        var chosen = where(beyond.any(2), nearestBeyond, farthest);
        var pairs = positives.to(distances.dtype);
        var usable = pairs * negatives.any(1, keepdim: true).to(distances.dtype);
        return ((distances - chosen + Margin).relu() * usable).sum() / pairs.sum().clamp_min(1);
    }
}
