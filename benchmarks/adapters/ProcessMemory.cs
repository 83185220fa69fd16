using System.Globalization;

namespace MLNetNlp.Benchmarks.Adapters;

/// <summary>What this process has in memory, from Linux's /proc.</summary>
internal static class ProcessMemory
{
    /// <summary>MiB at the peak since the process began, or since <see cref="ForgetPeak"/>.</summary>
    public static double PeakMegabytes => Read("VmHWM:");

    /// <summary>MiB at present.</summary>
    public static double Megabytes => Read("VmRSS:");

    /// <summary>From here on the peak is a new one.</summary>
    public static void ForgetPeak()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        File.WriteAllText("/proc/self/clear_refs", "5");
    }

    private static double Read(string field)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }
}
