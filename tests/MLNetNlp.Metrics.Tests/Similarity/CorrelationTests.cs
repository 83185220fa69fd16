using System.Text.Json;
using MLNetNlp.Metrics.Similarity;

namespace MLNetNlp.Metrics.Tests.Similarity;

[TestClass]
public sealed class CorrelationTests
{
    [TestMethod]
    public void Coefficients_equal_SciPy_with_and_without_ties()
    {
        var count = 0;
        foreach (var line in File.ReadLines(TestPaths.Fixture("metrics", "correlation.jsonl")))
        {
            using var document = JsonDocument.Parse(line);
            var c = document.RootElement;
            var (x, y) = (Reference.Doubles(c.GetProperty("x")), Reference.Doubles(c.GetProperty("y")));
            var what = $"case {c.GetProperty("id")} ({c.GetProperty("note").GetString()}) ";
            var tolerance = c.GetProperty("note").GetString() == "large offset" ? 1e-6 : 1e-9;
            Reference.AreClose(c.GetProperty("pearson"), Correlation.Pearson(x, y), tolerance, what + "Pearson");
            Reference.AreClose(c.GetProperty("spearman"), Correlation.Spearman(x, y), tolerance, what + "Spearman");
            Reference.AreClose(c.GetProperty("kendall_tau_b"), Correlation.KendallTauB(x, y), tolerance, what + "Kendall");
            count++;
        }

        Assert.AreEqual(14, count);
    }

    [TestMethod]
    public void One_pair_and_NaN_have_no_coefficient()
    {
        Assert.IsTrue(double.IsNaN(Correlation.Pearson([1], [2])) && double.IsNaN(Correlation.Spearman([1], [2])) && double.IsNaN(Correlation.KendallTauB([], [])));
        Assert.IsTrue(double.IsNaN(Correlation.Pearson([1, 2, double.NaN], [2, 3, 4])));
        Assert.IsTrue(double.IsNaN(Correlation.Spearman([1, 2, double.NaN], [2, 3, 4])));
        Assert.IsTrue(double.IsNaN(Correlation.KendallTauB([1, 2, double.NaN], [2, 3, 4])));
    }

    [TestMethod]
    public void Lists_of_different_lengths_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => Correlation.Spearman([1, 2], [1]));
        Assert.AreEqual("One list has 2 numbers, the other 1; as many are needed.", error.Message);
    }
}
