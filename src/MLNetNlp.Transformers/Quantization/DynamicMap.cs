namespace MLNetNlp.Transformers.Quantization;

/// <summary>Dettmers' dynamic type of eight bits: 256 numbers from -1 to 1 whose fraction gets the more bits the larger the number.</summary>
/// <remarks>Dettmers et al. 2021, "8-bit Optimizers via Block-wise Quantization". It holds the scales of double quantisation.</remarks>
internal static class DynamicMap
{
    private const int Exponents = 7;
    private static readonly float[] Sorted = Create();

    /// <summary>The numbers, in order.</summary>
    public static IReadOnlyList<float> Values => Sorted;

    /// <summary>The index of the nearest number.</summary>
    public static byte Nearest(float value)
    {
        var place = Array.BinarySearch(Sorted, value);
        if (place >= 0)
            return (byte)place;
        var above = Math.Min(~place, Sorted.Length - 1);
        return (byte)(above > 0 && value - Sorted[above - 1] <= Sorted[above] - value ? above - 1 : above);
    }

    private static float[] Create()
    {
        List<float> values = [0, 1];
        for (var i = 0; i < Exponents; i++)
        {
            // The middles between equal steps from 0.1 to 1, twice as many for each power of ten.
            var steps = 1 << i;
            var power = (float)Math.Pow(10, i + 1 - Exponents);
            for (var j = 0; j < steps; j++)
            {
                var mean = (Boundary(j, steps) + Boundary(j + 1, steps)) / 2;
                values.Add(power * mean);
                values.Add(-power * mean);
            }
        }

        return [.. values.Order()];
    }

    // In float32 from both ends, each product and sum rounded once, as torch's linspace counts.
    private static float Boundary(int i, int steps)
    {
        var step = (1f - 0.1f) / steps;
        return i < (steps + 1) / 2 ? MathF.FusedMultiplyAdd(step, i, 0.1f) : MathF.FusedMultiplyAdd(-step, steps - i, 1);
    }
}
