using TorchSharp;

namespace Compat.TorchSharp.Tests.Surface;

[TestClass]
public sealed class SurfaceTests
{
    /// <summary>Lines that the real package's listing has not, each with the reason why the stand-in has them.</summary>
    private static readonly Dictionary<string, string> Extras = new()
    {
    };

    [TestMethod]
    public void Every_public_member_is_the_real_package_s()
    {
        var listing = File.ReadAllLines(TestPaths.Shared("reference", "api", "TorchSharp.0.102.7.txt")).ToHashSet();
        var types = listing.Where(l => l.StartsWith("T:", StringComparison.Ordinal)).ToDictionary(l => l[..l.IndexOf(" -> ", StringComparison.Ordinal)]);
        List<string> foreign = [];
        foreach (var line in PublicSurface.Of(typeof(torch).Assembly))
        {
            if (!listing.Contains(line) && !Extras.ContainsKey(line) && !IsSubset(line, types))
                foreign.Add(line);
        }

        foreach (var extra in Extras.Keys.Where(listing.Contains))
            foreign.Add($"needless extra: {extra}");
        if (foreign.Count > 0)
            Assert.Fail($"{foreign.Count} members are not in the listing:\n{string.Join("\n", foreign)}");
    }

    // A type may lack interfaces that the real one has.
    private static bool IsSubset(string line, Dictionary<string, string> types)
    {
        if (!line.StartsWith("T:", StringComparison.Ordinal) || !types.TryGetValue(line[..line.IndexOf(" -> ", StringComparison.Ordinal)], out var real))
            return false;
        var (kind, bases) = Split(line);
        var (realKind, realBases) = Split(real);
        return kind == realKind && bases.All(realBases.Contains);

        static (string Kind, string[] Bases) Split(string line)
        {
            var colon = line.IndexOf(" : ", StringComparison.Ordinal);
            return (line[..colon], line[(colon + 3)..].Split(", ", StringSplitOptions.RemoveEmptyEntries));
        }
    }
}
