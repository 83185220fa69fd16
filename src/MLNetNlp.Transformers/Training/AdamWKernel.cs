using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Training;

/// <summary><see cref="AdamW"/>'s arithmetic on CPU memory: one pass, in chunks that all threads share.</summary>
/// <remarks>Each number is computed alone and chunks are added up in their order, so results do not depend on the number of threads.</remarks>
internal static unsafe class AdamWKernel
{
    private const int ChunkLength = 1 << 15;

    /// <summary>Whether a tensor's memory can be worked on directly.</summary>
    public static bool CanUpdate(Tensor tensor) =>
        tensor.device_type == DeviceType.CPU && tensor.dtype == ScalarType.Float32 && tensor.is_contiguous() && tensor.numel() <= int.MaxValue / sizeof(float);

    /// <summary>Global L2 norm; tensors that are null do not count.</summary>
    public static double Norm(IReadOnlyList<Tensor?> gradients)
    {
        var chunks = new List<Chunk>();
        for (var i = 0; i < gradients.Count; i++)
        {
            if (gradients[i] is { } gradient)
                AddChunks(chunks, new Chunk { Gradient = Memory(gradient), Length = (int)gradient.numel() });
        }

        var sums = new double[chunks.Count];
        Run(chunks.Count, index => sums[index] = SquareSum(new ReadOnlySpan<float>(chunks[index].Gradient, chunks[index].Length)));
        var sum = 0.0;
        foreach (var part in sums)
            sum += part;
        return Math.Sqrt(sum);
    }

    /// <summary>One optimizer step; parameters whose gradient is null stay.</summary>
    public static void Step(
        IReadOnlyList<TrainableParameter> parameters, IReadOnlyList<Tensor?> gradients, IReadOnlyList<Tensor> means, IReadOnlyList<Tensor> squares,
        double learningRate, double gradientScale, double correction1, double correction2)
    {
        var chunks = new List<Chunk>();
        for (var i = 0; i < parameters.Count; i++)
        {
            if (gradients[i] is not { } gradient)
                continue;
            var rate = learningRate * parameters[i].LearningRateFactor;
            AddChunks(chunks, new Chunk
            {
                Parameter = Memory(parameters[i].Value),
                Gradient = Memory(gradient),
                Mean = Memory(means[i]),
                Square = Memory(squares[i]),
                Length = (int)gradient.numel(),
                Keep = (float)(1 - rate * parameters[i].WeightDecay),
                StepSize = (float)(rate / correction1),
            });
        }

        var (scale, root) = ((float)gradientScale, (float)Math.Sqrt(correction2));
        Run(chunks.Count, index => Update(chunks[index], scale, root));
    }

    private static void Run(int count, Action<int> body) =>
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, get_num_threads()) }, body);

    private static float* Memory(Tensor tensor)
    {
        // A gradient keeps its parameter's layout; anything else would be silently misread here.
        if (!tensor.is_contiguous())
            tensor = tensor.contiguous();
        // Native memory does not move, so the pointer holds as long as the tensor does: until the caller's dispose scope ends.
        return (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
    }

    private static void AddChunks(List<Chunk> chunks, in Chunk whole)
    {
        for (var start = 0; start < whole.Length; start += ChunkLength)
        {
            var chunk = whole;
            chunk.Parameter += start;
            chunk.Gradient += start;
            chunk.Mean += start;
            chunk.Square += start;
            chunk.Length = Math.Min(ChunkLength, whole.Length - start);
            chunks.Add(chunk);
        }
    }

    private static double SquareSum(ReadOnlySpan<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var (low, high) = (Vector<double>.Zero, Vector<double>.Zero);
        foreach (var vector in vectors)
        {
            Vector.Widen(vector, out var first, out var second);
            low += first * first;
            high += second * second;
        }

        var sum = Vector.Sum(low + high);
        foreach (var value in values[(vectors.Length * Vector<float>.Count)..])
            sum += (double)value * value;
        return sum;
    }

    private static void Update(in Chunk chunk, float scale, float root)
    {
        var i = 0;
        for (; i <= chunk.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var gradient = Vector.Load(chunk.Gradient + i) * scale;
            var mean = Vector.Load(chunk.Mean + i) * (float)AdamW.Beta1 + gradient * (float)(1 - AdamW.Beta1);
            var square = Vector.Load(chunk.Square + i) * (float)AdamW.Beta2 + gradient * gradient * (float)(1 - AdamW.Beta2);
            var denominator = Vector.SquareRoot(square) / new Vector<float>(root) + new Vector<float>((float)AdamW.Epsilon);
            var parameter = Vector.Load(chunk.Parameter + i) * chunk.Keep - mean / denominator * chunk.StepSize;
            Vector.Store(mean, chunk.Mean + i);
            Vector.Store(square, chunk.Square + i);
            Vector.Store(parameter, chunk.Parameter + i);
        }

        for (; i < chunk.Length; i++)
        {
            var gradient = chunk.Gradient[i] * scale;
            var mean = chunk.Mean[i] * (float)AdamW.Beta1 + gradient * (float)(1 - AdamW.Beta1);
            var square = chunk.Square[i] * (float)AdamW.Beta2 + gradient * gradient * (float)(1 - AdamW.Beta2);
            var denominator = MathF.Sqrt(square) / root + (float)AdamW.Epsilon;
            chunk.Parameter[i] = chunk.Parameter[i] * chunk.Keep - mean / denominator * chunk.StepSize;
            chunk.Mean[i] = mean;
            chunk.Square[i] = square;
        }
    }

    private struct Chunk
    {
        public float* Parameter;
        public float* Gradient;
        public float* Mean;
        public float* Square;
        public int Length;
        public float Keep;
        public float StepSize;
    }
}
