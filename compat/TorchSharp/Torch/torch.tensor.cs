namespace TorchSharp;

// tensor(...): copies of .NET arrays and lists, and single numbers. The element type is the .NET type's unless dtype says otherwise; on the CPU unless
// device says otherwise.
public static partial class torch
{
    /// <summary>A tensor of no dimension that holds one number.</summary>
    public static Tensor tensor(byte scalar, Device? device = null, bool requires_grad = false) =>
        Create.FromScalar(scalar, ScalarType.Byte, null, device, requires_grad);

    /// <summary>A tensor of no dimension that holds one number.</summary>
    public static Tensor tensor(sbyte scalar, Device? device = null, bool requires_grad = false) =>
        Create.FromScalar(scalar, ScalarType.Int8, null, device, requires_grad);

    /// <summary>A tensor of no dimension that holds one number.</summary>
    public static Tensor tensor(short scalar, Device? device = null, bool requires_grad = false) =>
        Create.FromScalar(scalar, ScalarType.Int16, null, device, requires_grad);

    /// <summary>A tensor of no dimension that holds one number.</summary>
    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false) =>
        Create.FromScalar(scalar, ScalarType.Int32, null, device, requires_grad);

    /// <summary>A tensor of no dimension that holds one number.</summary>
    public static Tensor tensor(long scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Create.FromScalar(scalar, ScalarType.Int64, dtype, device, requires_grad);

    /// <summary>A tensor of no dimension that holds one number.</summary>
    public static Tensor tensor(float scalar, Device? device = null, bool requires_grad = false) =>
        Create.FromScalar(scalar, ScalarType.Float32, null, device, requires_grad);

    /// <summary>A tensor of no dimension that holds one number.</summary>
    public static Tensor tensor(double scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Create.FromScalar(scalar, ScalarType.Float64, dtype, device, requires_grad);

    /// <summary>A tensor of no dimension that holds one number.</summary>
    public static Tensor tensor(bool scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Create.FromScalar(scalar, ScalarType.Bool, dtype, device, requires_grad);

    /// <summary>A vector.</summary>
    public static Tensor tensor(byte[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<byte>(rawArray, [rawArray.Length], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape.</summary>
    public static Tensor tensor(
        byte[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<byte>(rawArray, dimensions, dtype, device, requires_grad, names);

    /// <summary>A tensor of 2 dimensions.</summary>
    public static Tensor tensor(byte[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<byte>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of 3 dimensions.</summary>
    public static Tensor tensor(byte[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<byte>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A vector.</summary>
    public static Tensor tensor(IList<byte> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<byte>([.. rawArray], [rawArray.Count], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape.</summary>
    public static Tensor tensor(
        IList<byte> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Create.FromArray<byte>([.. rawArray], dimensions, dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape.</summary>
    public static Tensor tensor(
        Memory<byte> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Create.FromArray<byte>(rawArray.Span, dimensions, dtype, device, requires_grad, names);

    /// <summary>A vector.</summary>
    public static Tensor tensor(sbyte[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<sbyte>(rawArray, [rawArray.Length], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape.</summary>
    public static Tensor tensor(
        sbyte[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<sbyte>(rawArray, dimensions, dtype, device, requires_grad, names);

    /// <summary>A tensor of 2 dimensions.</summary>
    public static Tensor tensor(sbyte[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<sbyte>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of 3 dimensions.</summary>
    public static Tensor tensor(sbyte[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<sbyte>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A vector.</summary>
    public static Tensor tensor(IList<sbyte> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<sbyte>([.. rawArray], [rawArray.Count], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape.</summary>
    public static Tensor tensor(
        IList<sbyte> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Create.FromArray<sbyte>([.. rawArray], dimensions, dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape.</summary>
    public static Tensor tensor(
        Memory<sbyte> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Create.FromArray<sbyte>(rawArray.Span, dimensions, dtype, device, requires_grad, names);

    /// <summary>A vector.</summary>
    public static Tensor tensor(short[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<short>(rawArray, [rawArray.Length], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape.</summary>
    public static Tensor tensor(
        short[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<short>(rawArray, dimensions, dtype, device, requires_grad, names);

    /// <summary>A tensor of 2 dimensions.</summary>
    public static Tensor tensor(short[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<short>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of 3 dimensions.</summary>
    public static Tensor tensor(short[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<short>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A vector.</summary>
    public static Tensor tensor(IList<short> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<short>([.. rawArray], [rawArray.Count], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape.</summary>
    public static Tensor tensor(
        IList<short> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Create.FromArray<short>([.. rawArray], dimensions, dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape.</summary>
    public static Tensor tensor(
        Memory<short> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Create.FromArray<short>(rawArray.Span, dimensions, dtype, device, requires_grad, names);

    /// <summary>A vector.</summary>
    public static Tensor tensor(int[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<int>(rawArray, [rawArray.Length], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape.</summary>
    public static Tensor tensor(
        int[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<int>(rawArray, dimensions, dtype, device, requires_grad, names);

    /// <summary>A tensor of 2 dimensions.</summary>
    public static Tensor tensor(int[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<int>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of 3 dimensions.</summary>
    public static Tensor tensor(int[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<int>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A vector.</summary>
    public static Tensor tensor(IList<int> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<int>([.. rawArray], [rawArray.Count], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape.</summary>
    public static Tensor tensor(
        IList<int> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Create.FromArray<int>([.. rawArray], dimensions, dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape.</summary>
    public static Tensor tensor(
        Memory<int> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Create.FromArray<int>(rawArray.Span, dimensions, dtype, device, requires_grad, names);

    /// <summary>A vector.</summary>
    public static Tensor tensor(long[] dataArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<long>(dataArray, [dataArray.Length], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape.</summary>
    public static Tensor tensor(
        long[] dataArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<long>(dataArray, dimensions, dtype, device, requires_grad, names);

    /// <summary>A tensor of 2 dimensions.</summary>
    public static Tensor tensor(long[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<long>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of 3 dimensions.</summary>
    public static Tensor tensor(long[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<long>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A vector.</summary>
    public static Tensor tensor(IList<long> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<long>([.. rawArray], [rawArray.Count], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape.</summary>
    public static Tensor tensor(
        IList<long> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Create.FromArray<long>([.. rawArray], dimensions, dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape.</summary>
    public static Tensor tensor(
        Memory<long> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Create.FromArray<long>(rawArray.Span, dimensions, dtype, device, requires_grad, names);

    /// <summary>A vector.</summary>
    public static Tensor tensor(float[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<float>(rawArray, [rawArray.Length], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape.</summary>
    public static Tensor tensor(
        float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<float>(rawArray, dimensions, dtype, device, requires_grad, names);

    /// <summary>A tensor of 2 dimensions.</summary>
    public static Tensor tensor(float[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<float>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of 3 dimensions.</summary>
    public static Tensor tensor(float[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<float>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A vector.</summary>
    public static Tensor tensor(IList<float> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<float>([.. rawArray], [rawArray.Count], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape.</summary>
    public static Tensor tensor(
        IList<float> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Create.FromArray<float>([.. rawArray], dimensions, dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape.</summary>
    public static Tensor tensor(
        Memory<float> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Create.FromArray<float>(rawArray.Span, dimensions, dtype, device, requires_grad, names);

    /// <summary>A vector.</summary>
    public static Tensor tensor(double[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<double>(rawArray, [rawArray.Length], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape.</summary>
    public static Tensor tensor(
        double[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Create.FromArray<double>(rawArray, dimensions, dtype, device, requires_grad, names);

    /// <summary>A tensor of 2 dimensions.</summary>
    public static Tensor tensor(double[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<double>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of 3 dimensions.</summary>
    public static Tensor tensor(double[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<double>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A vector.</summary>
    public static Tensor tensor(IList<double> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<double>([.. rawArray], [rawArray.Count], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape.</summary>
    public static Tensor tensor(
        Memory<double> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Create.FromArray<double>(rawArray.Span, dimensions, dtype, device, requires_grad, names);

    /// <summary>A vector.</summary>
    public static Tensor tensor(bool[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<bool>(rawArray, [rawArray.Length], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape.</summary>
    public static Tensor tensor(
        bool[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<bool>(rawArray, dimensions, dtype, device, requires_grad, names);

    /// <summary>A tensor of 2 dimensions.</summary>
    public static Tensor tensor(bool[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<bool>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A tensor of 3 dimensions.</summary>
    public static Tensor tensor(bool[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<bool>(rawArray, dtype, device, requires_grad, names);

    /// <summary>A vector.</summary>
    public static Tensor tensor(IList<bool> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create.FromArray<bool>([.. rawArray], [rawArray.Count], dtype, device, requires_grad, names);

    /// <summary>A tensor of the given shape.</summary>
    public static Tensor tensor(
        IList<bool> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Create.FromArray<bool>([.. rawArray], dimensions, dtype, device, requires_grad, names);
}
