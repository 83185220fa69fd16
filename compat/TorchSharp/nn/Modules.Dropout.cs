using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Sets elements to zero with probability <paramref name="p"/> while training, and divides the others by 1 - p.</summary>
            public static Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Sets random elements to zero while training.</summary>
    public sealed class Dropout : nn.Module<Tensor, Tensor>
    {
        private readonly double _probability;
        private readonly bool _inPlace;

        internal Dropout(double p, bool inplace)
            : base(nameof(Dropout)) => (_probability, _inPlace) = (p, inplace);

        /// <inheritdoc/>
        public override Tensor forward(Tensor tensor) => nn.functional.dropout(tensor, _probability, training, _inPlace);
    }
}
