using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetNlp.Transformers.Losses;

/// <summary>RankNet: the difference of two scores is the log-odds that the first text is the more relevant one.</summary>
/// <remarks>
/// <c>loss = mean over pairs of log(1 + exp(-(s_better - s_worse)))</c>. Burges et al. 2005, "Learning to Rank using Gradient Descent".
/// </remarks>
public static class PairwiseLogisticLoss
{
    /// <summary>The mean loss, a scalar; 0 where there are no pairs.</summary>
    /// <param name="scores">[batch].</param>
    /// <param name="pairs">Which rows of the batch are compared.</param>
    public static Tensor Compute(Tensor scores, RankingPairs pairs)
    {
        using var scope = NewDisposeScope();
        var loss = pairs.Count == 0 ? scores.sum() * 0 : F.softplus(-ScoreDifferences.Of(scores, pairs)).mean();
        return loss.MoveToOuterDisposeScope();
    }
}
