namespace Compat.Microsoft.ML.Tests;

/// <summary>A folder for the files of this test run, removed at its end.</summary>
[TestClass]
public static class Scratch
{
    private static readonly DirectoryInfo Folder = Directory.CreateTempSubdirectory("compat-ml-");

    /// <summary>A path for a new file with that ending.</summary>
    public static string NewPath(string extension) => Path.Combine(Folder.FullName, $"{Guid.NewGuid():n}{extension}");

    [AssemblyCleanup]
    public static void Remove() => Folder.Delete(recursive: true);
}
