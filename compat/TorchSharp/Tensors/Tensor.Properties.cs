using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The length of each dimension.</summary>
        public unsafe long[] shape
        {
            get
            {
                var handle = Handle;
                var sizes = new long[Native.tb_dim(handle)];
                fixed (long* p = sizes)
                {
                    if (sizes.Length > 0)
                        Native.tb_sizes(handle, p);
                }

                GC.KeepAlive(this);
                return sizes;
            }
        }

        /// <summary>The number of dimensions.</summary>
        public long ndim => dim();

        /// <summary>The number of dimensions.</summary>
        public long Dimensions => dim();

        /// <summary>The number of elements.</summary>
        public long NumberOfElements => numel();

        /// <summary>Bytes of one element.</summary>
        public long ElementSize => element_size();

        /// <summary>The elements' type.</summary>
        public ScalarType dtype
        {
            get
            {
                var type = (ScalarType)Native.tb_dtype(Handle);
                GC.KeepAlive(this);
                return type;
            }
        }

        /// <summary>Where the elements are.</summary>
        public Device device => Device.Get(device_type, device_index);

        /// <summary>The kind of device the elements are on.</summary>
        public DeviceType device_type
        {
            get
            {
                var type = (DeviceType)Native.tb_device_type(Handle);
                GC.KeepAlive(this);
                return type;
            }
        }

        /// <summary>The number of the device among those of its kind, -1 for the CPU.</summary>
        public int device_index
        {
            get
            {
                var index = Native.tb_device_index(Handle);
                GC.KeepAlive(this);
                return index;
            }
        }

        /// <summary>Whether the elements are on a CUDA device.</summary>
        public bool is_cuda => device_type == DeviceType.CUDA;

        /// <summary>A name for people to read. Free text, no meaning to libtorch.</summary>
        public string? name { get; set; }

        /// <summary>The matrix with rows and columns exchanged; all dimensions in reverse order for other than two.</summary>
        public Tensor T => Ops.NumpyT.Call(this);

        /// <summary>The last two dimensions exchanged.</summary>
        public Tensor mT => transpose(-2, -1);

        /// <summary>The number of dimensions.</summary>
        public long dim()
        {
            var dim = Native.tb_dim(Handle);
            GC.KeepAlive(this);
            return dim;
        }

        /// <summary>The number of elements.</summary>
        public long numel()
        {
            var count = Native.tb_numel(Handle);
            GC.KeepAlive(this);
            return count;
        }

        /// <summary>The length of each dimension.</summary>
        public long[] size() => shape;

        /// <summary>The length of one dimension; a negative number counts from the last.</summary>
        public long size(int dim)
        {
            var sizes = shape;
            if (dim < -sizes.Length || dim >= sizes.Length)
                throw new ArgumentOutOfRangeException(nameof(dim), dim, $"The tensor has {sizes.Length} dimensions.");
            return sizes[dim < 0 ? dim + sizes.Length : dim];
        }

        /// <summary>Bytes of one element.</summary>
        public long element_size() => dtype.ElementSize();

        /// <summary>For each dimension, how many elements lie between neighbours along it.</summary>
        public unsafe long[] stride()
        {
            var handle = Handle;
            var strides = new long[Native.tb_dim(handle)];
            fixed (long* p = strides)
            {
                if (strides.Length > 0)
                    Native.Check(Native.tb_strides(handle, p), nameof(stride));
            }

            GC.KeepAlive(this);
            return strides;
        }

        /// <summary>The stride of one dimension; a negative number counts from the last.</summary>
        public long stride(int dim)
        {
            var strides = stride();
            return strides[dim < 0 ? dim + strides.Length : dim];
        }

        /// <summary>How many elements of the storage lie before the tensor's first.</summary>
        public long storage_offset()
        {
            var offset = Native.tb_storage_offset(Handle);
            GC.KeepAlive(this);
            return offset;
        }

        /// <summary>Whether the elements lie in memory in the order of their indices, without gaps.</summary>
        public bool is_contiguous()
        {
            var contiguous = Native.Check(Native.tb_is_contiguous(Handle), nameof(is_contiguous)) != 0;
            GC.KeepAlive(this);
            return contiguous;
        }

        /// <summary>Whether the elements are on the CPU.</summary>
        public bool is_cpu() => device_type == DeviceType.CPU;

        /// <summary>Whether the elements are floating-point numbers.</summary>
        public bool is_floating_point() => torch.is_floating_point(dtype);

        /// <summary>Whether the elements are whole numbers (or truth values).</summary>
        public bool is_integral() => torch.is_integral(dtype);

        /// <summary>Whether the elements are complex numbers.</summary>
        public bool is_complex() => torch.is_complex(dtype);
    }
}
