namespace MLNetNlp.Cli.Data;

/// <summary>Splits rows at random, each by its number and the seed alone: the same rows every time they are read.</summary>
/// <param name="fraction">Share of the rows that go into the second part.</param>
internal sealed class SampleSplit(double fraction, int seed)
{
    /// <summary>Whether the row belongs to the second part.</summary>
    public bool IsHeldOut(long row)
    {
        // SplitMix64 (Steele, Lea and Flood 2014): neighbouring numbers come out unrelated.
        var x = unchecked(((ulong)row * 0x9E3779B97F4A7C15) + (((ulong)(uint)seed + 1) * 0xD1B54A32D192ED03));
        x = unchecked((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9);
        x = unchecked((x ^ (x >> 27)) * 0x94D049BB133111EB);
        x ^= x >> 31;
        return (x >> 11) * (1.0 / (1UL << 53)) < fraction;
    }
}
