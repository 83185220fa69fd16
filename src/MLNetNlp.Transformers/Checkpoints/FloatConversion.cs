using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>Widens stored numbers to single precision, exactly; sources need not be aligned.</summary>
internal static class FloatConversion
{
    public static bool CanConvert(SafetensorsDType dtype) =>
        dtype is SafetensorsDType.F32 or SafetensorsDType.F16 or SafetensorsDType.BF16 or SafetensorsDType.F64;

    public static void ToSingle(SafetensorsDType dtype, ReadOnlySpan<byte> source, Span<float> destination)
    {
        switch (dtype)
        {
            case SafetensorsDType.F32:
                source.CopyTo(MemoryMarshal.AsBytes(destination));
                break;
            case SafetensorsDType.F16:
                HalfToSingle(MemoryMarshal.Cast<byte, ushort>(source), destination);
                break;
            case SafetensorsDType.BF16:
                BFloat16ToSingle(MemoryMarshal.Cast<byte, ushort>(source), destination);
                break;
            case SafetensorsDType.F64:
                var doubles = MemoryMarshal.Cast<byte, double>(source);
                for (var i = 0; i < doubles.Length; i++)
                    destination[i] = (float)doubles[i];
                break;
            default:
                throw new NotSupportedException($"{dtype.FormatName()} is not converted to single precision.");
        }
    }

    /// <summary>
    /// Moves exponent and mantissa into a single's place and multiplies by 2^112, the difference of the exponents' biases;
    /// that normalises subnormal halves too. Infinities and NaN get their exponent back afterwards.
    /// </summary>
    private static void HalfToSingle(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(destination);
        var i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= source.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
            {
                var (lower, upper) = Vector256.Widen(Vector256.LoadUnsafe(ref from, (nuint)i));
                HalfToSingle(lower).StoreUnsafe(ref to, (nuint)i);
                HalfToSingle(upper).StoreUnsafe(ref to, (nuint)(i + Vector256<float>.Count));
            }
        }

        for (; i < source.Length; i++)
            destination[i] = (float)BitConverter.UInt16BitsToHalf(source[i]);
    }

    private static Vector256<float> HalfToSingle(Vector256<uint> half)
    {
        var sign = (half & Vector256.Create(0x8000u)) << 16;
        var rest = (half & Vector256.Create(0x7fffu)) << 13;
        var special = Vector256.GreaterThan(rest.AsInt32(), Vector256.Create((0x7c00 << 13) - 1)).AsUInt32();
        var scaled = (rest.AsSingle() * Vector256.Create(BitConverter.UInt32BitsToSingle(0x77800000))).AsUInt32();
        return (sign | Vector256.ConditionalSelect(special, rest | Vector256.Create(0x7f800000u), scaled)).AsSingle();
    }

    private static void BFloat16ToSingle(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(destination);
        var i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= source.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
            {
                var (lower, upper) = Vector256.Widen(Vector256.LoadUnsafe(ref from, (nuint)i));
                (lower << 16).AsSingle().StoreUnsafe(ref to, (nuint)i);
                (upper << 16).AsSingle().StoreUnsafe(ref to, (nuint)(i + Vector256<float>.Count));
            }
        }

        for (; i < source.Length; i++)
            destination[i] = BitConverter.UInt32BitsToSingle((uint)source[i] << 16);
    }
}
