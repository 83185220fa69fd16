using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Quantization;

/// <summary>Restores packed weights on the CPU: each byte is one look-up of two numbers, and blocks are scaled in vectors, on all threads.</summary>
/// <remarks>libtorch's own look-up copies row by row, which takes ten times as long.</remarks>
internal static class FourBitKernel
{
    // Enough work for a thread to be worth its start.
    private const int ChunkBytes = 1 << 15;

    /// <summary>[count] numbers.</summary>
    /// <param name="packed">Two weights a byte.</param>
    /// <param name="scales">One for each block, float32.</param>
    /// <param name="pairs">What each byte stands for: 256 times two numbers.</param>
    /// <param name="count">Number of weights.</param>
    /// <param name="blockSize">Weights that share a scale; even.</param>
    public static unsafe Tensor Restore(Tensor packed, Tensor scales, Tensor pairs, long count, int blockSize)
    {
        // Of an odd count the last byte's second half goes too far; it is cut off again.
        var bytes = checked((int)packed.numel());
        var result = empty(2L * bytes, dtype: float32);
        // Native memory does not move.
        var source = Address<byte>(packed);
        var factors = Address<float>(scales);
        var table = Address<ulong>(pairs);
        var target = Address<float>(result);
        var blockBytes = blockSize / 2;
        var chunk = Math.Max(ChunkBytes / blockBytes, 1) * blockBytes;
        Parallel.For(0, (bytes + chunk - 1) / chunk, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, get_num_threads()) }, i =>
        {
            var end = Math.Min((i + 1) * chunk, bytes);
            for (var start = i * chunk; start < end; start += blockBytes)
                Block(source + start, Math.Min(blockBytes, end - start), table, factors[start / blockBytes], target + 2 * start);
        });
        GC.KeepAlive(packed);
        GC.KeepAlive(scales);
        GC.KeepAlive(pairs);
        return count == 2L * bytes ? result : result.narrow(0, 0, count);
    }

    // A few calls restore a whole model: there is no time for the runtime to find out that this is worth compiling well.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Block(byte* source, int bytes, ulong* table, float factor, float* target)
    {
        var values = (ulong*)target;
        for (var i = 0; i < bytes; i++)
            values[i] = table[source[i]];
        var numbers = new Span<float>(target, 2 * bytes);
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(numbers);
        for (var i = 0; i < vectors.Length; i++)
            vectors[i] *= factor;
        for (var i = vectors.Length * Vector<float>.Count; i < numbers.Length; i++)
            numbers[i] *= factor;
    }

    private static unsafe T* Address<T>(Tensor tensor)
        where T : unmanaged => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
}
