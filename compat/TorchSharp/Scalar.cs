using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>One number of any element type, as an operator's argument or result.</summary>
public sealed class Scalar : IDisposable
{
    private readonly Value _value;

    internal Scalar(long value, torch.ScalarType type) => (_value, Type) = (value, type);

    internal Scalar(double value, torch.ScalarType type) => (_value, Type) = (value, type);

    internal Scalar(bool value) => (_value, Type) = (value, torch.ScalarType.Bool);

    /// <summary>The type the number came as: <c>Float64</c> for every floating-point number and <c>Int64</c> for every whole number, as in libtorch.</summary>
    public torch.ScalarType Type { get; }

    internal double AsDouble => _value.Tag == ValueTag.Double ? BitConverter.Int64BitsToDouble(_value.Bits) : _value.Bits;

    internal long AsInt64 => _value.Tag == ValueTag.Double ? (long)BitConverter.Int64BitsToDouble(_value.Bits) : _value.Bits;

    public static implicit operator Scalar(byte value) => new(value, torch.ScalarType.Int64);

    public static implicit operator Scalar(sbyte value) => new(value, torch.ScalarType.Int64);

    public static implicit operator Scalar(short value) => new(value, torch.ScalarType.Int64);

    public static implicit operator Scalar(int value) => new(value, torch.ScalarType.Int64);

    public static implicit operator Scalar(long value) => new(value, torch.ScalarType.Int64);

    public static implicit operator Scalar(float value) => new((double)value, torch.ScalarType.Float64);

    public static implicit operator Scalar(double value) => new(value, torch.ScalarType.Float64);

    public static implicit operator Scalar(Half value) => new((double)value, torch.ScalarType.Float64);

    public static implicit operator Scalar(bool value) => new(value);

    /// <summary>Does nothing: the number lies in managed memory. The real package's lies in native memory.</summary>
    public void Dispose()
    {
    }

    internal Value ToValue() => _value;
}
