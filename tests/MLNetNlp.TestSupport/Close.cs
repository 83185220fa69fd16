namespace MLNetNlp.TestSupport;

/// <summary>Comparisons of floating-point results with reference figures.</summary>
public static class Close
{
    /// <summary>Fails unless both have one length and every pair differs by at most <paramref name="absolute"/>; says where the worst pair is.</summary>
    public static void AreClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double absolute, string what = "values")
    {
        Assert.AreEqual(expected.Length, actual.Length, $"{what}: number of values");
        double worst = 0;
        int at = -1;
        for (var i = 0; i < expected.Length; i++)
        {
            var difference = Math.Abs((double)expected[i] - actual[i]);
            if (!double.IsNaN(difference) && difference <= worst)
                continue;
            (worst, at) = (double.IsNaN(difference) ? double.PositiveInfinity : difference, i);
        }

        if (worst > absolute)
            Assert.Fail($"{what}: value {at} is {actual[at]:R}, expected {expected[at]:R}; differs by {worst:g3}, allowed {absolute:g3}");
    }
}
