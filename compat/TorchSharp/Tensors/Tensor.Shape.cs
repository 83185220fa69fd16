using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Shapes and layouts. Most return views, which share their elements with this tensor. A negative dimension counts from the last.
    public partial class Tensor
    {
        /// <summary>The same elements under another shape; -1 for one length that follows from the others. Fails where that needs a copy.</summary>
        public Tensor view(params long[] shape) => Ops.View.Call(this, shape);

        /// <summary>The same elements under another tensor's shape.</summary>
        public Tensor view_as(Tensor other) => view(other.shape);

        /// <summary>The same elements under another shape; -1 for one length that follows from the others. Copies where it must.</summary>
        public Tensor reshape(params long[] shape) => Ops.Reshape.Call(this, shape);

        /// <summary>Two dimensions exchanged.</summary>
        public Tensor transpose(long dim0, long dim1) => Ops.Transpose.Call(this, dim0, dim1);

        /// <inheritdoc cref="transpose"/>
        public Tensor transpose_(long dim0, long dim1) => InPlace(Ops.TransposeInPlace, dim0, dim1);

        /// <summary>The matrix with rows and columns exchanged.</summary>
        public Tensor t() => Ops.T.Call(this);

        /// <summary>The dimensions in another order.</summary>
        public Tensor permute(params long[] permutation) => Ops.Permute.Call(this, permutation);

        /// <summary>The dimensions in another order.</summary>
        public Tensor permute(IEnumerable<long> permutation) => permute([.. permutation]);

        /// <summary>A run of dimensions made one.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Ops.Flatten.Call(this, start_dim, end_dim);

        /// <summary>One dimension made several.</summary>
        public Tensor unflatten(long dim, params long[] sizes)
        {
            var shape = this.shape;
            var at = (int)(dim < 0 ? dim + shape.Length : dim);
            return view([.. shape[..at], .. sizes, .. shape[(at + 1)..]]);
        }

        /// <summary>Without the dimensions of length 1, or without one if its length is 1.</summary>
        public Tensor squeeze(long? dim = null) => dim is { } d ? Ops.SqueezeDim.Call(this, d) : Ops.Squeeze.Call(this);

        /// <inheritdoc cref="squeeze"/>
        public Tensor squeeze_(long? dim = null) => dim is { } d ? InPlace(Ops.SqueezeDimInPlace, d) : InPlace(Ops.SqueezeInPlace);

        /// <summary>With one more dimension, of length 1.</summary>
        public Tensor unsqueeze(long dim) => Ops.Unsqueeze.Call(this, dim);

        /// <inheritdoc cref="unsqueeze"/>
        public Tensor unsqueeze_(long dim) => InPlace(Ops.UnsqueezeInPlace, dim);

        /// <summary>Dimensions of length 1 seen as longer ones, without a copy; -1 leaves a dimension as it is.</summary>
        public Tensor expand(params long[] sizes) => Ops.Expand.Call(this, sizes);

        /// <inheritdoc cref="expand(long[])"/>
        public Tensor expand(long[] sizes, bool isImplicit = false) => Ops.Expand.Call(this, sizes, isImplicit);

        /// <inheritdoc cref="expand(long[])"/>
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Ops.Expand.Call(this, sizes.ToArray(), isImplicit);

        /// <summary>Seen in another tensor's shape, without a copy.</summary>
        public Tensor expand_as(Tensor other) => expand(other.shape);

        /// <summary>Seen in another shape by broadcasting, without a copy.</summary>
        public Tensor broadcast_to(params long[] shape) => expand(shape);

        /// <summary>The tensor repeated along each dimension.</summary>
        public Tensor repeat(params long[] sizes) => Ops.Repeat.Call(this, sizes);

        /// <summary>Each element repeated, along a dimension or of the flattened tensor.</summary>
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) => Ops.RepeatInterleave.Call(this, repeats, dim, output_size);

        /// <summary>Each element repeated its own number of times, along a dimension or of the flattened tensor.</summary>
        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            Ops.RepeatInterleaveTensor.Call(this, repeats, dim, output_size);

        /// <summary>About equal parts along a dimension.</summary>
        public Tensor[] chunk(long chunks, long dim = 0) => Ops.Chunk.CallForList(this, chunks, dim);

        /// <summary>Parts of one length along a dimension; the last may be shorter.</summary>
        public Tensor[] split(long size, int dim = 0) => Ops.Split.CallForList(this, size, dim);

        /// <summary>Parts of given lengths along the first dimension.</summary>
        public Tensor[] split(params long[] sizes) => Ops.SplitWithSizes.CallForList(this, sizes);

        /// <summary>Parts of given lengths along a dimension.</summary>
        public Tensor[] split(long[] sizes, long dim = 0) => Ops.SplitWithSizes.CallForList(this, sizes, dim);

        /// <summary>The parts along a dimension, without it.</summary>
        public Tensor[] unbind(long dimension = 0) => Ops.Unbind.CallForList(this, dimension);

        /// <summary>The order of elements reversed along dimensions.</summary>
        public Tensor flip(params long[] dims) => Ops.Flip.Call(this, dims);

        /// <summary>Elements moved on along a dimension (or in the flattened tensor), those past the end coming in at the start.</summary>
        public Tensor roll(long shifts, long? dims = null) => Ops.Roll.Call(this, Value.List(shifts), dims is { } d ? new[] { d } : Array.Empty<long>());

        /// <inheritdoc cref="roll(long, long?)"/>
        public Tensor roll(long[] shifts, long[] dims) => Ops.Roll.Call(this, shifts, dims);

        /// <summary>Zeros above the diagonal.</summary>
        public Tensor tril(long diagonal = 0) => Ops.Tril.Call(this, diagonal);

        /// <summary>Zeros below the diagonal.</summary>
        public Tensor triu(long diagonal = 0) => Ops.Triu.Call(this, diagonal);

        /// <inheritdoc cref="tril"/>
        public Tensor tril_(long diagonal = 0) => InPlace(Ops.TrilInPlace, diagonal);

        /// <inheritdoc cref="triu"/>
        public Tensor triu_(long diagonal = 0) => InPlace(Ops.TriuInPlace, diagonal);

        /// <summary>A matrix's diagonal, or the matrix that has a vector as its diagonal.</summary>
        public Tensor diag(long diagonal = 0) => Ops.Diag.Call(this, diagonal);

        /// <summary>The elements where two dimensions' indices are equal, as the last dimension.</summary>
        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 0) => Ops.Diagonal.Call(this, offset, dim1, dim2);

        /// <summary>The same elements in memory in the order of their indices; this tensor's own when they already are.</summary>
        public Tensor contiguous() => Ops.Contiguous.Call(this);
    }
}
