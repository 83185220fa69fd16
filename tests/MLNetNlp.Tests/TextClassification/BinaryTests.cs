using Microsoft.ML;

namespace MLNetNlp.Tests.TextClassification;

[TestClass]
public sealed class BinaryTests
{
    [TestMethod]
    public void A_Boolean_label_is_learned_and_ML_NET_measures_it()
    {
        var ml = new MLContext(1);
        var metrics = ml.BinaryClassification.Evaluate(Trained.Opinions.Transform(Trained.Data(Texts.Opinions(100, seed: 7))));
        Assert.IsGreaterThan(0.9, metrics.Accuracy);
        Assert.IsGreaterThan(0.95, metrics.AreaUnderRocCurve);
        Assert.IsLessThan(0.4, metrics.LogLoss);
    }

    [TestMethod]
    public void Score_is_the_log_odds_of_the_probability_and_decides()
    {
        var ml = new MLContext();
        var rows = ml.Data.CreateEnumerable<OpinionPrediction>(Trained.Opinions.Transform(Trained.Data(Texts.Opinions(60, seed: 7))),
            reuseRowObject: false).ToList();
        foreach (var row in rows)
        {
            Assert.AreEqual(1 / (1 + Math.Exp(-row.Score)), row.Probability, 1e-6);
            Assert.AreEqual(row.Score > 0, row.PredictedLabel);
        }

        Assert.IsTrue(rows.Any(r => r.PredictedLabel) && rows.Any(r => !r.PredictedLabel));
    }

    [TestMethod]
    public void The_model_inside_has_two_labels()
    {
        CollectionAssert.AreEqual(new[] { "False", "True" }, Trained.Opinions.LabelValues.ToArray());
        var folder = Scratch.NewPath("opinions");
        Trained.Opinions.SaveToDirectory(folder);
        StringAssert.Contains(File.ReadAllText(Path.Combine(folder, "config.json")), "\"True\"");
    }

    [TestMethod]
    public void The_flat_overload_names_the_columns()
    {
        var ml = new MLContext();
        var shape = ml.BinaryClassification.Trainers.TextClassification("Label", "S", "P", "Text")
            .GetOutputSchema(new SchemaShape(Trained.Data(Texts.Opinions(1)).Schema.Select(c => MLNetNlp.Pipeline.Shapes.Of(c.Name, c.Type, null))));
        CollectionAssert.IsSubsetOf(new[] { "S", "P", "Probability" }, shape.Select(c => c.Name).ToArray());
    }
}
