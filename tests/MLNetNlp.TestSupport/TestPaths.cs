using System.Reflection;

namespace MLNetNlp.TestSupport;

/// <summary>Where tests find their figures: the repository's own fixtures, and the shared folder beside the checkout when it is there.</summary>
public static class TestPaths
{
    /// <summary>The repository's root folder.</summary>
    public static string Root { get; } = typeof(TestPaths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>A path below <c>tests/Fixtures</c>.</summary>
    public static string Fixture(params string[] parts) => Path.Combine([Root, "tests", "Fixtures", .. parts]);

    /// <summary>A path below <c>../shared</c>; the running test ends as inconclusive when that folder is not there.</summary>
    public static string Shared(params string[] parts)
    {
        var shared = Path.GetFullPath(Path.Combine(Root, "..", "shared"));
        if (!Directory.Exists(shared))
            Assert.Inconclusive("Needs ../shared, which is not beside this checkout.");
        return Path.Combine([shared, .. parts]);
    }
}
