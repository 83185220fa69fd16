using MLNetNlp.Cli.Models;

namespace MLNetNlp.Cli.Tests.Models;

[TestClass]
public sealed class MultiLabelEvaluationTests
{
    [TestMethod]
    public void Figures_are_those_of_the_counts()
    {
        var json = MultiLabelEvaluation.Measure(["a", "b", "c"],
            [([true, true, false], [true, false, false]), ([false, true, false], [false, true, false]), ([false, false, false], [true, false, false]), ([true, false, false], [true, false, false])]);
        // Of a 2 right of 3 said and 2 there, of b 1 of 1 and 2, of c none of none.
        Assert.AreEqual(0.5, json["subsetAccuracy"]!.GetValue<double>(), 1e-9);
        Assert.AreEqual(2.0 / 12, json["hammingLoss"]!.GetValue<double>(), 1e-9);
        Assert.AreEqual(0.75, json["precision"]!.GetValue<double>(), 1e-9);
        Assert.AreEqual(0.75, json["recall"]!.GetValue<double>(), 1e-9);
        Assert.AreEqual(0.75, json["f1"]!.GetValue<double>(), 1e-9);
        Assert.AreEqual((0.8 + (2.0 / 3)) / 3, json["macroF1"]!.GetValue<double>(), 1e-9);
        Assert.AreEqual(0.8, json["perLabel"]!["a"]!["f1"]!.GetValue<double>(), 1e-9);
        Assert.AreEqual(2, json["perLabel"]!["b"]!["support"]!.GetValue<int>());
    }
}
