using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>What kind of thing a <see cref="Value"/> holds. Mirrors <c>Tag</c> in torch_bridge.cpp.</summary>
internal enum ValueTag
{
    None,
    Tensor,
    Int,
    Double,
    Bool,
    Ints,
    String,
    Tensors,
    Device,
    Generator,
    OptionalTensors,
}

/// <summary>A value as the bridge sees it. Mirrors <c>Value</c> in torch_bridge.cpp.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeValue
{
    public ValueTag Tag;
    public int Length;
    public long Bits;
}

/// <summary>An operator's argument. Holds on to the managed object behind it, so that no finaliser frees a tensor during the call.</summary>
internal readonly struct Value
{
    internal readonly object? Owner;
    internal readonly ValueTag Tag;
    internal readonly int Length;
    internal readonly long Bits;

    private Value(ValueTag tag, long bits, object? owner = null, int length = 0) => (Tag, Bits, Owner, Length) = (tag, bits, owner, length);

    /// <summary>Argument left empty: None in Python.</summary>
    public static Value None => default;

    public static implicit operator Value(torch.Tensor? tensor) => tensor is null ? default : new(ValueTag.Tensor, tensor.Handle, tensor);

    public static implicit operator Value(long value) => new(ValueTag.Int, value);

    public static implicit operator Value(long? value) => value is { } v ? new(ValueTag.Int, v) : default;

    public static implicit operator Value(double value) => new(ValueTag.Double, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Value(double? value) => value is { } v ? v : default(Value);

    public static implicit operator Value(bool value) => new(ValueTag.Bool, value ? 1 : 0);

    public static implicit operator Value(torch.ScalarType type) => new(ValueTag.Int, (long)type);

    public static implicit operator Value(torch.ScalarType? type) => type is { } t ? new(ValueTag.Int, (long)t) : default;

    public static implicit operator Value(Scalar? scalar) => scalar is null ? default : scalar.ToValue();

    public static implicit operator Value(torch.Device? device) => device is null ? default : new(ValueTag.Device, (long)device.type, null, device.index);

    public static implicit operator Value(torch.Generator? generator) => generator is null ? default : new(ValueTag.Generator, generator.Handle, generator);

    public static implicit operator Value(string? text) => text is null ? default : new(ValueTag.String, 0, text);

    public static implicit operator Value(long[]? values) => values is null ? default : new(ValueTag.Ints, 0, values, values.Length);

    /// <summary>One whole number as a list of one.</summary>
    public static Value List(long value) => new[] { value };

    public static Value List(IEnumerable<torch.Tensor> tensors)
    {
        var array = tensors.ToArray();
        return new(ValueTag.Tensors, 0, array, array.Length);
    }

    /// <summary>A list in which a tensor may be missing, as in indexing.</summary>
    public static Value OptionalList(torch.Tensor?[] tensors) => new(ValueTag.OptionalTensors, 0, tensors, tensors.Length);
}
