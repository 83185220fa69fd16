using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Tests.TextClassification;

[TestClass]
public sealed class TrainingTests
{
    [TestMethod]
    public void The_log_tells_parameters_epochs_validation_and_speed()
    {
        var ml = new MLContext(1);
        List<string> lines = [];
        ml.Log += (_, e) =>
        {
            lock (lines)
                lines.Add(e.Message);
        };
        Trained.TopicPipeline(ml, Trained.TopicOptions with { ValidationFraction = 0.2, Training = Trained.Training with { MaxEpochs = 2 } })
            .Fit(Trained.Data(Texts.Reviews(60)));
        var text = string.Join('\n', lines.Where(l => l.Contains("TextClassification", StringComparison.Ordinal)));
        foreach (var needed in (string[])["parameters on 48 examples", "Epoch 1: mean loss", "Epoch 2: mean loss", "validation accuracy", "samples/s"])
            StringAssert.Contains(text, needed);
    }

    [TestMethod]
    public void Progress_reports_every_step()
    {
        var reports = new Reports();
        Trained.TopicPipeline(new MLContext(1), Trained.TopicOptions with
        {
            ValidationFraction = 0.25,
            Training = Trained.Training with { MaxEpochs = 2, BatchSize = 10, Progress = reports },
        }).Fit(Trained.Data(Texts.Reviews(40)));
        CollectionAssert.AreEqual(new[] { 1, 2, 3, 4, 5, 6 }, reports.All.Select(r => r.Step).Distinct().ToArray());
        Assert.IsTrue(reports.All.All(r => r.TotalSteps == 6 && r.Loss > 0 && r.SamplesPerSecond > 0));
        Assert.IsTrue(reports.All.Any(r => r.ValidationMetric is >= 0 and <= 1));
    }

    [TestMethod]
    public void Cancellation_ends_training()
    {
        using var source = new CancellationTokenSource();
        var reports = new Reports { Then = source.Cancel };
        var options = Trained.TopicOptions with { Training = Trained.Training with { Progress = reports, CancellationToken = source.Token } };
        Assert.Throws<OperationCanceledException>(() => Trained.TopicPipeline(new MLContext(1), options).Fit(Trained.Data(Texts.Reviews(60))));
        Assert.HasCount(1, reports.All);
    }

    [TestMethod]
    public void A_validation_set_keeps_the_best_weights()
    {
        var ml = new MLContext(1);
        var mapping = ml.Transforms.Conversion.MapValueToKey("Label").Fit(Trained.Data(Texts.Reviews(60)));
        var validation = mapping.Transform(Trained.Data(Texts.Reviews(45, seed: 20)));
        var reports = new Reports();

        // A learning rate that rises to the absurd: the last weights are worse than earlier ones.
        var options = Trained.TopicOptions with
        {
            ValidationSet = validation,
            Training = Trained.Training with
            {
                MaxEpochs = 6,
                Schedule = LearningRateSchedule.Linear,
                WarmupRatio = 1,
                LearningRate = 0.08,
                Progress = reports
            },
        };
        using var model = ml.MulticlassClassification.Trainers.TextClassification(options).Fit(mapping.Transform(Trained.Data(Texts.Reviews(120))));
        var best = reports.All.Max(r => r.ValidationMetric ?? 0);
        Assert.AreEqual(best, ml.MulticlassClassification.Evaluate(model.Transform(validation)).MicroAccuracy, 1e-9);
        Assert.IsLessThan(best, reports.All.Last(r => r.ValidationMetric is not null).ValidationMetric!.Value,
            "the test does not test: the last weights are the best");
    }

    [TestMethod]
    [DataRow("False", true)]
    [DataRow("True", false)]
    public void A_class_that_weighs_nothing_is_not_learned(string weightless, bool predicted)
    {
        var options = Trained.OpinionOptions with
        {
            ClassWeights = ClassWeights.Of(new Dictionary<string, float> { [weightless] = 0 }),
            Training = Trained.Training with { MaxEpochs = 3 }
        };
        using var model = Trained.OpinionTrainer(new MLContext(1), options).Fit(Trained.Data(Texts.Opinions(60)));
        Assert.IsTrue(model.Transform(Trained.Data(Texts.Opinions(40, seed: 30))).GetColumn<bool>("PredictedLabel").All(p => p == predicted));
    }

    [TestMethod]
    public void Balanced_weights_are_scikit_learns()
    {
        // sklearn.utils.class_weight.compute_class_weight("balanced", classes=[0, 1, 2], y=[0]*6 + [1]*3 + [2]): 10/18, 10/9, 10/3
        TestSupport.Close.AreClose([0.5555556f, 1.1111112f, 3.3333333f], ClassWeights.Balanced.Compute(["a", "b", "c"], [6, 3, 1]), 1e-6);
        Assert.IsNull(ClassWeights.None.Compute(["a", "b"], [1, 2]));
        CollectionAssert.AreEqual(new[] { 1f, 2.5f }, ClassWeights.Of(new Dictionary<string, float> { ["b"] = 2.5f }).Compute(["a", "b"], [1, 2]));
    }

    [TestMethod]
    public void Frozen_parts_stay_as_they_were()
    {
        var options = Trained.OpinionOptions with { Freezing = new() { Embeddings = true, Layers = 1 }, Training = Trained.Training with { MaxSteps = 3 } };
        var folder = Scratch.NewPath("frozen");
        using (var model = Trained.OpinionTrainer(new MLContext(1), options).Fit(Trained.Data(Texts.Opinions(20))))
            model.SaveToDirectory(folder);
        using var before = Transformers.Checkpoints.SafetensorsFile.Open(Path.Combine(TinyModel.Folder, "model.safetensors"));
        using var after = Transformers.Checkpoints.SafetensorsFile.Open(Path.Combine(folder, "model.safetensors"));
        Assert.IsTrue(Same("embeddings.word_embeddings.weight"));
        Assert.IsTrue(Same("encoder.layer.0.output.dense.weight"));
        Assert.IsFalse(Same("encoder.layer.1.output.dense.weight"));

        bool Same(string name) => before.Bytes(name).SequenceEqual(after.Bytes("bert." + name));
    }

    private sealed class Reports : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> All { get; } = [];

        public Action? Then { get; init; }

        public void Report(TrainingProgress value)
        {
            All.Add(value);
            Then?.Invoke();
        }
    }
}
