using System.Reflection;

namespace Compat.Microsoft.ML.Tests;

/// <summary>Where Microsoft.ML comes from in this run.</summary>
internal static class Mode
{
    public static string Source { get; } = typeof(Mode).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a =>
        a.Key == "MicrosoftMLSource").Value!;

    /// <summary>Whether this is the genuine ML.NET 1.5 of a folder, which lacks some of what 5.0 has.</summary>
    public static bool IsOld => Source == "folder";
}
