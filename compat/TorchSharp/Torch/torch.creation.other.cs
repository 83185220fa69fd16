using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The numbers from 0 to before <paramref name="stop"/>; whole numbers give Int64.</summary>
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    /// <summary>The numbers from <paramref name="start"/> to before <paramref name="stop"/>; whole numbers give Int64.</summary>
    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <summary>The numbers from <paramref name="start"/> to before <paramref name="stop"/> by <paramref name="step"/>; whole numbers give Int64.</summary>
    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        InitializeDevice(device);
        return Create.Finish(Ops.Arange.Call(start, stop, step, dtype, Value.None, device), requires_grad);
    }

    /// <summary><paramref name="steps"/> numbers at even distances from <paramref name="start"/> to <paramref name="end"/>, both included.</summary>
    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        InitializeDevice(device);
        return Create.Finish(Ops.Linspace.Call(start, end, steps, dtype ?? ScalarType.Float32, Value.None, device), requires_grad);
    }

    /// <summary>Ones on the diagonal, zeros elsewhere.</summary>
    public static Tensor eye(long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        Create.RejectNames(names);
        InitializeDevice(device);
        return Create.Finish(Ops.Eye.Call(rows, columns < 0 ? rows : columns, dtype ?? ScalarType.Float32, Value.None, device), requires_grad);
    }

    /// <summary>Zeros of another tensor's shape; its type and device unless given.</summary>
    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        Create.RejectNames(names);
        return input.zeros_like(dtype, device, requires_grad);
    }

    /// <summary>Ones of another tensor's shape; its type and device unless given.</summary>
    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        Create.RejectNames(names);
        return input.ones_like(dtype, device, requires_grad);
    }

    /// <summary>A tensor of another's shape with whatever is in memory; its type and device unless given.</summary>
    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        Create.RejectNames(names);
        return input.empty_like(dtype, device, requires_grad);
    }

    /// <summary>One number in another tensor's shape; its type and device unless given.</summary>
    public static Tensor full_like(
        Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        Create.RejectNames(names);
        return input.full_like(value, dtype, device, requires_grad);
    }

    /// <summary>Even draws from [0, 1) in another tensor's shape; its type and device unless given.</summary>
    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.rand_like(dtype, device, requires_grad);

    /// <summary>Draws from the standard normal distribution in another tensor's shape; its type and device unless given.</summary>
    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.randn_like(dtype, device, requires_grad);

    /// <summary>A copy of an array of any rank.</summary>
    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray(rawArray, dtype, device, requires_grad, names);

    /// <summary>A copy of an array of any rank.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => Create.FromArray(rawArray, null, device, false, null);

    /// <summary>A copy of an array of any rank.</summary>
    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => Create.FromArray(data, dtype, device, false, null);

    /// <summary>The tensor as another type or on another device; itself (a new handle) when it already is.</summary>
    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null)
    {
        InitializeDevice(device);
        return Ops.To.Call(data, dtype, Value.None, device);
    }

    /// <summary>
    /// A vector of <paramref name="count"/> elements (-1: all) of an array's bytes seen as <paramref name="dtype"/>, from byte <paramref name="offset"/>
    /// on. A copy.
    /// </summary>
    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        var bytes = MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(rawArray), Buffer.ByteLength(rawArray))[checked((int)offset)..];
        var size = dtype.ElementSize();
        if (count < 0)
            count = bytes.Length / size;
        if (count * size > bytes.Length)
        {
            throw new ArgumentException(
                $"{count} elements of {dtype} take {count * size} bytes; the array has {bytes.Length} from byte {offset} on.", nameof(count));
        }

        var tensor = Ops.Empty.Call(Value.List(count), dtype);
        bytes[..(int)(count * size)].CopyTo(tensor.bytes);
        return Create.Finish(tensor, requires_grad);
    }
}
