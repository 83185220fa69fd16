using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Normalises over the last dimension, then scales and shifts; see the overload.</summary>
            public static LayerNorm LayerNorm(
                long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new([normalized_shape], eps, elementwise_affine, bias, device, dtype);

            /// <summary>(x - mean) / sqrt(var + eps) * weight + bias, mean and (biased) variance over the last dimensions.</summary>
            /// <param name="elementwise_affine">Whether there is a weight, which starts at 1.</param>
            /// <param name="bias">Whether there is a bias too, which starts at 0.</param>
            public static LayerNorm LayerNorm(
                long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(normalized_shape, eps, elementwise_affine, bias, device, dtype);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Normalises over the last dimensions, then scales and shifts.</summary>
    public sealed class LayerNorm : nn.Module<Tensor, Tensor>
    {
        private readonly long[] _shape;
        private readonly double _epsilon;

        internal LayerNorm(long[] shape, double epsilon, bool affine, bool hasBias, Device? device, ScalarType? dtype)
            : base(nameof(LayerNorm))
        {
            (_shape, _epsilon) = (shape, epsilon);
            if (!affine)
                return;
            weight = new Parameter(ones(shape, dtype, device));
            if (hasBias)
                bias = new Parameter(zeros(shape, dtype, device));
        }

        /// <summary>The scale, of the normalised shape; null without affine.</summary>
        public Parameter weight
        {
            get => get_parameter(nameof(weight))!;
            set => ConditionallyRegisterParameter(nameof(weight), value);
        }

        /// <summary>The shift, of the normalised shape, or null.</summary>
        public Parameter? bias
        {
            get => get_parameter(nameof(bias));
            set => ConditionallyRegisterParameter(nameof(bias), value);
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor tensor) => nn.functional.layer_norm(tensor, _shape, weight, bias, _epsilon);
    }
}
