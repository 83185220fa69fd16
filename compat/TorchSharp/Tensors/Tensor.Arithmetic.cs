using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>How <see cref="Tensor.div(Tensor, RoundingMode)"/> rounds.</summary>
    public enum RoundingMode
    {
        None = 0,
        trunc = 1,
        floor = 2,
    }

    // Arithmetic with broadcasting. A name that ends in an underscore changes the tensor itself and returns it.
    public partial class Tensor
    {
        /// <summary>This plus <paramref name="target"/>.</summary>
        public Tensor add(Tensor target) => Ops.AddTensor.Call(this, target);

        /// <summary>This plus <paramref name="alpha"/> times <paramref name="target"/>.</summary>
        public Tensor add(Tensor target, Scalar alpha) => Ops.AddTensor.Call(this, target, alpha);

        /// <summary>This plus a number.</summary>
        public Tensor add(Scalar scalar) => Ops.AddScalar.Call(this, scalar);

        /// <summary>This plus <paramref name="alpha"/> times a number.</summary>
        public Tensor add(Scalar scalar, Scalar alpha) => Ops.AddScalar.Call(this, scalar, alpha);

        /// <inheritdoc cref="add(Tensor)"/>
        public Tensor add_(Tensor target) => InPlace(Ops.AddTensorInPlace, target);

        /// <inheritdoc cref="add(Tensor, Scalar)"/>
        public Tensor add_(Tensor target, Scalar alpha) => InPlace(Ops.AddTensorInPlace, target, alpha);

        /// <inheritdoc cref="add(Scalar)"/>
        public Tensor add_(Scalar scalar) => InPlace(Ops.AddScalarInPlace, scalar);

        /// <inheritdoc cref="add(Scalar, Scalar)"/>
        public Tensor add_(Scalar scalar, Scalar alpha) => InPlace(Ops.AddScalarInPlace, scalar, alpha);

        /// <summary>This minus <paramref name="target"/>.</summary>
        public Tensor sub(Tensor target) => Ops.SubTensor.Call(this, target);

        /// <inheritdoc cref="sub(Tensor)"/>
        public Tensor sub_(Tensor target) => InPlace(Ops.SubTensorInPlace, target);

        /// <summary>This minus <paramref name="target"/>.</summary>
        public Tensor sub(Scalar target) => Ops.SubScalar.Call(this, target);

        /// <inheritdoc cref="sub(Scalar)"/>
        public Tensor sub_(Scalar target) => InPlace(Ops.SubScalarInPlace, target);

        /// <summary>This minus <paramref name="target"/>.</summary>
        public Tensor subtract(Tensor target) => Ops.SubTensor.Call(this, target);

        /// <inheritdoc cref="subtract(Tensor)"/>
        public Tensor subtract_(Tensor target) => InPlace(Ops.SubTensorInPlace, target);

        /// <summary>This minus <paramref name="target"/>.</summary>
        public Tensor subtract(Scalar target) => Ops.SubScalar.Call(this, target);

        /// <inheritdoc cref="subtract(Scalar)"/>
        public Tensor subtract_(Scalar target) => InPlace(Ops.SubScalarInPlace, target);

        /// <summary>This times <paramref name="target"/>.</summary>
        public Tensor mul(Tensor target) => Ops.MulTensor.Call(this, target);

        /// <inheritdoc cref="mul(Tensor)"/>
        public Tensor mul_(Tensor target) => InPlace(Ops.MulTensorInPlace, target);

        /// <summary>This times <paramref name="target"/>.</summary>
        public Tensor mul(Scalar target) => Ops.MulScalar.Call(this, target);

        /// <inheritdoc cref="mul(Scalar)"/>
        public Tensor mul_(Scalar target) => InPlace(Ops.MulScalarInPlace, target);

        /// <summary>This times <paramref name="target"/>.</summary>
        public Tensor multiply(Tensor target) => Ops.MulTensor.Call(this, target);

        /// <summary>This times <paramref name="target"/>.</summary>
        public Tensor multiply(Scalar target) => Ops.MulScalar.Call(this, target);

        /// <summary>This over <paramref name="target"/>, rounded as said. Whole numbers give floating-point numbers unless rounded.</summary>
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Ops.DivTensor.Call(this, target) : Ops.DivTensorMode.Call(this, target, rounding_mode.ToString());

        /// <inheritdoc cref="div(Tensor, RoundingMode)"/>
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? InPlace(Ops.DivTensorInPlace, target) : InPlace(Ops.DivTensorModeInPlace, target, rounding_mode.ToString());

        /// <summary>This over <paramref name="target"/>, rounded as said. Whole numbers give floating-point numbers unless rounded.</summary>
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Ops.DivScalar.Call(this, target) : Ops.DivScalarMode.Call(this, target, rounding_mode.ToString());

        /// <inheritdoc cref="div(Scalar, RoundingMode)"/>
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? InPlace(Ops.DivScalarInPlace, target) : InPlace(Ops.DivScalarModeInPlace, target, rounding_mode.ToString());

        /// <summary>This over <paramref name="target"/>, rounded as said. Whole numbers give floating-point numbers unless rounded.</summary>
        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Ops.DivTensor.Call(this, target) : Ops.DivTensorMode.Call(this, target, rounding_mode.ToString());

        /// <inheritdoc cref="divide(Tensor, RoundingMode)"/>
        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? InPlace(Ops.DivTensorInPlace, target) : InPlace(Ops.DivTensorModeInPlace, target, rounding_mode.ToString());

        /// <summary>This over <paramref name="target"/>, rounded as said. Whole numbers give floating-point numbers unless rounded.</summary>
        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Ops.DivScalar.Call(this, target) : Ops.DivScalarMode.Call(this, target, rounding_mode.ToString());

        /// <inheritdoc cref="divide(Scalar, RoundingMode)"/>
        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? InPlace(Ops.DivScalarInPlace, target) : InPlace(Ops.DivScalarModeInPlace, target, rounding_mode.ToString());

        /// <summary>This over <paramref name="other"/>, rounded down.</summary>
        public Tensor floor_divide(Tensor other) => Ops.FloorDivide.Call(this, other);

        /// <summary>This over <paramref name="other"/>, rounded down.</summary>
        public Tensor floor_divide(Scalar other) => Ops.FloorDivideScalar.Call(this, other);

        /// <summary>This to the power of <paramref name="exponent"/>.</summary>
        public Tensor pow(Tensor exponent) => Ops.PowTensor.Call(this, exponent);

        /// <inheritdoc cref="pow(Tensor)"/>
        public Tensor pow_(Tensor exponent) => InPlace(Ops.PowTensorInPlace, exponent);

        /// <summary>This to the power of <paramref name="exponent"/>.</summary>
        public Tensor pow(Scalar exponent) => Ops.PowScalar.Call(this, exponent);

        /// <inheritdoc cref="pow(Scalar)"/>
        public Tensor pow_(Scalar exponent) => InPlace(Ops.PowScalarInPlace, exponent);

        /// <summary>The rest of division by, with the divisor's sign: <paramref name="target"/>.</summary>
        public Tensor remainder(Tensor target) => Ops.RemainderTensor.Call(this, target);

        /// <inheritdoc cref="remainder(Tensor)"/>
        public Tensor remainder_(Tensor target) => InPlace(Ops.RemainderTensorInPlace, target);

        /// <summary>The rest of division by, with the divisor's sign: <paramref name="scalar"/>.</summary>
        public Tensor remainder(Scalar scalar) => Ops.RemainderScalar.Call(this, scalar);

        /// <inheritdoc cref="remainder(Scalar)"/>
        public Tensor remainder_(Scalar scalar) => InPlace(Ops.RemainderScalarInPlace, scalar);

        /// <summary>The rest of division by, with this tensor's sign: <paramref name="target"/>.</summary>
        public Tensor fmod(Tensor target) => Ops.FmodTensor.Call(this, target);

        /// <inheritdoc cref="fmod(Tensor)"/>
        public Tensor fmod_(Tensor target) => InPlace(Ops.FmodTensorInPlace, target);

        /// <summary>The rest of division by, with this tensor's sign: <paramref name="scalar"/>.</summary>
        public Tensor fmod(Scalar scalar) => Ops.FmodScalar.Call(this, scalar);

        /// <inheritdoc cref="fmod(Scalar)"/>
        public Tensor fmod_(Scalar scalar) => InPlace(Ops.FmodScalarInPlace, scalar);

        /// <summary>This plus <paramref name="value"/> * <paramref name="tensor1"/> * <paramref name="tensor2"/>.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Ops.Addcmul.Call(this, tensor1, tensor2, value);

        /// <inheritdoc cref="addcmul"/>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => InPlace(Ops.AddcmulInPlace, tensor1, tensor2, value);

        /// <summary>This plus <paramref name="tensor1"/> / <paramref name="tensor2"/>.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Ops.Addcdiv.Call(this, tensor1, tensor2);

        /// <summary>This plus <paramref name="value"/> * <paramref name="tensor1"/> / <paramref name="tensor2"/>.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Ops.Addcdiv.Call(this, tensor1, tensor2, value);

        /// <inheritdoc cref="addcdiv(Tensor, Tensor)"/>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => InPlace(Ops.AddcdivInPlace, tensor1, tensor2);

        /// <inheritdoc cref="addcdiv(Tensor, Tensor, Scalar)"/>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => InPlace(Ops.AddcdivInPlace, tensor1, tensor2, value);

        /// <summary>This plus <paramref name="weight"/> * (<paramref name="end"/> - this).</summary>
        public Tensor lerp(Tensor end, Tensor weight) => Ops.LerpTensor.Call(this, end, weight);

        /// <inheritdoc cref="lerp"/>
        public Tensor lerp_(Tensor end, Tensor weight) => InPlace(Ops.LerpTensorInPlace, end, weight);

        /// <summary>The larger of each pair of elements.</summary>
        public Tensor maximum(Tensor other) => Ops.Maximum.Call(this, other);

        /// <summary>The smaller of each pair of elements.</summary>
        public Tensor minimum(Tensor other) => Ops.Minimum.Call(this, other);

        /// <summary>Matrix product over the last two dimensions, broadcasting over the others; vectors as in PyTorch.</summary>
        public Tensor matmul(Tensor target) => Ops.Matmul.Call(this, target);

        /// <summary>Matrix product of [n, m] and [m, p].</summary>
        public Tensor mm(Tensor target) => Ops.Mm.Call(this, target);

        /// <summary>Matrix products of [b, n, m] and [b, m, p].</summary>
        public Tensor bmm(Tensor batch2) => Ops.Bmm.Call(this, batch2);

        /// <summary>Product of a matrix [n, m] and a vector [m].</summary>
        public Tensor mv(Tensor target) => Ops.Mv.Call(this, target);

        /// <summary>Inner product of two vectors.</summary>
        public Tensor dot(Tensor target) => Ops.Dot.Call(this, target);

        /// <summary>Outer product of two vectors.</summary>
        public Tensor outer(Tensor vec2) => Ops.Outer.Call(this, vec2);

        /// <summary><paramref name="beta"/> * this + <paramref name="alpha"/> * (<paramref name="mat1"/> x <paramref name="mat2"/>).</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Ops.Addmm.Call(this, mat1, mat2, beta, alpha);

        /// <summary>
        /// <paramref name="beta"/> * this + <paramref name="alpha"/> * (<paramref name="batch1"/> x <paramref name="batch2"/>), batch by batch.
        /// </summary>
        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => Ops.Baddbmm.Call(this, batch1, batch2, beta, alpha);
    }
}
