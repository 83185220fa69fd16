using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Sums, extremes, orders. A negative dimension counts from the last; keepdim leaves the reduced dimension in place with length 1.
    public partial class Tensor
    {
        /// <summary>The sum of all elements.</summary>
        public Tensor sum(ScalarType? type = null) => Ops.Sum.Call(this, type);

        /// <summary>Sums along a dimension.</summary>
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => Ops.SumDims.Call(this, Value.List(dim), keepdim, type);

        /// <summary>Sums over dimensions.</summary>
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Ops.SumDims.Call(this, dim, keepdim, type);

        /// <summary>Sums over dimensions.</summary>
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => Ops.SumDims.Call(this, dim.ToArray(), keepdim, type);

        /// <summary>The mean of all elements, which must be floating-point numbers.</summary>
        public Tensor mean() => Ops.Mean.Call(this);

        /// <summary>Means over dimensions.</summary>
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => Ops.MeanDims.Call(this, dimensions, keepdim, type);

        /// <summary>The product of all elements.</summary>
        public Tensor prod(ScalarType? type = null) => Ops.Prod.Call(this, type);

        /// <summary>Products along a dimension.</summary>
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Ops.ProdDim.Call(this, dim, keepdim, type);

        /// <summary>The largest element.</summary>
        public Tensor max() => Ops.Max.Call(this);

        /// <summary>The largest elements along a dimension, and where they are.</summary>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Ops.MaxDim.CallForTwo(this, dim, keepdim);

        /// <summary>The larger of each pair of elements.</summary>
        public Tensor max(Tensor other) => Ops.Maximum.Call(this, other);

        /// <summary>The smallest element.</summary>
        public Tensor min() => Ops.Min.Call(this);

        /// <summary>The smallest elements along a dimension, and where they are.</summary>
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Ops.MinDim.CallForTwo(this, dim, keepdim);

        /// <summary>The smaller of each pair of elements.</summary>
        public Tensor min(Tensor other) => Ops.Minimum.Call(this, other);

        /// <summary>The largest elements over dimensions.</summary>
        public Tensor amax(params long[] dims) => Ops.Amax.Call(this, dims);

        /// <summary>The smallest elements over dimensions.</summary>
        public Tensor amin(params long[] dims) => Ops.Amin.Call(this, dims);

        /// <summary>Where the largest element is in the flattened tensor.</summary>
        public Tensor argmax() => Ops.Argmax.Call(this);

        /// <summary>Where the largest elements along a dimension are.</summary>
        public Tensor argmax(long dim, bool keepdim = false) => Ops.Argmax.Call(this, dim, keepdim);

        /// <summary>Where the smallest element is in the flattened tensor.</summary>
        public Tensor argmin() => Ops.Argmin.Call(this);

        /// <summary>Where the smallest elements along a dimension are.</summary>
        public Tensor argmin(long dim, bool keepdim = false) => Ops.Argmin.Call(this, dim, keepdim);

        /// <summary>Whether all elements are true (not zero).</summary>
        public Tensor all() => Ops.All.Call(this);

        /// <summary>Whether all elements along a dimension are true (not zero).</summary>
        public Tensor all(long dim, bool keepdim = false) => Ops.AllDim.Call(this, dim, keepdim);

        /// <summary>Whether any element is true (not zero).</summary>
        public Tensor any() => Ops.Any.Call(this);

        /// <summary>Whether any element along a dimension is true (not zero).</summary>
        public Tensor any(long dim, bool keepdim = false) => Ops.AnyDim.Call(this, dim, keepdim);

        /// <summary>The standard deviation of all elements; <paramref name="unbiased"/> divides by n - 1 rather than n.</summary>
        public Tensor std(bool unbiased = true) => Ops.Std.Call(this, unbiased);

        /// <inheritdoc cref="std(bool)"/>
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.StdDims.Call(Typed(type), Value.List(dim), unbiased, keepdim);

        /// <inheritdoc cref="std(bool)"/>
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.StdDims.Call(Typed(type), dimensions, unbiased, keepdim);

        /// <summary>The variance of all elements; <paramref name="unbiased"/> divides by n - 1 rather than n.</summary>
        public Tensor var(bool unbiased = true) => Ops.Var.Call(this, unbiased);

        /// <inheritdoc cref="var(bool)"/>
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.VarDims.Call(Typed(type), Value.List(dim), unbiased, keepdim);

        /// <inheritdoc cref="var(bool)"/>
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.VarDims.Call(Typed(type), dimensions, unbiased, keepdim);

        /// <summary>The p-norm of all elements.</summary>
        public Tensor norm(float p = 2) => Ops.Norm.Call(this, p);

        /// <summary>p-norms along a dimension.</summary>
        public Tensor norm(int dim, bool keepdim = false, float p = 2) => Ops.NormDims.Call(this, p, Value.List(dim), keepdim);

        /// <summary>The median of all elements; the lower of the two in the middle.</summary>
        public Tensor median() => Ops.Median.Call(this);

        /// <summary>log(sum(exp(x))) along a dimension, computed so that nothing overflows.</summary>
        public Tensor logsumexp(long dim, bool keepdim = false) => Ops.Logsumexp.Call(this, Value.List(dim), keepdim);

        /// <summary>Running sums along a dimension.</summary>
        public Tensor cumsum(long dim, ScalarType? type = null) => Ops.Cumsum.Call(this, dim, type);

        /// <summary>The number of elements that are not zero, in all or over dimensions.</summary>
        public Tensor count_nonzero(long[]? dims = null) => Ops.CountNonzero.Call(this, dims ?? [.. Enumerable.Range(0, (int)ndim).Select(d => (long)d)]);

        /// <summary>The <paramref name="k"/> largest (or smallest) elements along a dimension, and where they are.</summary>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Ops.Topk.CallForTwo(this, k, dim, largest, sorted);

        /// <summary>The elements in order along a dimension, and where they were. <paramref name="stable"/>: equal elements keep their order.</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Ops.Sort.CallForTwo(this, stable, dim, descending);

        /// <summary>Where the elements were, in the order that sorts them along a dimension.</summary>
        public Tensor argsort(long dim = -1, bool descending = false) => Ops.Argsort.Call(this, dim, descending);

        /// <summary>The different elements; where each element is among them, and how often each occurs, as asked for.</summary>
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(
            bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            var (output, inverse, counts) = dim is { } d
                ? Ops.UniqueDim.CallForThree(this, (long)d, sorted, return_inverse, return_counts)
                : Ops.Unique.CallForThree(this, sorted, return_inverse, return_counts);
            return (output, Asked(inverse, return_inverse), Asked(counts, return_counts));

            static Tensor? Asked(Tensor tensor, bool asked)
            {
                if (!asked)
                    tensor.Dispose();
                return asked ? tensor : null;
            }
        }

        /// <summary>How often each whole number from 0 occurs, or the sum of its weights.</summary>
        public Tensor bincount(Tensor? weights, long minlength = 0) => Ops.Bincount.Call(this, weights, minlength);

        private Tensor Typed(ScalarType? type) => type is { } t && t != dtype ? to_type(t) : this;
    }
}
