using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Choosing elements. Parts by numbers and ranges are views; parts by tensors are copies.
    public partial class Tensor
    {
        /// <summary>The part at an index of the first dimension.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => Assign([i1], value);
        }

        /// <summary>The part at indices of the first two dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => this[[(TensorIndex)i1, i2]];
            set => Assign([i1, i2], value);
        }

        /// <summary>The part at indices of the first three dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => this[[(TensorIndex)i1, i2, i3]];
            set => Assign([i1, i2, i3], value);
        }

        /// <summary>The part that numbers, ranges, masks and index tensors choose, one for each dimension from the first (or around an ellipsis).</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => Assign(indices, value);
        }

        /// <summary>The elements that index tensors or masks choose, one for each dimension from the first.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>The part that numbers, ranges, masks and index tensors choose, one for each dimension from the first (or around an ellipsis).</summary>
        public Tensor index(params TensorIndex[] indices)
        {
            var (view, tensors) = TensorIndex.Apply(this, indices);
            if (tensors is null)
                return view;
            var result = Ops.Index.Call(view, Value.OptionalList(tensors));
            if (!ReferenceEquals(view, this))
                view.Dispose();
            return result;
        }

        /// <summary>The elements that index tensors or masks choose, one for each dimension from the first.</summary>
        public Tensor index(params Tensor[] indices) => Ops.Index.Call(this, Value.OptionalList(indices));

        /// <summary>Sets the chosen elements and returns this tensor.</summary>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => Assign(indices, value);

        /// <summary>Sets the chosen elements and returns this tensor.</summary>
        public Tensor index_put_(Tensor value, params Tensor[] indices) => InPlace(Ops.IndexPutInPlace, Value.OptionalList(indices), value);

        /// <summary>Sets the chosen elements to one number and returns this tensor.</summary>
        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var number = Create.FromScalar(value, dtype, null, device, false);
            return Assign(indices, number);
        }

        /// <summary>The part at an index of a dimension, without that dimension.</summary>
        public Tensor select(long dim, long index) => Ops.Select.Call(this, dim, index);

        /// <summary><paramref name="length"/> parts from <paramref name="start"/> along a dimension.</summary>
        public Tensor narrow(long dim, long start, long length) => Ops.Narrow.Call(this, dim, start, length);

        /// <summary>The parts from <paramref name="start"/> to before <paramref name="finish"/> along a dimension, every <paramref name="step"/>-th.</summary>
        public Tensor slice(long dim, long start, long finish, long step) => Ops.Slice.Call(this, dim, start, finish, step);

        /// <summary>The parts at indices (a vector of whole numbers) along a dimension.</summary>
        public Tensor index_select(long dim, Tensor index) => Ops.IndexSelect.Call(this, dim, index);

        /// <summary>This, with <paramref name="alpha"/> times the rows of <paramref name="source"/> added at indices along a dimension.</summary>
        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => Ops.IndexAdd.Call(this, dim, index, source, alpha);

        /// <inheritdoc cref="index_add"/>
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha)
        {
            Ops.IndexAddInPlace.Run(this, dim, index, source, alpha);
            return this;
        }

        /// <summary>This, with the rows of <paramref name="source"/> at indices along a dimension.</summary>
        public Tensor index_copy(long dim, Tensor index, Tensor source) => Ops.IndexCopy.Call(this, dim, index, source);

        /// <inheritdoc cref="index_copy"/>
        public Tensor index_copy_(long dim, Tensor index, Tensor source) => InPlace(Ops.IndexCopyInPlace, dim, index, source);

        /// <summary>This, with a number at indices along a dimension.</summary>
        public Tensor index_fill(long dim, Tensor index, Scalar value) => Ops.IndexFill.Call(this, dim, index, value);

        /// <inheritdoc cref="index_fill"/>
        public Tensor index_fill_(long dim, Tensor index, Scalar value) => InPlace(Ops.IndexFillInPlace, dim, index, value);

        /// <summary>For each place of <paramref name="index"/>, the element that it names along a dimension.</summary>
        public Tensor gather(long dim, Tensor index) => Ops.Gather.Call(this, dim, index);

        /// <summary>This, with each element of <paramref name="src"/> put where <paramref name="index"/> names along a dimension.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src) => Ops.Scatter.Call(this, dim, index, src);

        /// <inheritdoc cref="scatter"/>
        public Tensor scatter_(long dim, Tensor index, Tensor src) => InPlace(Ops.ScatterInPlace, dim, index, src);

        /// <summary>This, with each element of <paramref name="src"/> added where <paramref name="index"/> names along a dimension.</summary>
        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Ops.ScatterAdd.Call(this, dim, index, src);

        /// <inheritdoc cref="scatter_add"/>
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => InPlace(Ops.ScatterAddInPlace, dim, index, src);

        /// <summary>This, with a number where the mask is true.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) => Ops.MaskedFill.Call(this, mask, value);

        /// <inheritdoc cref="masked_fill"/>
        public Tensor masked_fill_(Tensor mask, Scalar value) => InPlace(Ops.MaskedFillInPlace, mask, value);

        /// <summary>The elements where the mask is true, as a vector.</summary>
        public Tensor masked_select(Tensor mask) => Ops.MaskedSelect.Call(this, mask);

        /// <summary>This, with the elements of <paramref name="value"/> in order where the mask is true.</summary>
        public Tensor masked_scatter(Tensor mask, Tensor value) => Ops.MaskedScatter.Call(this, mask, value);

        /// <inheritdoc cref="masked_scatter"/>
        public Tensor masked_scatter_(Tensor mask, Tensor value) => InPlace(Ops.MaskedScatterInPlace, mask, value);

        /// <summary>This where the condition holds, else <paramref name="y"/>.</summary>
        public Tensor where(Tensor condition, Tensor y) => Ops.Where.Call(condition, this, y);

        /// <summary>For each place of <paramref name="indices"/>, the element that it names along a dimension; other dimensions broadcast.</summary>
        public Tensor take_along_dim(Tensor indices, long dim) => Ops.TakeAlongDim.Call(this, indices, dim);

        /// <summary>The indices of the elements that are not zero, [count, dimensions].</summary>
        public Tensor nonzero() => Ops.Nonzero.Call(this);

        private Tensor Assign(TensorIndex[] indices, Tensor value)
        {
            using var scope = NewDisposeScope();
            var (view, tensors) = TensorIndex.Apply(this, indices);
            if (tensors is null)
                Ops.Copy.Run(view, value);
            else
                Ops.IndexPutInPlace.Run(view, Value.OptionalList(tensors), value);
            return this;
        }
    }
}
