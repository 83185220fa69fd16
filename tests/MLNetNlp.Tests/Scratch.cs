namespace MLNetNlp.Tests;

/// <summary>A folder for the files of this test run, removed at its end.</summary>
[TestClass]
public static class Scratch
{
    public static string Folder { get; } = Directory.CreateTempSubdirectory("mlnetnlp-tests-").FullName;

    /// <summary>A path for a new file or folder of that name.</summary>
    public static string NewPath(string name)
    {
        var folder = Path.Combine(Folder, Guid.NewGuid().ToString("N")[..8]);
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, name);
    }

    [AssemblyCleanup]
    public static void Remove() => Directory.Delete(Folder, recursive: true);
}
