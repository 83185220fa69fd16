namespace MLNetNlp.Metrics.Similarity;

/// <summary>How far two lists of numbers rise and fall together: -1 (one falls as the other rises) to 1. Equal to SciPy's.</summary>
/// <remarks>All are NaN for fewer than two pairs, where one list is constant, and where a number is NaN.</remarks>
public static class Correlation
{
    /// <summary>Pearson's coefficient: 1 where one list is a rising straight line of the other.</summary>
    /// <exception cref="ArgumentException">The lists have different lengths.</exception>
    public static double Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        CheckLengths(x.Length, y.Length);
        var (meanX, meanY) = (Mean(x), Mean(y));
        double squaresX = 0, squaresY = 0, products = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var (dx, dy) = (x[i] - meanX, y[i] - meanY);
            squaresX += dx * dx;
            squaresY += dy * dy;
            products += dx * dy;
        }

        return x.Length < 2 || squaresX == 0 || squaresY == 0 ? double.NaN
            : Math.Clamp(products / Math.Sqrt(squaresX) / Math.Sqrt(squaresY), -1, 1);
    }

    /// <summary>Spearman's rho: Pearson's coefficient of the ranks; equal numbers share the mean of their ranks.</summary>
    /// <exception cref="ArgumentException">The lists have different lengths.</exception>
    public static double Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        CheckLengths(x.Length, y.Length);
        return HasNaN(x) || HasNaN(y) ? double.NaN : Pearson(Ranks.Of(x), Ranks.Of(y));
    }

    /// <summary>Kendall's tau-b: concordant less discordant pairs, over the pairs that are not tied.</summary>
    /// <exception cref="ArgumentException">The lists have different lengths.</exception>
    public static double KendallTauB(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        CheckLengths(x.Length, y.Length);
        return x.Length < 2 || HasNaN(x) || HasNaN(y) ? double.NaN : KendallTau.ComputeB(x, y);
    }

    private static bool HasNaN(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (double.IsNaN(value))
                return true;
        }

        return false;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (var value in values)
            sum += value;
        return sum / values.Length;
    }

    private static void CheckLengths(int x, int y)
    {
        if (x != y)
            throw new ArgumentException($"One list has {x} numbers, the other {y}; as many are needed.");
    }
}
