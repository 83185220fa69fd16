using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Tests.CrossEncoding;

[TestClass]
public sealed class SentenceSimilarityTests
{
    [TestMethod]
    public void Similarity_is_learned_and_ML_NET_measures_it()
    {
        var scored = Scored.Model.Transform(Trained.Data(Scored.Pairs(60, seed: 7)));
        var metrics = new MLContext().Regression.Evaluate(scored);
        Assert.IsGreaterThan(0.7, metrics.RSquared);
        Assert.AreEqual("Regression", Annotation(scored.Schema["Score"], "ScoreColumnKind"));
        Assert.AreEqual(("Sentence1", "Sentence2", "Score", "Label", null, ScoreActivation.Identity), (Scored.Model.Sentence1ColumnName,
            Scored.Model.Sentence2ColumnName, Scored.Model.ScoreColumnName, Scored.Model.LabelColumnName, Scored.Model.RowGroupColumnName, Scored.Model.Activation));
    }

    [TestMethod]
    public void Cross_entropy_keeps_scores_between_the_limits()
    {
        var options = Scored.Options with { Loss = SimilarityLoss.BinaryCrossEntropy, LabelMinimum = 1, LabelMaximum = 4 };
        using var model = Scored.Trainer(options).Fit(Trained.Data(Scored.Pairs(160, low: 1, high: 4)));
        var scored = model.Transform(Trained.Data(Scored.Pairs(60, seed: 7, low: 1, high: 4)));
        Assert.IsGreaterThan(0.7, new MLContext().Regression.Evaluate(scored).RSquared);
        var scores = scored.GetColumn<float>("Score").ToArray();
        Assert.IsTrue(scores.All(score => score is >= 1 and <= 4));
        var folder = Scratch.NewPath("limited");
        model.SaveToDirectory(folder);
        using var python = new MLContext().Transforms.Text.ScorePairs(PretrainedModel.FromDirectory(folder), maxLength: 48).Fit(scored);
        var same = python.Transform(Trained.Data(Scored.Pairs(60, seed: 7))).GetColumn<float>("Score").Select(score => 1 + (3 * score)).ToArray();
        TestSupport.Close.AreClose(scores, same, 1e-5, "scores between 0 and 1");
    }

    [TestMethod]
    public void The_same_seed_gives_the_same_bits()
    {
        var options = Scored.Options with { Training = Scored.Options.Training with { MaxSteps = 5 } };
        var data = Trained.Data(Scored.Pairs(40));
        float[] Fit()
        {
            using var model = Scored.Trainer(options).Fit(data);
            return [.. model.Transform(data).GetColumn<float>("Score")];
        }

        CollectionAssert.AreEqual(Fit(), Fit());
    }

    [TestMethod]
    public void Validation_reports_the_correlation_and_keeps_the_best_weights()
    {
        List<TrainingProgress> reports = [];
        var options = Scored.Options with { ValidationFraction = 0.25, Training = Scored.Options.Training with { MaxEpochs = 4, Progress = new Reports(reports) } };
        using var model = Scored.Trainer(options).Fit(Trained.Data(Scored.Pairs(120)));
        var validations = reports.Where(r => r.ValidationMetric is not null).ToList();
        Assert.HasCount(4, validations);
        Assert.IsTrue(validations.All(r => r.ValidationMetric is >= -1 and <= 1 && r.ValidationLoss is > 0));
        Assert.IsGreaterThan(0.5, validations.Max(r => r.ValidationMetric!.Value));
    }

    [TestMethod]
    public void An_adapter_trains_merges_and_is_saved()
    {
        var options = Scored.Options with
        {
            Adapter = new LoraOptions { Rank = 4 },
            Freezing = new FreezingOptions { Embeddings = true },
            Training = Scored.Options.Training with { MaxSteps = 4 },
        };
        using var model = Scored.Trainer(options).Fit(Trained.Data(Scored.Pairs(40)));
        var folder = Scratch.NewPath("adapter");
        model.SaveAdapter(folder);
        Assert.IsTrue(File.Exists(Path.Combine(folder, "adapter_model.safetensors")));
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Scored.Model.SaveAdapter(folder));
        StringAssert.Contains(error.Message, "'Adapter' was not given");
    }

    [TestMethod]
    public void Rows_without_a_label_are_left_out_and_empty_texts_are_scored()
    {
        var rows = Scored.Pairs(20);
        rows[3].Label = float.NaN;
        rows[4].Sentence1 = null;
        rows[5].Sentence2 = "";
        List<string> log = [];
        var ml = new MLContext(1);
        ml.Log += (_, e) => log.Add(e.Message);
        using var model = ml.Regression.Trainers.SentenceSimilarity(Scored.Options with { Training = Scored.Options.Training with { MaxSteps = 2 } })
            .Fit(Trained.Data(rows));
        Assert.IsTrue(log.Exists(line => line.Contains("1 of 20 rows of the training set have no label in column 'Label' and were left out", StringComparison.Ordinal)));
        Assert.IsTrue(model.Transform(Trained.Data(rows)).GetColumn<float>("Score").All(float.IsFinite));
    }

    [TestMethod]
    public void What_is_wrong_is_named()
    {
        var ml = new MLContext(1);
        Throws<ArgumentOutOfRangeException>("Column 'Sentence1' is String, but SentenceSimilarity needs a Single column for 'LabelColumnName'.",
            () => Scored.Trainer(Scored.Options with { LabelColumnName = "Sentence1" }).Fit(Trained.Data(Scored.Pairs(4))));
        Throws<ArgumentOutOfRangeException>("There is no column 'Other', but SentenceSimilarity needs a text column for 'Sentence2ColumnName'",
            () => Scored.Trainer(Scored.Options with { Sentence2ColumnName = "Other" }).Fit(Trained.Data(Scored.Pairs(4))));
        Throws<InvalidOperationException>("The training set is empty: SentenceSimilarity needs rows with a label in column 'Label'.",
            () => Scored.Trainer(Scored.Options).Fit(Trained.Data(Scored.Pairs(0))));
        var limited = Scored.Options with { Loss = SimilarityLoss.BinaryCrossEntropy };
        Throws<InvalidDataException>("Row 1: column 'Label' is 4; BinaryCrossEntropy needs numbers from 0 to 1 ('LabelMinimum', 'LabelMaximum').",
            () => Scored.Trainer(limited).Fit(Trained.Data(Scored.Pairs(4, low: 4, high: 4))));
        Throws<ArgumentOutOfRangeException>("'LabelMinimum' is 0 and 'LabelMaximum' is 0; finite numbers are needed, the second above the first.",
            () => Scored.Trainer(limited with { LabelMaximum = 0 }));
        Throws<ArgumentException>("'LabelSmoothing' is 0.1, but a cross-encoder with one score has no classes to spread it over.",
            () => Scored.Trainer(Scored.Options with { Training = new() { LabelSmoothing = 0.1 } }));
        var infinite = Scored.Pairs(4);
        infinite[2].Label = float.PositiveInfinity;
        Throws<InvalidDataException>("Row 3: column 'Label' is Infinity; SentenceSimilarity needs finite numbers.", () => Scored.Trainer(Scored.Options).Fit(Trained.Data(infinite)));
    }

    internal static void Throws<T>(string message, Action action)
        where T : Exception => StringAssert.Contains(Assert.ThrowsExactly<T>(action).Message, message);

    internal static string Annotation(DataViewSchema.Column column, string name)
    {
        var value = default(ReadOnlyMemory<char>);
        column.Annotations.GetValue(name, ref value);
        return value.ToString();
    }

    private sealed class Reports(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }
}
