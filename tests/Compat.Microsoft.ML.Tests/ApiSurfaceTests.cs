using System.Reflection;
using Microsoft.ML;

namespace Compat.Microsoft.ML.Tests;

[TestClass]
public sealed class ApiSurfaceTests
{
    [TestMethod]
    public void The_stand_in_has_nothing_that_the_real_package_lacks()
    {
        if (Mode.Source != "compat")
            Assert.Inconclusive("Only the stand-in is checked.");
        Assembly[] assemblies = [typeof(IDataView).Assembly, typeof(ITransformer).Assembly, typeof(MLContext).Assembly];
        CollectionAssert.AreEqual(
            new[] { "Microsoft.ML.DataView", "Microsoft.ML.Core", "Microsoft.ML.Data" }, assemblies.Select(assembly => assembly.GetName().Name).ToArray());
        var own = ApiSurface.Of(assemblies);
        Assert.IsGreaterThan(500, own.Count);
        var extras = ApiSurface.Extras(own, TestPaths.Shared("reference", "api", "Microsoft.ML.5.0.0.txt"));
        Assert.AreEqual("", string.Join('\n', extras));
    }
}
