using TorchSharp.Interop;

namespace TorchSharp;

// What holds for a thread or for the process: dispose scopes, recording of gradients, threads, devices.
public static partial class torch
{
    /// <summary>The calling thread's innermost dispose scope, or null.</summary>
    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.Current;

    /// <summary>Opens a scope that disposes of the tensors that this thread makes, when it is disposed.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.Open();

    /// <summary>Runs a computation in a dispose scope of its own; only its result outlives that.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }

    /// <summary>Stops recording operations for gradients on this thread until disposed.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    /// <summary>Starts (or stops) recording operations for gradients on this thread until disposed.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    /// <summary>Starts or stops recording operations for gradients on this thread until disposed.</summary>
    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    /// <summary>Like <see cref="no_grad"/>, and faster still: tensors made meanwhile can never take part in recorded operations.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    /// <summary>Whether operations are recorded for gradients on this thread.</summary>
    public static bool is_grad_enabled() => Native.tb_grad_mode() != 0;

    /// <summary>Whether this thread is in <see cref="inference_mode"/>.</summary>
    public static bool is_inference_mode_enabled() => Native.tb_inference_mode() != 0;

    /// <summary>How many threads one operator may use on the CPU.</summary>
    public static int get_num_threads() => Native.Check(Native.tb_threads(), nameof(get_num_threads));

    /// <summary>Sets how many threads one operator may use on the CPU.</summary>
    public static void set_num_threads(int num)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(num, 1);
        Native.Check(Native.tb_set_threads(num), nameof(set_num_threads));
    }

    /// <summary>Sets how many operators may run side by side on the CPU; only before the first one does.</summary>
    public static void set_num_interop_threads(int num)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(num, 1);
        Native.Check(Native.tb_set_interop_threads(num), nameof(set_num_interop_threads));
    }

    /// <summary>Makes sure that a device can be used. Throws <see cref="InvalidOperationException"/> naming what is missing.</summary>
    public static Device InitializeDevice(Device? device)
    {
        if (device is null || device.type == DeviceType.CPU)
            return device ?? CPU;
        if (device.type != DeviceType.CUDA)
            throw new InvalidOperationException($"Device '{device}' is not supported: only 'cpu' and 'cuda' are.");
        var count = cuda.device_count();
        if (count == 0)
            throw new InvalidOperationException($"Device '{device}' is not available: the libtorch in use has no CUDA, or the machine no CUDA device.");
        if (device.index >= count)
            throw new InvalidOperationException($"Device '{device}' does not exist: the machine has {count} CUDA device(s).");
        return device;
    }

    /// <summary>
    /// Loads libtorch, and makes sure that a kind of device can be used. Worth calling early on another thread: loading takes a few tenths of a second.
    /// </summary>
    public static void InitializeDeviceType(DeviceType deviceType)
    {
        Native.tb_grad_mode();
        InitializeDevice(new Device(deviceType));
    }

    /// <summary>As <see cref="InitializeDeviceType"/>; false when the kind of device cannot be used.</summary>
    public static bool TryInitializeDeviceType(DeviceType deviceType)
    {
        Native.tb_grad_mode();
        return deviceType == DeviceType.CPU || (deviceType == DeviceType.CUDA && cuda.is_available());
    }

    /// <summary>Whether a CUDA device can be used.</summary>
    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>CUDA devices.</summary>
    public static class cuda
    {
        /// <summary>Whether a CUDA device can be used.</summary>
        public static bool is_available() => device_count() > 0;

        /// <summary>How many CUDA devices there are.</summary>
        public static int device_count() => Native.tb_cuda_devices();

        /// <summary>Seeds the current CUDA device's generator.</summary>
        public static void manual_seed(long seed)
        {
            if (is_available())
                Generator.For(CUDA).manual_seed(seed);
        }

        /// <summary>Seeds the generators of all CUDA devices.</summary>
        public static void manual_seed_all(long seed)
        {
            for (var i = 0; i < device_count(); i++)
                Generator.For(new Device(i)).manual_seed(seed);
        }

        /// <summary>Waits until a CUDA device has done all it was given.</summary>
        public static void synchronize(Device? device = null)
        {
            InitializeDevice(device ?? CUDA);
            Native.Check(Native.tb_cuda_synchronize(device?.index ?? -1), nameof(synchronize));
        }
    }

    private sealed class GradMode : IDisposable
    {
        private readonly bool _before = is_grad_enabled();

        internal GradMode(bool enabled) => Native.tb_set_grad_mode(enabled ? 1 : 0);

        public void Dispose() => Native.tb_set_grad_mode(_before ? 1 : 0);
    }

    private sealed class InferenceMode(bool enabled) : IDisposable
    {
        private nint _guard = Native.Check(Native.tb_enter_inference_mode(enabled ? 1 : 0), nameof(inference_mode));

        public void Dispose()
        {
            var guard = Interlocked.Exchange(ref _guard, 0);
            if (guard != 0)
                Native.tb_leave_inference_mode(guard);
        }
    }
}
