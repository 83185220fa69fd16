using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The CPU.</summary>
    public static readonly Device CPU = new(DeviceType.CPU);

    private static readonly Device CUDA = new(DeviceType.CUDA);

    /// <summary>A device by its description: "cpu", "cuda" or "cuda:1".</summary>
    public static Device device(string description) => new(description);

    /// <summary>A device by its kind's name and number; -1 is the current one.</summary>
    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    /// <summary>A device by its kind and number; -1 is the current one.</summary>
    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    /// <summary>The CUDA device of a number.</summary>
    public static Device device(int index) => new(index);

    /// <summary>Where a tensor's elements are and its operators run.</summary>
    public class Device
    {
        /// <summary>A device by its description: "cpu", "cuda" or "cuda:1".</summary>
        public Device(string description)
        {
            var parts = description.Split(':');
            var number = -1;
            if (parts.Length > 2 || (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out number)))
                throw new ArgumentException($"Unknown device '{description}'. Known are 'cpu', 'cuda' and 'cuda:N'.", nameof(description));
            (type, index) = (Parse(parts[0]), number);
        }

        /// <summary>A device by its kind's name and number; -1 is the current one.</summary>
        public Device(string deviceType, int index = -1)
            : this(Parse(deviceType), index)
        {
        }

        /// <summary>A device by its kind and number; -1 is the current one.</summary>
        public Device(DeviceType deviceType, int index = -1) => (type, this.index) = (deviceType, index);

        /// <summary>The CUDA device of a number.</summary>
        public Device(int index)
            : this(DeviceType.CUDA, index)
        {
        }

        /// <summary>The kind of device.</summary>
        public DeviceType type { get; }

        /// <summary>The number among the devices of its kind; -1: not said.</summary>
        public int index { get; }

        [SuppressMessage("Usage", "CA2225", Justification = "The real API's shape.")]
        public static implicit operator Device(string description) => new(description);

        /// <summary>The description: "cpu", "cuda" or "cuda:1".</summary>
        public override string ToString()
        {
            var name = type.ToString().ToLowerInvariant();
            return index < 0 ? name : $"{name}:{index.ToString(CultureInfo.InvariantCulture)}";
        }

        internal static Device Get(DeviceType type, int index) => type == DeviceType.CPU ? CPU : new Device(type, index);

        private static DeviceType Parse(string name) =>
            Enum.TryParse<DeviceType>(name, ignoreCase: true, out var type) && !char.IsAsciiDigit(name[0]) && Enum.IsDefined(type)
                ? type
                : throw new ArgumentException($"Unknown device '{name}'. Known are 'cpu', 'cuda' and 'cuda:N'.", nameof(name));
    }
}
