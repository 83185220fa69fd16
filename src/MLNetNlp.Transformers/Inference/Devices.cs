using System.Globalization;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Inference;

/// <summary>Device names as users write them: <c>auto</c>, <c>cpu</c>, <c>cuda</c>, <c>cuda:N</c>.</summary>
public static class Devices
{
    /// <summary>The device that a name stands for; <c>auto</c> is CUDA where libtorch has it, else CPU.</summary>
    /// <exception cref="ArgumentException">The name is not understood.</exception>
    /// <exception cref="InvalidOperationException">A CUDA device is asked for that is not there.</exception>
    public static Device Parse(string name)
    {
        CheckName(name);
        if (name == "cpu")
            return CPU;
        if (name == "auto")
            return cuda.is_available() ? device("cuda", 0) : CPU;
        if (!cuda.is_available())
            throw new InvalidOperationException($"Device '{name}' is asked for, but this libtorch sees no CUDA device. Use 'auto' or 'cpu'.");
        var index = CudaIndex(name);
        if (index >= cuda.device_count())
            throw new InvalidOperationException($"Device '{name}' is asked for, but there are {cuda.device_count()} CUDA devices, counted from 0.");
        return device("cuda", index);
    }

    /// <summary>Begins to load libtorch, which takes half a second, while the caller does other things. A failure shows where torch is first used.</summary>
    public static void Preload() => Task.Run(() => cuda.is_available());

    internal static void CheckName(string name)
    {
        if (name is not ("auto" or "cpu" or "cuda") && CudaIndex(name) < 0)
            throw new ArgumentException($"Device is '{name}'; 'auto', 'cpu', 'cuda' or 'cuda:N' is needed.", nameof(TrainingOptions.Device));
    }

    private static int CudaIndex(string? name)
    {
        if (name == "cuda")
            return 0;
        return name is not null && name.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : -1;
    }
}
