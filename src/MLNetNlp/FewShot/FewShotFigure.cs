namespace MLNetNlp;

/// <summary>A figure over several runs.</summary>
/// <param name="Mean">Its mean.</param>
/// <param name="StandardDeviation">Its standard deviation: of the runs themselves, not of a population that they stand for.</param>
public readonly record struct FewShotFigure(double Mean, double StandardDeviation)
{
    /// <summary>Of some values; at least one.</summary>
    internal static FewShotFigure Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        var mean = all.Average();
        return new FewShotFigure(mean, Math.Sqrt(all.Average(value => (value - mean) * (value - mean))));
    }
}
