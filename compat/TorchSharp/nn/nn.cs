using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Parts of neural networks.</summary>
    public static partial class nn
    {
        /// <summary>A tensor that a module trains. Takes over the tensor's native handle; <paramref name="data"/> is empty afterwards.</summary>
        public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
    }
}
