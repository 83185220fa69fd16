using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>One index of a tensor's indexer: a number, a range, a truth value, a tensor, all of a dimension, an ellipsis or a new dimension.</summary>
    public readonly struct TensorIndex
    {
        /// <summary>As many whole dimensions as make the indices fit.</summary>
        public static readonly TensorIndex Ellipsis = new(Kind.Ellipsis);

        /// <summary>A new dimension of length 1.</summary>
        public static readonly TensorIndex None = new(Kind.NewDimension);

        /// <summary>A new dimension of length 1.</summary>
        public static readonly TensorIndex Null = new(Kind.NewDimension);

        /// <summary>All of a dimension.</summary>
        public static readonly TensorIndex Colon = new(Kind.Slice);

        private readonly Kind _kind;
        private readonly long? _start;
        private readonly long? _stop;
        private readonly long? _step;
        private readonly torch.Tensor? _tensor;

        private TensorIndex(Kind kind, long? start = null, long? stop = null, long? step = null, torch.Tensor? tensor = null) =>
            (_kind, _start, _stop, _step, _tensor) = (kind, start, stop, step, tensor);

        private enum Kind
        {
            Slice,
            Single,
            Bool,
            Tensor,
            Ellipsis,
            NewDimension,
        }

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex((int?, int?) range) => Slice(range);

        /// <summary>One index; negative counts from the end. Null: a new dimension.</summary>
        public static TensorIndex Single(long? index) => index is null ? None : new(Kind.Single, index);

        /// <summary>A dimension of length 1 or 0.</summary>
        public static TensorIndex Bool(bool value) => new(Kind.Bool, value ? 1 : 0);

        /// <summary>From start to before stop, every step-th; what is left out is the dimension's own.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new(Kind.Slice, start, stop, step);

        /// <summary>A range of .NET, whose ^ counts from the end.</summary>
        public static TensorIndex Slice(Range range) => new(
            Kind.Slice,
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);

        /// <summary>From start to before stop.</summary>
        public static TensorIndex Slice((int?, int?) range) => new(Kind.Slice, range.Item1, range.Item2);

        /// <summary>A tensor of indices or a mask.</summary>
        public static TensorIndex Tensor(torch.Tensor tensor) => new(Kind.Tensor, tensor: tensor);

        /// <summary>Takes numbers, ranges and new dimensions as a view; what is left for index tensors and masks comes second, or null.</summary>
        internal static (torch.Tensor View, torch.Tensor?[]? Tensors) Apply(torch.Tensor tensor, TensorIndex[] indices)
        {
            var consumed = 0;
            var ellipses = 0;
            foreach (var index in indices)
            {
                consumed += index._kind switch
                {
                    Kind.Slice or Kind.Single => 1,
                    Kind.Tensor => index._tensor!.dtype is ScalarType.Bool or ScalarType.Byte ? (int)index._tensor.ndim : 1,
                    _ => 0,
                };
                ellipses += index._kind == Kind.Ellipsis ? 1 : 0;
            }

            var dimensions = (int)tensor.ndim;
            if (ellipses > 1)
                throw new ArgumentException("An index can have one ellipsis.", nameof(indices));
            if (consumed > dimensions)
                throw new ArgumentException($"{consumed} indices for a tensor of {dimensions} dimensions.", nameof(indices));

            var view = tensor;
            var at = 0;
            List<torch.Tensor?>? tensors = null;
            foreach (var index in indices)
            {
                switch (index._kind)
                {
                    case Kind.Single:
                        Replace(Ops.Select.Call(view, at, index._start));
                        break;
                    case Kind.Slice:
                        if (index._start is not null || index._stop is not null || index._step is not null)
                            Replace(Ops.Slice.Call(view, at, index._start, index._stop, index._step ?? 1));
                        at++;
                        break;
                    case Kind.NewDimension:
                        Replace(view.unsqueeze(at++));
                        break;
                    case Kind.Bool:
                        Replace(view.unsqueeze(at));
                        if (index._start == 0)
                            Replace(view.narrow(at, 0, 0));
                        at++;
                        break;
                    case Kind.Ellipsis:
                        at += dimensions - consumed;
                        break;
                    case Kind.Tensor:
                        tensors ??= [];
                        while (tensors.Count < at)
                            tensors.Add(null);
                        tensors.Add(index._tensor);
                        at += index._tensor!.dtype is ScalarType.Bool or ScalarType.Byte ? (int)index._tensor.ndim : 1;
                        break;
                }
            }

            if (ReferenceEquals(view, tensor) && tensors is null)
                view = tensor.alias();
            return (view, tensors is null ? null : [.. tensors]);

            void Replace(torch.Tensor next)
            {
                if (!ReferenceEquals(view, tensor))
                    view.Dispose();
                view = next;
            }
        }
    }
}
