using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // What the many overloads that make tensors come down to.
    private static class Create
    {
        internal static Tensor New(Operator op, long[] size, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names)
        {
            RejectNames(names);
            InitializeDevice(device);
            return Finish(op.Call(size, dtype ?? ScalarType.Float32, Value.None, device), requiresGrad);
        }

        internal static Tensor Full(long[] size, Scalar value, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names)
        {
            RejectNames(names);
            InitializeDevice(device);
            return Finish(Ops.Full.Call(size, value, dtype, Value.None, device), requiresGrad);
        }

        internal static Tensor Random(Operator op, long[] size, ScalarType? dtype, Device? device, bool requiresGrad, Generator? generator, string[]? names)
        {
            RejectNames(names);
            InitializeDevice(device);
            return Finish(op.Call(size, generator, dtype ?? ScalarType.Float32, Value.None, device), requiresGrad);
        }

        internal static Tensor FromScalar(Scalar value, ScalarType own, ScalarType? dtype, Device? device, bool requiresGrad)
        {
            InitializeDevice(device);
            return Finish(Ops.Full.Call(Array.Empty<long>(), value, dtype ?? own, Value.None, device), requiresGrad);
        }

        internal static unsafe Tensor FromArray<T>(
            ReadOnlySpan<T> values, ReadOnlySpan<long> size, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names)
            where T : unmanaged
        {
            RejectNames(names);
            InitializeDevice(device);
            long count = 1;
            foreach (var length in size)
                count *= length;
            if (count != values.Length)
            {
                throw new ArgumentException(
                    $"Shape [{string.Join(", ", size.ToArray())}] has {count} elements, but {values.Length} were given.", nameof(values));
            }


            var own = TypeOf(typeof(T));
            var tensor = Ops.Empty.Call(size.ToArray(), own);
            values.CopyTo(new Span<T>(tensor.DataPointer(), values.Length));
            if ((dtype is { } type && type != own) || device is { type: not DeviceType.CPU })
            {
                var made = tensor;
                tensor = Ops.To.Call(made, dtype, Value.None, device);
                made.Dispose();
            }

            return Finish(tensor, requiresGrad);
        }

        internal static Tensor FromArray<T>(Array array, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names)
            where T : unmanaged
        {
            var size = new long[array.Rank];
            for (var d = 0; d < size.Length; d++)
                size[d] = array.GetLength(d);
            ref var first = ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array));
            var values = MemoryMarshal.CreateReadOnlySpan(ref first, array.Length);
            return FromArray(values, size, dtype, device, requiresGrad, names);
        }

        internal static Tensor FromArray(Array array, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names) =>
            array.GetType().GetElementType() switch
            {
                var t when t == typeof(float) => FromArray<float>(array, dtype, device, requiresGrad, names),
                var t when t == typeof(long) => FromArray<long>(array, dtype, device, requiresGrad, names),
                var t when t == typeof(int) => FromArray<int>(array, dtype, device, requiresGrad, names),
                var t when t == typeof(double) => FromArray<double>(array, dtype, device, requiresGrad, names),
                var t when t == typeof(bool) => FromArray<bool>(array, dtype, device, requiresGrad, names),
                var t when t == typeof(byte) => FromArray<byte>(array, dtype, device, requiresGrad, names),
                var t when t == typeof(sbyte) => FromArray<sbyte>(array, dtype, device, requiresGrad, names),
                var t when t == typeof(short) => FromArray<short>(array, dtype, device, requiresGrad, names),
                var t => throw new NotSupportedException($"No tensor can be made from an array of {t}."),
            };

        internal static void RejectNames(string[]? names)
        {
            if (names is not null)
                throw new NotSupportedException("Named dimensions are not in this stand-in for TorchSharp.");
        }

        internal static Tensor Finish(Tensor tensor, bool requiresGrad)
        {
            if (requiresGrad)
                tensor.requires_grad = true;
            return tensor;
        }
    }
}
