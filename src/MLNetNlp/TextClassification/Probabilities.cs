namespace MLNetNlp;

/// <summary>From logits to what classifiers give.</summary>
internal static class Probabilities
{
    /// <summary><c>exp(logit) / sum exp(logits)</c>, summed in double precision.</summary>
    public static void Softmax(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        var highest = float.NegativeInfinity;
        foreach (var logit in logits)
            highest = Math.Max(highest, logit);
        double sum = 0;
        foreach (var logit in logits)
            sum += Math.Exp(logit - highest);
        for (var i = 0; i < logits.Length; i++)
            probabilities[i] = (float)(Math.Exp(logits[i] - highest) / sum);
    }

    /// <summary>
    /// The key of the highest logit, counted from 1; the first of several alike. 0 (missing) when there is none, because a logit is not a number.
    /// </summary>
    public static uint BestKey(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var i = 0; i < logits.Length; i++)
        {
            if (float.IsNaN(logits[i]))
                return 0;
            if (logits[i] > logits[best])
                best = i;
        }

        return (uint)best + 1;
    }

    /// <summary><c>1 / (1 + exp(-logOdds))</c>.</summary>
    public static float Sigmoid(float logOdds) => (float)(1 / (1 + Math.Exp(-(double)logOdds)));
}
