using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNetNlp.Transformers.Search;

/// <summary>Arithmetic of vectors, many numbers at a time.</summary>
internal static class VectorMath
{
    /// <summary>Dot product of two vectors of one length.</summary>
    public static float Dot(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        var width = Vector<float>.Count;
        ref var a = ref MemoryMarshal.GetReference(first);
        ref var b = ref MemoryMarshal.GetReference(second);
        var (sum0, sum1, sum2, sum3) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var i = 0;
        // Four sums, so that an addition need not wait for the one before.
        for (; i <= first.Length - 4 * width; i += 4 * width)
        {
            sum0 += At(ref a, i) * At(ref b, i);
            sum1 += At(ref a, i + width) * At(ref b, i + width);
            sum2 += At(ref a, i + 2 * width) * At(ref b, i + 2 * width);
            sum3 += At(ref a, i + 3 * width) * At(ref b, i + 3 * width);
        }

        for (; i <= first.Length - width; i += width)
            sum0 += At(ref a, i) * At(ref b, i);
        var sum = Vector.Sum(sum0 + sum1 + (sum2 + sum3));
        for (; i < first.Length; i++)
            sum += first[i] * second[i];
        return sum;
    }

    /// <summary>Scales to length 1; zeros stay.</summary>
    public static void Normalize(Span<float> vector)
    {
        double squares = 0;
        foreach (var number in vector)
            squares += (double)number * number;
        if (squares == 0)
            return;
        var length = Math.Sqrt(squares);
        for (var i = 0; i < vector.Length; i++)
            vector[i] = (float)(vector[i] / length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> At(ref float start, int index) => Vector.LoadUnsafe(ref start, (nuint)index);
}
