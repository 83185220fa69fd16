namespace MLNetNlp.Transformers.Inputs;

/// <summary>A generator whose numbers depend on its seed alone: the same on every platform, .NET version and torch version.</summary>
/// <remarks>
/// xoshiro256** (Blackman and Vigna 2018), seeded by SplitMix64. Not for secrets. Derived seeds (<see cref="Derive(long, string)"/>) keep the parts of
/// a run independent: the order of batches does not move because the head has one more weight.
/// </remarks>
public sealed class SeededRandom
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;
    private double? _spareGaussian;

    /// <summary>A generator for a seed.</summary>
    public SeededRandom(long seed)
    {
        var state = (ulong)seed;
        _a = NextSplitMix(ref state);
        _b = NextSplitMix(ref state);
        _c = NextSplitMix(ref state);
        _d = NextSplitMix(ref state);
    }

    /// <summary>A seed for one named purpose of a run.</summary>
    public static long Derive(long seed, string purpose)
    {
        // FNV-1a: string.GetHashCode differs from process to process.
        var hash = 14695981039346656037UL;
        foreach (var c in purpose)
            hash = (hash ^ c) * 1099511628211UL;
        return Derive(seed, (long)hash);
    }

    /// <summary>A seed for one numbered part of a run, such as a step or an epoch.</summary>
    public static long Derive(long seed, long part)
    {
        var state = (ulong)seed * 0x9E3779B97F4A7C15UL ^ (ulong)part;
        NextSplitMix(ref state);
        return (long)NextSplitMix(ref state);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var result = ulong.RotateLeft(_b * 5, 7) * 9;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A number from 0 to below <paramref name="limit"/>, all equally likely.</summary>
    public int Next(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        // Lemire's method: the few draws that would favour low numbers are drawn again.
        while (true)
        {
            var product = (NextBits() >> 32) * (ulong)limit;
            if ((uint)product >= (uint)(0x1_0000_0000UL % (uint)limit))
                return (int)(product >> 32);
        }
    }

    /// <summary>A number from 0 to below 1, in steps of 2^-53.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number from the standard normal distribution (Marsaglia's polar method).</summary>
    public double NextGaussian()
    {
        if (_spareGaussian is { } spare)
        {
            _spareGaussian = null;
            return spare;
        }

        while (true)
        {
            var x = 2 * NextDouble() - 1;
            var y = 2 * NextDouble() - 1;
            var square = x * x + y * y;
            if (square is >= 1 or 0)
                continue;
            var factor = Math.Sqrt(-2 * Math.Log(square) / square);
            _spareGaussian = y * factor;
            return x * factor;
        }
    }

    /// <summary>Puts the items into a random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong NextSplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
