using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Functions of each element on its own. A name that ends in an underscore changes the tensor itself and returns it.
    public partial class Tensor
    {
        /// <summary>Absolute values.</summary>
        public Tensor abs() => Ops.Abs.Call(this);

        /// <summary>e to the power of each element.</summary>
        public Tensor exp() => Ops.Exp.Call(this);

        /// <summary>Natural logarithms.</summary>
        public Tensor log() => Ops.Log.Call(this);

        /// <summary>Logarithms to base 2.</summary>
        public Tensor log2() => Ops.Log2.Call(this);

        /// <summary>Logarithms to base 10.</summary>
        public Tensor log10() => Ops.Log10.Call(this);

        /// <summary>log(1 + x), exact near 0.</summary>
        public Tensor log1p() => Ops.Log1p.Call(this);

        /// <summary>exp(x) - 1, exact near 0.</summary>
        public Tensor expm1() => Ops.Expm1.Call(this);

        /// <summary>Square roots.</summary>
        public Tensor sqrt() => Ops.Sqrt.Call(this);

        /// <summary>Reciprocals of the square roots.</summary>
        public Tensor rsqrt() => Ops.Rsqrt.Call(this);

        /// <summary>Squares.</summary>
        public Tensor square() => Ops.Square.Call(this);

        /// <summary>The negatives.</summary>
        public Tensor neg() => Ops.Neg.Call(this);

        /// <summary>Hyperbolic tangents.</summary>
        public Tensor tanh() => Ops.Tanh.Call(this);

        /// <summary>1 / (1 + exp(-x)).</summary>
        public Tensor sigmoid() => Ops.Sigmoid.Call(this);

        /// <summary>max(x, 0).</summary>
        public Tensor relu() => Ops.Relu.Call(this);

        /// <summary>Sines.</summary>
        public Tensor sin() => Ops.Sin.Call(this);

        /// <summary>Cosines.</summary>
        public Tensor cos() => Ops.Cos.Call(this);

        /// <summary>The error function.</summary>
        public Tensor erf() => Ops.Erf.Call(this);

        /// <summary>1 - erf(x).</summary>
        public Tensor erfc() => Ops.Erfc.Call(this);

        /// <summary>The next whole numbers below.</summary>
        public Tensor floor() => Ops.Floor.Call(this);

        /// <summary>The next whole numbers above.</summary>
        public Tensor ceil() => Ops.Ceil.Call(this);

        /// <summary>The whole parts.</summary>
        public Tensor trunc() => Ops.Trunc.Call(this);

        /// <summary>The fractional parts.</summary>
        public Tensor frac() => Ops.Frac.Call(this);

        /// <summary>1 / x.</summary>
        public Tensor reciprocal() => Ops.Reciprocal.Call(this);

        /// <summary>-1, 0 or 1 by sign.</summary>
        public Tensor sign() => Ops.Sign.Call(this);

        /// <summary>Where the element is not a number.</summary>
        public Tensor isnan() => Ops.Isnan.Call(this);

        /// <summary>Where the element is neither infinite nor NaN.</summary>
        public Tensor isfinite() => Ops.Isfinite.Call(this);

        /// <summary>Where the element is infinite.</summary>
        public Tensor isinf() => Ops.Isinf.Call(this);

        /// <summary>Where the element is zero.</summary>
        public Tensor logical_not() => Ops.LogicalNot.Call(this);

        /// <summary>x * sigmoid(x).</summary>
        public Tensor silu() => Ops.Silu.Call(this);

        /// <inheritdoc cref="abs"/>
        public Tensor abs_() => InPlace(Ops.AbsInPlace);

        /// <inheritdoc cref="exp"/>
        public Tensor exp_() => InPlace(Ops.ExpInPlace);

        /// <inheritdoc cref="log"/>
        public Tensor log_() => InPlace(Ops.LogInPlace);

        /// <inheritdoc cref="log2"/>
        public Tensor log2_() => InPlace(Ops.Log2InPlace);

        /// <inheritdoc cref="log10"/>
        public Tensor log10_() => InPlace(Ops.Log10InPlace);

        /// <inheritdoc cref="log1p"/>
        public Tensor log1p_() => InPlace(Ops.Log1pInPlace);

        /// <inheritdoc cref="expm1"/>
        public Tensor expm1_() => InPlace(Ops.Expm1InPlace);

        /// <inheritdoc cref="sqrt"/>
        public Tensor sqrt_() => InPlace(Ops.SqrtInPlace);

        /// <inheritdoc cref="rsqrt"/>
        public Tensor rsqrt_() => InPlace(Ops.RsqrtInPlace);

        /// <inheritdoc cref="neg"/>
        public Tensor neg_() => InPlace(Ops.NegInPlace);

        /// <inheritdoc cref="tanh"/>
        public Tensor tanh_() => InPlace(Ops.TanhInPlace);

        /// <inheritdoc cref="sigmoid"/>
        public Tensor sigmoid_() => InPlace(Ops.SigmoidInPlace);

        /// <inheritdoc cref="relu"/>
        public Tensor relu_() => InPlace(Ops.ReluInPlace);

        /// <inheritdoc cref="sin"/>
        public Tensor sin_() => InPlace(Ops.SinInPlace);

        /// <inheritdoc cref="cos"/>
        public Tensor cos_() => InPlace(Ops.CosInPlace);

        /// <inheritdoc cref="erf"/>
        public Tensor erf_() => InPlace(Ops.ErfInPlace);

        /// <inheritdoc cref="erfc"/>
        public Tensor erfc_() => InPlace(Ops.ErfcInPlace);

        /// <inheritdoc cref="floor"/>
        public Tensor floor_() => InPlace(Ops.FloorInPlace);

        /// <inheritdoc cref="ceil"/>
        public Tensor ceil_() => InPlace(Ops.CeilInPlace);

        /// <inheritdoc cref="trunc"/>
        public Tensor trunc_() => InPlace(Ops.TruncInPlace);

        /// <inheritdoc cref="frac"/>
        public Tensor frac_() => InPlace(Ops.FracInPlace);

        /// <inheritdoc cref="reciprocal"/>
        public Tensor reciprocal_() => InPlace(Ops.ReciprocalInPlace);

        /// <inheritdoc cref="sign"/>
        public Tensor sign_() => InPlace(Ops.SignInPlace);

        /// <inheritdoc cref="logical_not"/>
        public Tensor logical_not_() => InPlace(Ops.LogicalNotInPlace);

        /// <inheritdoc cref="silu"/>
        public Tensor silu_() => InPlace(Ops.SiluInPlace);

        /// <summary>Rounds to the nearest number of <paramref name="decimals"/> decimals, halves to even.</summary>
        public Tensor round(long decimals = 0) => Ops.Round.Call(this, decimals);

        /// <inheritdoc cref="round"/>
        public Tensor round_(long decimals = 0) => InPlace(Ops.RoundInPlace, decimals);

        /// <summary>x times the normal distribution function of x (the exact form, by erf).</summary>
        public Tensor gelu() => Ops.Gelu.Call(this);

        /// <summary>x, or <paramref name="negative_slope"/> * x where x is negative.</summary>
        public Tensor leaky_relu(Scalar negative_slope) => Ops.LeakyRelu.Call(this, negative_slope);

        /// <summary>log(sigmoid(x)).</summary>
        public Tensor log_sigmoid() => Ops.LogSigmoid.Call(this);

        /// <summary>log(1 + exp(x)).</summary>
        public Tensor softplus() => Ops.Softplus.Call(this);

        /// <summary>exp(x) over the sum of exp along a dimension.</summary>
        /// <param name="dtype">The type to compute in and return; this tensor's when left out.</param>
        public Tensor softmax(long dim, ScalarType? dtype = null) => Ops.Softmax.Call(this, dim, dtype);

        /// <summary>The logarithm of <see cref="softmax"/>, computed so that nothing overflows.</summary>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Ops.LogSoftmax.Call(this, dim, dtype);

        /// <summary>The elements, no less than <paramref name="min"/> and no more than <paramref name="max"/>.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Ops.Clamp.Call(this, min, max);

        /// <inheritdoc cref="clamp(Scalar?, Scalar?)"/>
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Ops.ClampTensor.Call(this, min, max);

        /// <inheritdoc cref="clamp(Scalar?, Scalar?)"/>
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => InPlace(Ops.ClampInPlace, min, max);

        /// <inheritdoc cref="clamp(Scalar?, Scalar?)"/>
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => InPlace(Ops.ClampTensorInPlace, min, max);

        /// <summary>The elements, no more than <paramref name="max"/>.</summary>
        public Tensor clamp_max(Scalar max) => Ops.Clamp.Call(this, Value.None, max);

        /// <summary>The elements, no less than <paramref name="min"/>.</summary>
        public Tensor clamp_min(Scalar min) => Ops.Clamp.Call(this, min);

        /// <inheritdoc cref="clamp_max"/>
        public Tensor clamp_max_(Scalar max) => InPlace(Ops.ClampInPlace, Value.None, max);

        /// <inheritdoc cref="clamp_min"/>
        public Tensor clamp_min_(Scalar min) => InPlace(Ops.ClampInPlace, min);

        private Tensor InPlace(Operator op)
        {
            op.Run(this);
            return this;
        }

        private Tensor InPlace(Operator op, Value argument)
        {
            op.Run(this, argument);
            return this;
        }

        private Tensor InPlace(Operator op, Value first, Value second)
        {
            op.Run(this, first, second);
            return this;
        }

        private Tensor InPlace(Operator op, Value first, Value second, Value third)
        {
            op.Run(this, first, second, third);
            return this;
        }
    }
}
