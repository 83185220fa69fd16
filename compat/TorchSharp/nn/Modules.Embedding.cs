using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A table of vectors [num_embeddings, embedding_dims], looked up by index; starts from the standard normal distribution.</summary>
            /// <param name="padding_idx">The index whose vector starts at zero and gets no gradient.</param>
            /// <param name="max_norm">Not in this stand-in: a value throws <see cref="NotSupportedException"/>.</param>
            /// <param name="norm_type">Belongs to <paramref name="max_norm"/>.</param>
            /// <param name="scale_grad_by_freq">Divides gradients by how often the index occurs in the batch.</param>
            /// <param name="sparse">Makes the table's gradient sparse.</param>
            public static Embedding Embedding(
                long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null, double norm_type = 2,
                bool scale_grad_by_freq = false,
                bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                if (max_norm is not null)
                    throw new NotSupportedException("Embedding with max_norm is not in this stand-in for TorchSharp.");
                var weight = empty([num_embeddings, embedding_dims], dtype, device).normal_();
                if (padding_idx is { } index)
                {
                    using var row = weight.select(0, index);
                    row.zero_();
                }

                return new Embedding(new Parameter(weight), padding_idx, scale_grad_by_freq, sparse);
            }

            /// <summary>A table of vectors that is there already, looked up by index.</summary>
            /// <param name="freeze">Whether the table is not trained.</param>
            public static Embedding Embedding_from_pretrained(
                Tensor embeddings, bool freeze = true, long? padding_idx = null, double? max_norm = null, double norm_type = 2, bool scale_grad_by_freq = false,
                bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                if (max_norm is not null)
                    throw new NotSupportedException("Embedding with max_norm is not in this stand-in for TorchSharp.");
                InitializeDevice(device);
                using var detached = embeddings.detach();
                return new Embedding(new Parameter(Ops.To.Call(detached, dtype, Value.None, device), !freeze), padding_idx, scale_grad_by_freq, sparse);
            }
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>A table of vectors, looked up by index.</summary>
    public sealed class Embedding : nn.Module<Tensor, Tensor>
    {
        private readonly long _paddingIndex;
        private readonly bool _scaleGradientByFrequency;
        private readonly bool _sparse;

        internal Embedding(Parameter weight, long? paddingIndex, bool scaleGradientByFrequency, bool sparse)
            : base(nameof(Embedding))
        {
            this.weight = weight;
            var count = weight.shape[0];
            _paddingIndex = paddingIndex is { } index ? index < 0 ? index + count : index : -1;
            (_scaleGradientByFrequency, _sparse) = (scaleGradientByFrequency, sparse);
        }

        /// <summary>The table.</summary>
        public Parameter weight
        {
            get => get_parameter(nameof(weight))!;
            set => ConditionallyRegisterParameter(nameof(weight), value);
        }

        /// <summary>The vectors at indices of any shape; the result has one dimension more.</summary>
        public override Tensor forward(Tensor input) => Ops.Embedding.Call(weight, input, _paddingIndex, _scaleGradientByFrequency, _sparse);
    }
}
