using System.Numerics;
using System.Runtime.InteropServices;

namespace MLNetNlp.Transformers.LinearModels;

/// <summary>Arithmetic on rows of doubles, several numbers at a time.</summary>
internal static class Vectors
{
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var va = MemoryMarshal.Cast<double, Vector<double>>(a);
        var vb = MemoryMarshal.Cast<double, Vector<double>>(b);
        var sums = Vector<double>.Zero;
        for (var i = 0; i < va.Length; i++)
            sums += va[i] * vb[i];
        var sum = Vector.Sum(sums);
        for (var i = va.Length * Vector<double>.Count; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary><c>target += factor * source</c>.</summary>
    public static void AddScaled(Span<double> target, ReadOnlySpan<double> source, double factor)
    {
        var vt = MemoryMarshal.Cast<double, Vector<double>>(target);
        var vs = MemoryMarshal.Cast<double, Vector<double>>(source);
        for (var i = 0; i < vt.Length; i++)
            vt[i] += vs[i] * factor;
        for (var i = vt.Length * Vector<double>.Count; i < target.Length; i++)
            target[i] += factor * source[i];
    }

    public static void Scale(Span<double> target, double factor)
    {
        foreach (ref var value in target)
            value *= factor;
    }
}
