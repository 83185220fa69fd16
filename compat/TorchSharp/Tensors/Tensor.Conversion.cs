using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Between tensors of different types and devices, and between tensors and .NET's memory.
    public partial class Tensor
    {
        /// <summary>The elements' memory, in their order in the storage. The tensor must be on the CPU and contiguous, and must outlive the span.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                RequireCpu(nameof(bytes));
                if (!is_contiguous())
                    throw new NotSupportedException("bytes needs a contiguous tensor; call contiguous() first.");
                return new Span<byte>(DataPointer(), checked((int)(numel() * element_size())));
            }
            set
            {
                var target = bytes;
                if (value.Length != target.Length)
                    throw new ArgumentException($"The tensor has {target.Length} bytes, {value.Length} were given.", nameof(value));
                value.CopyTo(target);
                GC.KeepAlive(this);
            }
        }

        /// <summary>This tensor's values as another type; this tensor itself (a new handle) when it is of that type and no copy is asked for.</summary>
        /// <param name="disposeAfter">Disposes of this tensor afterwards.</param>
        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(type, null, copy, disposeAfter, non_blocking);

        /// <inheritdoc cref="to_type"/>
        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(type, null, copy, disposeAfter, non_blocking);

        /// <summary>This tensor's values on another device; this tensor itself (a new handle) when it is there and no copy is asked for.</summary>
        /// <param name="disposeAfter">Disposes of this tensor afterwards.</param>
        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(null, device, copy, disposeAfter, non_blocking);

        /// <inheritdoc cref="to(Device, bool, bool, bool)"/>
        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(null, new Device(device), copy, disposeAfter, non_blocking);

        /// <inheritdoc cref="to(Device, bool, bool, bool)"/>
        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(null, new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        /// <summary>This tensor's values as another type on another device.</summary>
        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(type, device, copy, disposeAfter, non_blocking);

        /// <summary>This tensor's values as another tensor's type, on its device.</summary>
        public Tensor to(Tensor other, bool non_blocking = false) => To(other.dtype, other.device, false, false, non_blocking);

        /// <summary>This tensor's values as another type.</summary>
        public Tensor type(ScalarType dtype) => to_type(dtype);

        /// <summary>This tensor's values as another tensor's type.</summary>
        public Tensor type_as(Tensor tensor) => to_type(tensor.dtype);

        /// <summary>On the CPU.</summary>
        public Tensor cpu() => To(null, CPU, false, false, false);

        /// <summary>On a CUDA device, the current one when left out.</summary>
        public Tensor cuda(Device? device = null, bool non_blocking = false) => To(null, device ?? CUDA, false, false, non_blocking);

        /// <summary>A copy in memory from which transfers to a CUDA device can run by themselves.</summary>
        public Tensor pin_memory() => Ops.PinMemory.Call(this);

        public Tensor @float() => to_type(ScalarType.Float32);

        public Tensor @double() => to_type(ScalarType.Float64);

        public Tensor half() => to_type(ScalarType.Float16);

        public Tensor bfloat16() => to_type(ScalarType.BFloat16);

        public Tensor @long() => to_type(ScalarType.Int64);

        public Tensor @int() => to_type(ScalarType.Int32);

        public Tensor @short() => to_type(ScalarType.Int16);

        public Tensor @byte() => to_type(ScalarType.Byte);

        public Tensor @char() => to_type(ScalarType.Int8);

        public Tensor @bool() => to_type(ScalarType.Bool);

        /// <summary>A copy, through which gradients flow back to this tensor.</summary>
        public Tensor clone() => Ops.Clone.Call(this);

        /// <summary>Overwrites the elements with another tensor's, which may be of another type or device and broadcasts.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) => InPlace(Ops.Copy, source, nonBlocking);

        /// <summary>The only element, as a number.</summary>
        public Scalar ToScalar() => Ops.Item.CallForScalar(this);

        /// <summary>The only element. <typeparamref name="T"/> must be the .NET type of the tensor's element type.</summary>
        public T item<T>()
            where T : unmanaged
        {
            if (numel() != 1)
                throw new ArgumentException($"item needs a tensor of one element; this one's shape is [{string.Join(", ", shape)}].");
            RequireType<T>(nameof(item));
            var number = ToScalar();
            return typeof(T) == typeof(float) ? As((float)number.AsDouble)
                : typeof(T) == typeof(double) ? As(number.AsDouble)
                : typeof(T) == typeof(Half) ? As((Half)number.AsDouble)
                : typeof(T) == typeof(long) ? As(number.AsInt64)
                : typeof(T) == typeof(int) ? As((int)number.AsInt64)
                : typeof(T) == typeof(short) ? As((short)number.AsInt64)
                : typeof(T) == typeof(sbyte) ? As((sbyte)number.AsInt64)
                : typeof(T) == typeof(byte) ? As((byte)number.AsInt64)
                : As(number.AsInt64 != 0);

            static T As<TNumber>(TNumber value)
                where TNumber : unmanaged => Unsafe.As<TNumber, T>(ref value);
        }

        /// <summary>
        /// The elements as .NET values, read and written in place. <typeparamref name="T"/> must be the .NET type of the tensor's element type; CPU only.
        /// </summary>
        public Utils.TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            RequireType<T>(nameof(data));
            RequireCpu(nameof(data));
            return new Utils.TensorAccessor<T>(this);
        }

        internal unsafe void* DataPointer()
        {
            if (numel() == 0)
                return null;
            var data = Native.Check(Native.tb_data(Handle), "data");
            GC.KeepAlive(this);
            return (void*)data;
        }

        private static bool Holds<T>(ScalarType type) =>
            typeof(T) == typeof(float) ? type == ScalarType.Float32
            : typeof(T) == typeof(long) ? type == ScalarType.Int64
            : TypeOf(typeof(T)) == type;

        private Tensor To(ScalarType? type, Device? device, bool copy, bool disposeAfter, bool nonBlocking)
        {
            if (device is not null)
                InitializeDevice(device);
            var result = Ops.To.Call(this, type, Value.None, device, Value.None, nonBlocking, copy);
            if (disposeAfter)
                Dispose();
            return result;
        }

        private void RequireCpu(string member)
        {
            if (!is_cpu())
                throw new InvalidOperationException($"{member} needs a tensor on the CPU; this one is on {device}. Call cpu() first.");
        }

        private void RequireType<T>(string member)
        {
            if (!Holds<T>(dtype))
                throw new ArgumentException($"{member}<{typeof(T).Name}> on a tensor of {dtype}; call to_type first.");
        }
    }
}
