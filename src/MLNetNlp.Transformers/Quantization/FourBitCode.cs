namespace MLNetNlp.Transformers.Quantization;

/// <summary>Sixteen numbers from -1 to 1, and the nearest of them to any number there.</summary>
internal sealed class FourBitCode
{
    private readonly byte[] _order;
    private readonly float[] _midpoints;

    private FourBitCode(float[] values)
    {
        Values = values;
        // The sort is stable: of FP4's two zeros the positive comes first, as in bitsandbytes.
        _order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i]).Select(i => (byte)i)];
        _midpoints = [.. Enumerable.Range(0, values.Length - 1).Select(i => (values[_order[i]] + values[_order[i + 1]]) / 2)];
    }

    /// <summary>Quantiles of the normal distribution, with an exact 0.</summary>
    public static FourBitCode Nf4 { get; } = new(
    [
        -1, -0.6961928009986877f, -0.5250730514526367f, -0.39491748809814453f, -0.28444138169288635f, -0.18477343022823334f, -0.09105003625154495f, 0,
        0.07958029955625534f, 0.16093020141124725f, 0.24611230194568634f, 0.33791524171829224f, 0.44070982933044434f, 0.5626170039176941f,
        0.7229568362236023f, 1,
    ]);

    /// <summary>Floating-point numbers of four bits, scaled to at most 1.</summary>
    public static FourBitCode Fp4 { get; } = new([.. Signed(1), .. Signed(-1)]);

    /// <summary>What each index stands for.</summary>
    public IReadOnlyList<float> Values { get; }

    /// <summary>What each byte stands for: the number of its high half, then that of its low half, 512 in all.</summary>
    public float[] Pairs => [.. Enumerable.Range(0, 256).SelectMany(i => new[] { Values[i >> 4], Values[i & 15] })];

    public static FourBitCode Of(QuantizationKind kind) => kind == QuantizationKind.Nf4 ? Nf4 : Fp4;

    /// <summary>The index of the nearest; half-way, that of the lower one.</summary>
    public byte Nearest(float value)
    {
        // Four questions; a number equal to a midpoint goes down.
        var (low, high) = (0, _midpoints.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_midpoints[middle] < value)
                low = middle + 1;
            else
                high = middle;
        }

        return _order[low];
    }

    private static IEnumerable<float> Signed(int sign) => new[] { 0, 0.0625f, 8, 12, 4, 6, 2, 3 }.Select(value => sign * (value / 12));
}
