using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetNlp.Transformers.Losses;

/// <summary>MarginMSE on scores: two texts should be as far apart as a teacher has them.</summary>
/// <remarks>
/// <c>loss = mean over pairs of ((s_better - s_worse) - (t_better - t_worse))^2</c>, <c>t</c> the teacher's scores. Only differences count, so the
/// student's scores need not lie where the teacher's do. Hofstätter et al. 2020, "Improving Efficient Neural Ranking Models with Cross-Architecture
/// Knowledge Distillation".
/// </remarks>
public static class ScoreMarginMseLoss
{
    /// <summary>The mean loss, a scalar; 0 where there are no pairs.</summary>
    /// <param name="scores">[batch].</param>
    /// <param name="teacher">[batch], float32: the teacher's scores.</param>
    /// <param name="pairs">Which rows of the batch are compared.</param>
    public static Tensor Compute(Tensor scores, Tensor teacher, RankingPairs pairs)
    {
        using var scope = NewDisposeScope();
        var loss = pairs.Count == 0 ? scores.sum() * 0 : F.mse_loss(ScoreDifferences.Of(scores, pairs), ScoreDifferences.Of(teacher, pairs));
        return loss.MoveToOuterDisposeScope();
    }
}
