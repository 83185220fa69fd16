namespace Microsoft.ML;

/// <summary>ML.NET's generator, so that a seed gives the rows that it gives there: three Tausworthe generators and a linear congruential one, xor-ed.</summary>
/// <remarks>Howes and Thomas 2007, "Efficient Random Number Generation and Application Using CUDA" (GPU Gems 3, chapter 37).</remarks>
internal sealed class TauswortheHybrid : Random
{
    private uint _z1;
    private uint _z2;
    private uint _z3;
    private uint _z4;

    internal TauswortheHybrid(uint seed)
    {
        _z1 = seed;
        _z2 = MurmurHash.Round(_z1, _z1);
        _z3 = MurmurHash.Round(_z2, _z1);
        _z4 = MurmurHash.Round(_z3, _z1);
    }

    internal TauswortheHybrid(Random source)
    {
        _z1 = TauswortheSeed(source);
        _z2 = TauswortheSeed(source);
        _z3 = TauswortheSeed(source);
        _z4 = Bits(source);
    }

    internal static TauswortheHybrid Create(int? seed) => seed is int value ? new TauswortheHybrid((uint)value) : new TauswortheHybrid(new Random());

    /// <inheritdoc/>
    public override int Next()
    {
        uint u = NextBits();
        return (int)(u + (u & 0x80000000));
    }

    /// <inheritdoc/>
    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (int)(((ulong)NextBits() * (ulong)maxValue) >> 32);
    }

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return (int)((long)(NextDouble() * ((long)maxValue - minValue)) + minValue);
    }

    /// <inheritdoc/>
    public override double NextDouble() => NextBits() * (1.0 / 4294967296.0);

    /// <inheritdoc/>
    public override float NextSingle() => (NextBits() >> 9) * (1f / (1 << 23)); // 23 bits, so that it is exact and never rounds to 1

    /// <inheritdoc/>
    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        for (int i = 0; i < buffer.Length; i++)
        {
            buffer[i] = (byte)Next();
        }
    }

    /// <inheritdoc/>
    protected override double Sample() => NextDouble();

    private static uint Bits(Random source) => ((uint)source.Next(0x10000) << 16) | (uint)source.Next(0x10000);

    // A Tausworthe generator whose upper bits are all zero stays there.
    private static uint TauswortheSeed(Random source)
    {
        uint bits;
        do
        {
            bits = Bits(source);
        }
        while (bits < 128);
        return bits;
    }

    private static uint Tausworthe(uint z, int s1, int s2, int s3, uint mask) => ((z & mask) << s3) ^ (((z << s1) ^ z) >> s2);

    private uint NextBits()
    {
        _z1 = Tausworthe(_z1, 13, 19, 12, ~1u);
        _z2 = Tausworthe(_z2, 2, 25, 4, ~7u);
        _z3 = Tausworthe(_z3, 3, 11, 17, ~15u);
        _z4 = (1664525 * _z4) + 1013904223;
        return _z1 ^ _z2 ^ _z3 ^ _z4;
    }
}
