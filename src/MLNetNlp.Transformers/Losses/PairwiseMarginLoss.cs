using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Asks that of two texts the more relevant one scores higher by a margin.</summary>
/// <remarks>
/// <c>loss = mean over pairs of max(0, margin - (s_better - s_worse))</c>. Equal to <c>torch.nn.functional.margin_ranking_loss</c> with target 1.
/// Herbrich et al. 1999, "Support Vector Learning for Ordinal Regression".
/// </remarks>
public static class PairwiseMarginLoss
{
    /// <summary>The mean loss, a scalar; 0 where there are no pairs.</summary>
    /// <param name="scores">[batch].</param>
    /// <param name="pairs">Which rows of the batch are compared.</param>
    /// <param name="margin">The difference from which on a pair costs nothing; in the scores' unit.</param>
    public static Tensor Compute(Tensor scores, RankingPairs pairs, double margin = 1)
    {
        using var scope = NewDisposeScope();
        var loss = pairs.Count == 0 ? scores.sum() * 0 : (margin - ScoreDifferences.Of(scores, pairs)).clamp_min(0).mean();
        return loss.MoveToOuterDisposeScope();
    }
}
