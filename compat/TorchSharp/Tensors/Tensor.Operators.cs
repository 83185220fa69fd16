using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public static Tensor operator +(Tensor left, Tensor right) => Ops.AddTensor.Call(left, right);

        public static Tensor operator +(Tensor left, Scalar right) => Ops.AddScalar.Call(left, right);

        public static Tensor operator +(Tensor left, int right) => Ops.AddScalar.Call(left, right);

        public static Tensor operator +(Tensor left, long right) => Ops.AddScalar.Call(left, right);

        public static Tensor operator +(Tensor left, float right) => Ops.AddScalar.Call(left, right);

        public static Tensor operator +(Tensor left, double right) => Ops.AddScalar.Call(left, right);

        public static Tensor operator +(Scalar left, Tensor right) => Ops.AddScalar.Call(right, left);

        public static Tensor operator +(int left, Tensor right) => Ops.AddScalar.Call(right, left);

        public static Tensor operator +(long left, Tensor right) => Ops.AddScalar.Call(right, left);

        public static Tensor operator +(float left, Tensor right) => Ops.AddScalar.Call(right, left);

        public static Tensor operator +(double left, Tensor right) => Ops.AddScalar.Call(right, left);

        public static Tensor operator *(Tensor left, Tensor right) => Ops.MulTensor.Call(left, right);

        public static Tensor operator *(Tensor left, Scalar right) => Ops.MulScalar.Call(left, right);

        public static Tensor operator *(Tensor left, int right) => Ops.MulScalar.Call(left, right);

        public static Tensor operator *(Tensor left, long right) => Ops.MulScalar.Call(left, right);

        public static Tensor operator *(Tensor left, float right) => Ops.MulScalar.Call(left, right);

        public static Tensor operator *(Tensor left, double right) => Ops.MulScalar.Call(left, right);

        public static Tensor operator *(Scalar left, Tensor right) => Ops.MulScalar.Call(right, left);

        public static Tensor operator *(int left, Tensor right) => Ops.MulScalar.Call(right, left);

        public static Tensor operator *(long left, Tensor right) => Ops.MulScalar.Call(right, left);

        public static Tensor operator *(float left, Tensor right) => Ops.MulScalar.Call(right, left);

        public static Tensor operator *(double left, Tensor right) => Ops.MulScalar.Call(right, left);

        public static Tensor operator -(Tensor left, Tensor right) => Ops.SubTensor.Call(left, right);

        public static Tensor operator -(Tensor left, Scalar right) => Ops.SubScalar.Call(left, right);

        public static Tensor operator -(Tensor left, int right) => Ops.SubScalar.Call(left, right);

        public static Tensor operator -(Tensor left, long right) => Ops.SubScalar.Call(left, right);

        public static Tensor operator -(Tensor left, float right) => Ops.SubScalar.Call(left, right);

        public static Tensor operator -(Tensor left, double right) => Ops.SubScalar.Call(left, right);

        public static Tensor operator -(Scalar left, Tensor right) => Ops.Rsub.Call(right, left);

        public static Tensor operator -(int left, Tensor right) => Ops.Rsub.Call(right, left);

        public static Tensor operator -(long left, Tensor right) => Ops.Rsub.Call(right, left);

        public static Tensor operator -(float left, Tensor right) => Ops.Rsub.Call(right, left);

        public static Tensor operator -(double left, Tensor right) => Ops.Rsub.Call(right, left);

        public static Tensor operator /(Tensor left, Tensor right) => Ops.DivTensor.Call(left, right);

        public static Tensor operator /(Tensor left, Scalar right) => Ops.DivScalar.Call(left, right);

        public static Tensor operator /(Tensor left, int right) => Ops.DivScalar.Call(left, right);

        public static Tensor operator /(Tensor left, long right) => Ops.DivScalar.Call(left, right);

        public static Tensor operator /(Tensor left, float right) => Ops.DivScalar.Call(left, right);

        public static Tensor operator /(Tensor left, double right) => Ops.DivScalar.Call(left, right);

        public static Tensor operator /(Scalar left, Tensor right) => Reciprocal(right, left);

        public static Tensor operator /(int left, Tensor right) => Reciprocal(right, left);

        public static Tensor operator /(long left, Tensor right) => Reciprocal(right, left);

        public static Tensor operator /(float left, Tensor right) => Reciprocal(right, left);

        public static Tensor operator /(double left, Tensor right) => Reciprocal(right, left);

        public static Tensor operator %(Tensor left, Tensor right) => Ops.RemainderTensor.Call(left, right);

        public static Tensor operator %(Tensor left, Scalar right) => Ops.RemainderScalar.Call(left, right);

        public static Tensor operator %(Tensor left, int right) => Ops.RemainderScalar.Call(left, right);

        public static Tensor operator %(Tensor left, long right) => Ops.RemainderScalar.Call(left, right);

        public static Tensor operator %(Tensor left, float right) => Ops.RemainderScalar.Call(left, right);

        public static Tensor operator %(Tensor left, double right) => Ops.RemainderScalar.Call(left, right);

        public static Tensor operator -(Tensor tensor) => Ops.Neg.Call(tensor);

        public static Tensor operator &(Tensor left, Tensor right) => Ops.BitwiseAnd.Call(left, right);

        public static Tensor operator |(Tensor left, Tensor right) => Ops.BitwiseOr.Call(left, right);

        public static Tensor operator ^(Tensor left, Tensor right) => Ops.BitwiseXor.Call(left, right);

        public static Tensor operator ~(Tensor left) => Ops.BitwiseNot.Call(left);

        public static Tensor operator ==(Tensor left, Tensor right) => Ops.EqTensor.Call(left, right);

        public static Tensor operator ==(Tensor left, Scalar right) => Ops.EqScalar.Call(left, right);

        public static Tensor operator ==(Scalar left, Tensor right) => Ops.EqScalar.Call(right, left);

        public static Tensor operator !=(Tensor left, Tensor right) => Ops.NeTensor.Call(left, right);

        public static Tensor operator !=(Tensor left, Scalar right) => Ops.NeScalar.Call(left, right);

        public static Tensor operator !=(Scalar left, Tensor right) => Ops.NeScalar.Call(right, left);

        public static Tensor operator <(Tensor left, Tensor right) => Ops.LtTensor.Call(left, right);

        public static Tensor operator <(Tensor left, Scalar right) => Ops.LtScalar.Call(left, right);

        public static Tensor operator <(Scalar left, Tensor right) => Ops.GtScalar.Call(right, left);

        public static Tensor operator <=(Tensor left, Tensor right) => Ops.LeTensor.Call(left, right);

        public static Tensor operator <=(Tensor left, Scalar right) => Ops.LeScalar.Call(left, right);

        public static Tensor operator <=(Scalar left, Tensor right) => Ops.GeScalar.Call(right, left);

        public static Tensor operator >(Tensor left, Tensor right) => Ops.GtTensor.Call(left, right);

        public static Tensor operator >(Tensor left, Scalar right) => Ops.GtScalar.Call(left, right);

        public static Tensor operator >(Scalar left, Tensor right) => Ops.LtScalar.Call(right, left);

        public static Tensor operator >=(Tensor left, Tensor right) => Ops.GeTensor.Call(left, right);

        public static Tensor operator >=(Tensor left, Scalar right) => Ops.GeScalar.Call(left, right);

        public static Tensor operator >=(Scalar left, Tensor right) => Ops.LeScalar.Call(right, left);

        private static Tensor Reciprocal(Tensor tensor, Value numerator)
        {
            using var inverse = tensor.reciprocal();
            return Ops.MulScalar.Call(inverse, numerator);
        }
    }
}
