using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Tests.SetFit;

namespace MLNetNlp.Tests.FewShot;

[TestClass]
public sealed class FewShotTests
{
    [TestMethod]
    public void A_sample_has_as_many_rows_of_each_class_in_the_datas_order()
    {
        var ml = new MLContext();
        var data = Trained.Data(Texts.Reviews(60));
        var sample = ml.Data.SampleFewShot(data, "Label", 4, seed: 7);
        var numbers = sample.GetColumn<float>("Number").ToArray();
        CollectionAssert.AreEqual(numbers.Order().ToArray(), numbers);
        foreach (var group in sample.GetColumn<string>("Label").GroupBy(l => l))
            Assert.AreEqual(4, group.Count(), group.Key);
        CollectionAssert.AreEqual(numbers, ml.Data.SampleFewShot(data, "Label", 4, seed: 7).GetColumn<float>("Number").ToArray());
        CollectionAssert.AreNotEqual(numbers, ml.Data.SampleFewShot(data, "Label", 4, seed: 8).GetColumn<float>("Number").ToArray());
        Assert.AreEqual(12, sample.GetRowCount());
        CollectionAssert.AreEqual(Texts.Reviews(60).Where(r => numbers.Contains(r.Number)).Select(r => r.Text).ToArray(), sample.GetColumn<string>("Text").ToArray());
    }

    [TestMethod]
    public void Keys_and_Booleans_are_classes_too_and_a_small_class_gives_all_it_has()
    {
        var ml = new MLContext();
        var keyed = FewShots.Keyed([.. Texts.Reviews(30), new Review { Label = "rare", Text = "one" }, new Review { Label = null, Text = "none" }]);
        Assert.HasCount(3 * 5 + 1, ml.Data.SampleFewShot(keyed, "Label", 5).GetColumn<uint>("Label").ToArray());
        Assert.AreEqual(3, ml.Data.SampleFewShot(Trained.Data(Texts.Opinions(20)), "Label", 3).GetColumn<bool>("Label").Count(b => b));
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ml.Data.SampleFewShot(keyed, "Class"));
        StringAssert.Contains(error.Message, "There is no column 'Class', but SampleFewShot needs text, a key, Boolean or a number for 'labelColumnName'");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ml.Data.SampleFewShot(keyed, perClass: 0)).Message, "'perClass' is 0; 1 or more is needed.");
    }

    [TestMethod]
    public void Templates_make_examples_of_labels_alone()
    {
        var ml = new MLContext();
        var rows = ml.Data.CreateEnumerable<TemplatedExample>(ml.Data.CreateTemplatedExamples(["joy", "anger"]), false).Select(r => (r.Label, r.Text)).ToArray();
        CollectionAssert.AreEqual(new[] { ("joy", "This sentence is joy"), ("joy", "This sentence is joy"), ("anger", "This sentence is anger"), ("anger", "This sentence is anger") }, rows);
        Throws(() => ml.Data.CreateTemplatedExamples(["joy", "anger"], "It is so"), "The template 'It is so' has no {label}, where the label's name goes.");
        Throws(() => ml.Data.CreateTemplatedExamples(["joy"]), "1 label is given; at least two are needed.");
        Throws(() => ml.Data.CreateTemplatedExamples(["joy", "joy"]), "Label 'joy' is given 2 times.");

        static void Throws(Action action, string message) => StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(action).Message, message);
    }

    [TestMethod]
    public void An_evaluation_has_a_run_for_each_seed_and_their_mean_and_deviation()
    {
        var ml = new MLContext(1);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.SetFit(FewShots.TopicOptions with { TrainBody = false }));
        var result = ml.MulticlassClassification.EvaluateFewShot(Trained.Data(Texts.Reviews(90)), Trained.Data(Texts.Reviews(30, seed: 9)), pipeline, perClass: 2, numberOfSeeds: 3, firstSeed: 4);
        CollectionAssert.AreEqual(new[] { 4, 5, 6 }, result.Runs.Select(r => r.Seed).ToArray());
        double[] values = [.. result.Runs.Select(r => r.Metrics.MicroAccuracy)];
        Assert.AreEqual(values.Average(), result.MicroAccuracy.Mean, 1e-12);
        Assert.AreEqual(Math.Sqrt(values.Average(v => Math.Pow(v - values.Average(), 2))), result.MicroAccuracy.StandardDeviation, 1e-12);
        Assert.IsGreaterThan(0.5, result.MicroAccuracy.Mean);
        Assert.IsGreaterThan(0, result.TrainingSeconds.Mean);
    }

    [TestMethod]
    public void Suggestions_are_undecided_texts_that_differ()
    {
        var rows = Texts.Reviews(60, seed: 9);
        rows.Add(new Review { Text = rows[0].Text });
        rows.Add(new Review { Text = "" });
        rows.Add(new Review { Text = "the soup and the server." });
        var suggested = FewShots.Topics.SuggestExamples(Trained.Data(rows), 5);
        Assert.HasCount(5, suggested);
        Assert.HasCount(5, suggested.Select(s => s.Text).Distinct().ToArray());
        Assert.AreEqual(suggested.Max(s => s.Uncertainty), suggested[0].Uncertainty);
        foreach (var example in suggested)
        {
            Assert.AreEqual(rows[(int)example.Row].Text, example.Text);
            var best = example.Probabilities.OrderDescending().ToArray();
            Assert.AreEqual(1 - (best[0] - best[1]), example.Uncertainty, 1e-6);
        }

        // Every distinct text with letters, when more are asked for than there are.
        Assert.HasCount(61, FewShots.Topics.SuggestExamples(Trained.Data(rows), 1000));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => FewShots.Topics.SuggestExamples(Trained.Data(rows), 0));
    }
}
