using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Interop;

/// <summary>The bridge's functions; torch_bridge.cpp says what each does.</summary>
internal static unsafe class Native
{
    private const string Library = "TorchSharpBridge";

    // Explicit, so that the environment is ready before the first function is bound.
    static Native()
    {
        // Debian's OpenBLAS and libtorch have a thread pool each. OpenMP threads that spin while they wait take the cores from OpenBLAS's: two threads
        // then compute no faster than one. libgomp reads this once, from the native environment, when libtorch loads; what the user has set stays.
        if (!OperatingSystem.IsLinux())
            return;
        setenv("OMP_WAIT_POLICY", "passive", 0);
        // OpenBLAS 0.3.21 does not know processors newer than itself and falls back to its oldest kernels: a training step of MiniLM then takes 2.8
        // times as long.
        if (BlasKernels() is { } kernels)
            setenv("OPENBLAS_CORETYPE", kernels, 0);
        // Debian's libtorch brings 280 libraries. Loaded all at once they share one list in which the linker looks up each symbol; loaded first, one by
        // one, each has a short list of its own, and all of them are there a fifth sooner.
        var needs = typeof(Native).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == "TorchNeeds");
        foreach (var library in needs?.Value?.Split(';') ?? [])
            NativeLibrary.TryLoad(library, out _);
    }

    /// <summary>OpenBLAS's name of the kernels for this processor's vector instructions: what it chooses itself on processors that it knows.</summary>
    private static string? BlasKernels()
    {
        if (Avx512F.IsSupported && Avx512BW.IsSupported && Avx512CD.IsSupported && Avx512DQ.IsSupported)
            return "SkylakeX";
        if (!Avx2.IsSupported || !Fma.IsSupported)
            return null;
        var (_, b, _, _) = X86Base.CpuId(0, 0);
        const int Amd = 0x68747541; // "Auth" of AuthenticAMD
        return b == Amd ? "Zen" : "Haswell";
    }

    [DllImport("libc", CharSet = CharSet.Ansi)]
    private static extern int setenv(string name, string value, int overwrite);

    [DllImport(Library)]
    private static extern byte* tb_error();

    [DllImport(Library, CharSet = CharSet.Ansi, BestFitMapping = false)]
    internal static extern nint tb_find(string name, string overload);

    [DllImport(Library)]
    internal static extern int tb_call(nint op, NativeValue* arguments, int count, NativeValue* results, int capacity);

    [DllImport(Library)]
    internal static extern void tb_free_list(nint* handles);

    [DllImport(Library)]
    internal static extern void tb_free(nint t);

    [DllImport(Library), SuppressGCTransition]
    internal static extern int tb_dim(nint t);

    [DllImport(Library), SuppressGCTransition]
    internal static extern int tb_dtype(nint t);

    [DllImport(Library), SuppressGCTransition]
    internal static extern long tb_numel(nint t);

    [DllImport(Library), SuppressGCTransition]
    internal static extern int tb_device_type(nint t);

    [DllImport(Library), SuppressGCTransition]
    internal static extern int tb_device_index(nint t);

    [DllImport(Library), SuppressGCTransition]
    internal static extern void tb_sizes(nint t, long* sizes);

    [DllImport(Library)]
    internal static extern int tb_strides(nint t, long* strides);

    [DllImport(Library)]
    internal static extern long tb_storage_offset(nint t);

    [DllImport(Library)]
    internal static extern int tb_is_contiguous(nint t);

    [DllImport(Library)]
    internal static extern nint tb_data(nint t);

    [DllImport(Library)]
    internal static extern int tb_set_data(nint t, nint other);

    [DllImport(Library), SuppressGCTransition]
    internal static extern int tb_requires_grad(nint t);

    [DllImport(Library)]
    internal static extern int tb_is_leaf(nint t);

    [DllImport(Library)]
    internal static extern int tb_set_requires_grad(nint t, int value);

    [DllImport(Library)]
    internal static extern nint tb_grad(nint t);

    [DllImport(Library)]
    internal static extern int tb_set_grad(nint t, nint grad);

    [DllImport(Library)]
    internal static extern int tb_retain_grad(nint t);

    [DllImport(Library)]
    internal static extern int tb_backward(nint* roots, nint* gradients, int count, int retainGraph, int createGraph, nint* inputs, int inputCount);

    [DllImport(Library)]
    internal static extern int tb_gradients(
        nint* outputs, nint* outputGradients, int count, nint* inputs, int inputCount, int retainGraph, int createGraph, int allowUnused, nint* results);

    [DllImport(Library)]
    internal static extern int tb_connect(
        nint output, nint* inputs, int count, delegate* unmanaged<nint, nint*, int, nint*, int, int> backward, delegate* unmanaged<nint, void> release, nint state);

    [DllImport(Library)]
    internal static extern nint tb_share(nint t);

    [DllImport(Library)]
    internal static extern void tb_fail(byte* text);

    [DllImport(Library), SuppressGCTransition]
    internal static extern int tb_grad_mode();

    [DllImport(Library), SuppressGCTransition]
    internal static extern void tb_set_grad_mode(int enabled);

    [DllImport(Library), SuppressGCTransition]
    internal static extern int tb_inference_mode();

    [DllImport(Library)]
    internal static extern nint tb_enter_inference_mode(int enabled);

    [DllImport(Library)]
    internal static extern void tb_leave_inference_mode(nint guard);

    [DllImport(Library)]
    internal static extern nint tb_generator(ulong seed);

    [DllImport(Library)]
    internal static extern nint tb_default_generator(int deviceType, int deviceIndex);

    [DllImport(Library)]
    internal static extern void tb_free_generator(nint g);

    [DllImport(Library)]
    internal static extern int tb_generator_set_seed(nint g, ulong seed);

    [DllImport(Library)]
    internal static extern ulong tb_generator_seed(nint g);

    [DllImport(Library)]
    internal static extern ulong tb_generator_draw_seed(nint g);

    [DllImport(Library)]
    internal static extern nint tb_generator_state(nint g);

    [DllImport(Library)]
    internal static extern int tb_generator_set_state(nint g, nint state);

    [DllImport(Library)]
    internal static extern int tb_manual_seed(ulong seed);

    [DllImport(Library)]
    internal static extern int tb_threads();

    [DllImport(Library)]
    internal static extern int tb_set_threads(int count);

    [DllImport(Library)]
    internal static extern int tb_set_interop_threads(int count);

    [DllImport(Library)]
    internal static extern int tb_cuda_devices();

    [DllImport(Library)]
    internal static extern int tb_cuda_synchronize(int index);

    /// <summary>The calling thread's last error as an exception of the kind that TorchSharp throws.</summary>
    internal static ExternalException Error(string? what = null)
    {
        var text = Marshal.PtrToStringUTF8((nint)tb_error()) ?? "";
        return new ExternalException(what is null ? text : $"{what}: {text}");
    }

    /// <summary>Throws when a function reported failure by a negative number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Check(int result, string what) => result >= 0 ? result : throw Error(what);

    /// <summary>Throws when a function reported failure by null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nint Check(nint result, string what) => result != 0 ? result : throw Error(what);
}
