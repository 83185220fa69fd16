using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>The sum that CoSENT and AnglE share: every two pairs whose similarities disagree with the order of their scores cost.</summary>
internal static class RankedPairs
{
    /// <summary><c>log(1 + sum over score_i &lt; score_j of exp(s_i - s_j))</c>, a scalar; 0 when all scores are alike.</summary>
    /// <param name="similarities">s, scaled: [batch].</param>
    /// <param name="scores">[batch].</param>
    public static Tensor LogSum(Tensor similarities, Tensor scores)
    {
        using var scope = NewDisposeScope();
        var differences = similarities.unsqueeze(1) - similarities.unsqueeze(0);
        var disordered = scores.unsqueeze(1) < scores.unsqueeze(0);
        var terms = differences.masked_fill(disordered.logical_not(), float.NegativeInfinity).view(-1);
        // The 1 in the logarithm is exp(0).
        return cat([zeros(1, dtype: terms.dtype, device: terms.device), terms]).logsumexp(0).MoveToOuterDisposeScope();
    }
}
