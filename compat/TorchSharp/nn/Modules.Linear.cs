using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>y = x W^T + b. W [outputSize, inputSize] and b [outputSize] start from even draws from ±1/sqrt(inputSize), as PyTorch's do.</summary>
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, device, dtype);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>y = x W^T + b.</summary>
    public sealed class Linear : nn.Module<Tensor, Tensor>
    {
        internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype)
            : base(nameof(Linear))
        {
            var bound = inputSize > 0 ? 1 / Math.Sqrt(inputSize) : 0;
            var drawn = empty([outputSize, inputSize], dtype, device);
            // Kaiming's uniform start with a = sqrt(5) comes to this bound.
            weight = new Parameter(drawn.uniform_(-bound, bound));
            if (hasBias)
                bias = new Parameter(empty([outputSize], dtype, device).uniform_(-bound, bound));
        }

        /// <summary>W, [outputSize, inputSize].</summary>
        public Parameter weight
        {
            get => get_parameter(nameof(weight))!;
            set => ConditionallyRegisterParameter(nameof(weight), value);
        }

        /// <summary>b, [outputSize], or null.</summary>
        public Parameter? bias
        {
            get => get_parameter(nameof(bias));
            set => ConditionallyRegisterParameter(nameof(bias), value);
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, weight, bias);
    }
}
