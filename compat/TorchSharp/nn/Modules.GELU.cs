using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x times the normal distribution function of x (the exact form, by erf).</summary>
            public static GELU GELU() => new();
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>x times the normal distribution function of x.</summary>
    public sealed class GELU : nn.Module<Tensor, Tensor>
    {
        internal GELU()
            : base(nameof(GELU))
        {
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor tensor) => tensor.gelu();
    }
}
