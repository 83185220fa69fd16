using System.Runtime.InteropServices;

namespace MLNetNlp.Transformers.Quantization;

/// <summary>The heap that libtorch's CPU tensors lie in.</summary>
internal static class NativeHeap
{
    /// <summary>Gives the system back what was freed. glibc keeps it otherwise: holes between small tensors, too small for a training step's large ones.</summary>
    public static void ReturnFreed()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = malloc_trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library than glibc.
        }
    }

    [DllImport("libc")]
    private static extern int malloc_trim(nint pad);
}
