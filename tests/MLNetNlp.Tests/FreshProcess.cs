using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MLNetNlp.Tests;

/// <summary>The program that loads a model zip in a process of its own, without naming anything of MLNetNlp.</summary>
internal static class FreshProcess
{
    /// <summary>Runs it to its end; gives the JSON line that it prints, after a look that MLNetNlp came with the zip and not before.</summary>
    /// <param name="arguments">What the head of the program's source lists.</param>
    public static JsonElement Run(params string[] arguments)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var program = Path.Combine(folder.Parent!.Parent!.FullName, "MLNetNlp.FreshProcess", folder.Name, "MLNetNlp.FreshProcess.dll");
        var start = new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet", ["exec", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, errors.Result);
        var line = JsonDocument.Parse(output).RootElement;
        Assert.IsFalse(line.GetProperty("LoadedBefore").GetBoolean());
        return line;
    }

    /// <summary>Numbers of a JSON array.</summary>
    public static float[] Numbers(this JsonElement array) => [.. array.EnumerateArray().Select(x => x.ValueKind == JsonValueKind.String ? float.Parse(x.GetString()!, CultureInfo.InvariantCulture) : x.GetSingle())];

    /// <summary>Texts of a JSON array.</summary>
    public static string?[] Strings(this JsonElement array) => [.. array.EnumerateArray().Select(x => x.GetString())];
}
