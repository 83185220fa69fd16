using TorchSharp.Interop;

namespace TorchSharp;

// New tensors of one number, or of random numbers (from the generator given, else the device's own). Type: Float32 unless dtype says otherwise; device:
// the CPU unless device says otherwise.
public static partial class torch
{
    /// <summary>One number everywhere.</summary>
    public static Tensor full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.Full(size, value, dtype, device, requires_grad, names);

    /// <summary>One number everywhere.</summary>
    public static Tensor full(
        ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.Full(size.ToArray(), value, dtype, device, requires_grad, names);

    /// <summary>One number everywhere.</summary>
    public static Tensor full(long size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.Full([size], value, dtype, device, requires_grad, names);

    /// <summary>One number everywhere.</summary>
    public static Tensor full(int size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.Full([size], value, dtype, device, requires_grad, names);

    /// <summary>One number everywhere.</summary>
    public static Tensor full(
        long rows, long columns, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.Full([rows, columns], value, dtype, device, requires_grad, names);

    /// <summary>One number everywhere.</summary>
    public static Tensor full(
        int rows, int columns, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.Full([rows, columns], value, dtype, device, requires_grad, names);

    /// <summary>One number everywhere.</summary>
    public static Tensor full(
        long dim0, long dim1, long dim2, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.Full([dim0, dim1, dim2], value, dtype, device, requires_grad, names);

    /// <summary>One number everywhere.</summary>
    public static Tensor full(
        int dim0, int dim1, int dim2, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.Full([dim0, dim1, dim2], value, dtype, device, requires_grad, names);

    /// <summary>Even draws from [0, 1).</summary>
    public static Tensor rand(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Create.Random(Ops.RandGenerator, size, dtype, device, requires_grad, generator, names);

    /// <summary>Even draws from [0, 1).</summary>
    public static Tensor rand(
        ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        Create.Random(Ops.RandGenerator, size.ToArray(), dtype, device, requires_grad, generator, names);

    /// <summary>Even draws from [0, 1).</summary>
    public static Tensor rand(
        long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Create.Random(Ops.RandGenerator, [size], dtype, device, requires_grad, generator, names);

    /// <summary>Even draws from [0, 1).</summary>
    public static Tensor rand(
        int size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Create.Random(Ops.RandGenerator, [size], dtype, device, requires_grad, generator, names);

    /// <summary>Even draws from [0, 1).</summary>
    public static Tensor rand(
        long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        Create.Random(Ops.RandGenerator, [rows, columns], dtype, device, requires_grad, generator, names);

    /// <summary>Even draws from [0, 1).</summary>
    public static Tensor rand(
        int rows, int columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        Create.Random(Ops.RandGenerator, [rows, columns], dtype, device, requires_grad, generator, names);

    /// <summary>Even draws from [0, 1).</summary>
    public static Tensor rand(
        long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        Create.Random(Ops.RandGenerator, [dim0, dim1, dim2], dtype, device, requires_grad, generator, names);

    /// <summary>Even draws from [0, 1).</summary>
    public static Tensor rand(
        int dim0, int dim1, int dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        Create.Random(Ops.RandGenerator, [dim0, dim1, dim2], dtype, device, requires_grad, generator, names);

    /// <summary>Even draws from [0, 1).</summary>
    public static Tensor rand(
        long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        Create.Random(Ops.RandGenerator, [dim0, dim1, dim2, dim3], dtype, device, requires_grad, generator, names);

    /// <summary>Even draws from [0, 1).</summary>
    public static Tensor rand(
        int dim0, int dim1, int dim2, int dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        Create.Random(Ops.RandGenerator, [dim0, dim1, dim2, dim3], dtype, device, requires_grad, generator, names);

    /// <summary>Draws from the standard normal distribution.</summary>
    public static Tensor randn(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Create.Random(Ops.RandnGenerator, size, dtype, device, requires_grad, generator, names);

    /// <summary>Draws from the standard normal distribution.</summary>
    public static Tensor randn(
        ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        Create.Random(Ops.RandnGenerator, size.ToArray(), dtype, device, requires_grad, generator, names);

    /// <summary>Draws from the standard normal distribution.</summary>
    public static Tensor randn(
        long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Create.Random(Ops.RandnGenerator, [size], dtype, device, requires_grad, generator, names);

    /// <summary>Draws from the standard normal distribution.</summary>
    public static Tensor randn(
        int size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Create.Random(Ops.RandnGenerator, [size], dtype, device, requires_grad, generator, names);

    /// <summary>Draws from the standard normal distribution.</summary>
    public static Tensor randn(
        long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        Create.Random(Ops.RandnGenerator, [rows, columns], dtype, device, requires_grad, generator, names);

    /// <summary>Draws from the standard normal distribution.</summary>
    public static Tensor randn(
        int rows, int columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        Create.Random(Ops.RandnGenerator, [rows, columns], dtype, device, requires_grad, generator, names);

    /// <summary>Draws from the standard normal distribution.</summary>
    public static Tensor randn(
        long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        Create.Random(Ops.RandnGenerator, [dim0, dim1, dim2], dtype, device, requires_grad, generator, names);

    /// <summary>Draws from the standard normal distribution.</summary>
    public static Tensor randn(
        int dim0, int dim1, int dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        Create.Random(Ops.RandnGenerator, [dim0, dim1, dim2], dtype, device, requires_grad, generator, names);

    /// <summary>Draws from the standard normal distribution.</summary>
    public static Tensor randn(
        long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        Create.Random(Ops.RandnGenerator, [dim0, dim1, dim2, dim3], dtype, device, requires_grad, generator, names);

    /// <summary>Draws from the standard normal distribution.</summary>
    public static Tensor randn(
        int dim0, int dim1, int dim2, int dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        Create.Random(Ops.RandnGenerator, [dim0, dim1, dim2, dim3], dtype, device, requires_grad, generator, names);

    /// <summary>Even draws from the whole numbers in [low, high), Int64 unless dtype says otherwise.</summary>
    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null)
    {
        Create.RejectNames(names);
        InitializeDevice(device);
        return Ops.RandintGenerator.Call(low, high, size, generator, dtype, Value.None, device).requires_grad_(requires_grad);
    }

    /// <summary>Even draws from the whole numbers in [0, high), Int64 unless dtype says otherwise.</summary>
    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null,
        string[]? names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator, names);

    /// <summary>The whole numbers from 0 to before <paramref name="n"/> in random order, Int64 unless dtype says otherwise.</summary>
    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null)
    {
        InitializeDevice(device);
        return Ops.RandpermGenerator.Call(n, generator, dtype ?? ScalarType.Int64, Value.None, device).requires_grad_(requires_grad);
    }
}
