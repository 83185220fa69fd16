using System.Reflection;
using Microsoft.ML.Tokenizers;

namespace Compat.Microsoft.ML.Tokenizers.Tests;

[TestClass]
public sealed class ApiSurfaceTests
{
    private static readonly string Source = typeof(ApiSurfaceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "TokenizersSource").Value!;

    [TestMethod]
    public void The_stand_in_has_the_types_that_it_covers_as_they_are_in_the_real_package()
    {
        if (Source != "compat")
            Assert.Inconclusive("Only the stand-in is checked.");
        var assembly = typeof(Tokenizer).Assembly;
        Assert.AreEqual("Microsoft.ML.Tokenizers", assembly.GetName().Name);

        // The listing is that of the real package, cut down to these types: the factory methods of PreTokenizer are all that is left out.
        var listing = TestPaths.Fixture("api", "Microsoft.ML.Tokenizers.2.0.0.txt");
        var own = ApiSurface.Of(assembly);
        Assert.AreEqual("", string.Join('\n', ApiSurface.Extras(own, listing)));
        var missing = File.ReadLines(listing).Where(line => !own.Contains(line) && !line.Contains("PreTokenizer.Create", StringComparison.Ordinal));
        Assert.AreEqual("", string.Join('\n', missing));
    }
}
