using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>Dropout: sets numbers to 0 with a probability, and scales the others up so that the mean stays.</summary>
/// <remarks>
/// libtorch draws the mask on the CPU one number after the other, on one thread, which is a tenth of a training step. Here the mask is a hash of
/// position and a seed, computed in vectors and on all threads; the seed is one draw from torch's global generator, so that <c>manual_seed</c> governs
/// it as it does libtorch's own.
/// </remarks>
internal static class Dropout
{
    private const int ChunkLength = 1 << 15;
    private static readonly Vector<uint> Lanes = new([.. Enumerable.Range(0, Vector<uint>.Count).Select(lane => (uint)lane)]);

    /// <summary>Drops numbers of a tensor that has just been computed and that nothing else needs: it may be changed in place.</summary>
    public static Tensor OverwriteOrCopy(Tensor input, double probability) =>
        IsFast(input, probability) ? input.mul_(Mask(input, probability)) : F.dropout(input, probability);

    /// <summary>Drops numbers and leaves the input as it is.</summary>
    public static Tensor Copy(Tensor input, double probability) =>
        IsFast(input, probability) ? input.mul(Mask(input, probability)) : F.dropout(input, probability);

    private static bool IsFast(Tensor input, double probability) =>
        probability < 1 && input.device_type == DeviceType.CPU && input.dtype == ScalarType.Float32 && input.numel() <= int.MaxValue / sizeof(float);

    private static unsafe Tensor Mask(Tensor input, double probability)
    {
        var mask = empty(input.shape, dtype: ScalarType.Float32);
        using var draw = randint(long.MaxValue, [1], dtype: ScalarType.Int64);
        var seed = (ulong)draw.item<long>();
        var threshold = (uint)(probability * 4294967296.0);
        var scale = (float)(1 / (1 - probability));
        var length = (int)mask.numel();
        // Native memory does not move.
        var memory = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(mask.bytes));
        Parallel.For(0, (length + ChunkLength - 1) / ChunkLength, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, get_num_threads()) }, chunk =>
        {
            var start = chunk * ChunkLength;
            Fill(new Span<float>(memory + start, Math.Min(ChunkLength, length - start)), (uint)start, seed, threshold, scale);
        });
        return mask;
    }

    /// <summary>Writes 0 or the scale to each place, by MurmurHash3's finaliser over its position, the seed going in before and between the rounds.</summary>
    private static void Fill(Span<float> values, uint start, ulong seed, uint threshold, float scale)
    {
        var (low, high) = ((uint)seed, (uint)(seed >> 32));
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var position = Lanes + new Vector<uint>(start);
        for (var i = 0; i < vectors.Length; i++)
        {
            var hash = position * 0x9E3779B1u + new Vector<uint>(low);
            hash = (hash ^ (hash >>> 16)) * 0x85EBCA6Bu ^ new Vector<uint>(high);
            hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35u;
            hash ^= hash >>> 16;
            var kept = Vector.AsVectorSingle(Vector.GreaterThanOrEqual(hash, new Vector<uint>(threshold)));
            vectors[i] = Vector.ConditionalSelect(kept, new Vector<float>(scale), Vector<float>.Zero);
            position += new Vector<uint>((uint)Vector<uint>.Count);
        }

        for (var i = vectors.Length * Vector<float>.Count; i < values.Length; i++)
        {
            var hash = (start + (uint)i) * 0x9E3779B1u + low;
            hash = (hash ^ (hash >> 16)) * 0x85EBCA6Bu ^ high;
            hash = (hash ^ (hash >> 13)) * 0xC2B2AE35u;
            hash ^= hash >> 16;
            values[i] = hash >= threshold ? scale : 0;
        }
    }
}
