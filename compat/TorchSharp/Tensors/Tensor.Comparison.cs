using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Where the element equals <paramref name="target"/>.</summary>
        public Tensor eq(Tensor target) => Ops.EqTensor.Call(this, target);

        /// <summary>Where the element equals <paramref name="target"/>.</summary>
        public Tensor eq(Scalar target) => Ops.EqScalar.Call(this, target);

        /// <summary>Where the element differs from <paramref name="target"/>.</summary>
        public Tensor ne(Tensor target) => Ops.NeTensor.Call(this, target);

        /// <summary>Where the element differs from <paramref name="target"/>.</summary>
        public Tensor ne(Scalar target) => Ops.NeScalar.Call(this, target);

        /// <summary>Where the element is less than <paramref name="target"/>.</summary>
        public Tensor lt(Tensor target) => Ops.LtTensor.Call(this, target);

        /// <summary>Where the element is less than <paramref name="target"/>.</summary>
        public Tensor lt(Scalar target) => Ops.LtScalar.Call(this, target);

        /// <summary>Where the element is at most <paramref name="target"/>.</summary>
        public Tensor le(Tensor target) => Ops.LeTensor.Call(this, target);

        /// <summary>Where the element is at most <paramref name="target"/>.</summary>
        public Tensor le(Scalar target) => Ops.LeScalar.Call(this, target);

        /// <summary>Where the element is greater than <paramref name="target"/>.</summary>
        public Tensor gt(Tensor target) => Ops.GtTensor.Call(this, target);

        /// <summary>Where the element is greater than <paramref name="target"/>.</summary>
        public Tensor gt(Scalar target) => Ops.GtScalar.Call(this, target);

        /// <summary>Where the element is at least <paramref name="target"/>.</summary>
        public Tensor ge(Tensor target) => Ops.GeTensor.Call(this, target);

        /// <summary>Where the element is at least <paramref name="target"/>.</summary>
        public Tensor ge(Scalar target) => Ops.GeScalar.Call(this, target);

        /// <summary>Logical and; any element but zero counts as true.</summary>
        public Tensor logical_and(Tensor other) => Ops.LogicalAnd.Call(this, other);

        /// <summary>Logical or; any element but zero counts as true.</summary>
        public Tensor logical_or(Tensor other) => Ops.LogicalOr.Call(this, other);

        /// <summary>Logical xor; any element but zero counts as true.</summary>
        public Tensor logical_xor(Tensor other) => Ops.LogicalXor.Call(this, other);

        /// <summary>A single truth value: whether both have the same shape and elements.</summary>
        public Tensor equal(Tensor target) => torch.tensor(Ops.Equal.CallForBits(this, target) != 0);

        /// <summary>Whether every pair of elements differs by at most <paramref name="atol"/> + <paramref name="rtol"/> * |target|.</summary>
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Ops.Allclose.CallForBits(this, target, rtol, atol, equal_nan) != 0;

        /// <summary>Where the elements differ by at most <paramref name="atol"/> + <paramref name="rtol"/> * |other|.</summary>
        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            Ops.Isclose.Call(this, other, rtol, atol, nanEqual);
    }
}
