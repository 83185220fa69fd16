using System.Text.Json;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Heads;
using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Losses;
using MLNetNlp.Transformers.Training;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.Training;

[TestClass]
public sealed class TrainingReferenceTests
{
    [TestMethod]
    [DataRow("sequence-classification")]
    [DataRow("sequence-classification-accum2")]
    [DataRow("sequence-classification-smoothing")]
    [DataRow("sequence-classification-llrd")]
    [DataRow("sequence-classification-frozen")]
    [DataRow("pair-regression")]
    public void Twelve_steps_equal_the_reference_run(string name)
    {
        using var figures = JsonDocument.Parse(File.ReadAllText(TestPaths.Fixture("training", "runs.json")));
        var run = figures.RootElement.GetProperty(name);
        using var scope = NewDisposeScope();
        using var files = ModelFiles.FromDirectory(TestPaths.Fixture("training", name == "pair-regression" ? "init-pair-regression" : "init"));
        using var model = SequenceClassificationModel.Load(files);
        using var batches = new ReferenceTensors(TestPaths.Fixture("training", run.GetProperty("batches").GetString()!));
        var steps = Train(run, model, batches);

        var losses = Numbers(run.GetProperty("loss"));
        var rates = Numbers(run.GetProperty("learning_rate"));
        var norms = Numbers(run.GetProperty("grad_norm_before_clipping"));
        Assert.HasCount(losses.Length, steps);
        var lossTolerance = Math.Max(1e-5, 10 * run.GetProperty("f32_vs_f64_loss").GetDouble());
        for (var i = 0; i < losses.Length; i++)
        {
            Assert.AreEqual(losses[i], steps[i].Loss, lossTolerance, $"loss of step {i}");
            Assert.AreEqual(rates[i], steps[i].LearningRate, 1e-12, $"learning rate of step {i}");
            Assert.AreEqual(norms[i], steps[i].GradientNorm, 1e-4 * norms[i], $"gradient norm of step {i}");
        }

        CompareWeights(run, model);
    }

    private static List<TrainingProgress> Train(JsonElement run, SequenceClassificationModel model, ReferenceTensors batches)
    {
        var accumulation = run.GetProperty("accumulation").GetInt32();
        var decay = run.GetProperty("layerwise_lr_decay");
        using var loss = new CrossEntropyLoss(run.GetProperty("label_smoothing").GetDouble());
        List<TrainingProgress> steps = [];
        TrainingLoop.Run(new TrainingJob
        {
            Module = model,
            ExampleCount = 12 * accumulation,
            ExampleLength = _ => 14,
            // An "example" is a whole batch of the reference here.
            Batches = _ => [.. Enumerable.Range(0, 12 * accumulation).Select(i => new[] { i })],
            Loss = rows =>
            {
                using var batch = new TokenBatch(batches["input_ids"][rows[0]], batches["attention_mask"][rows[0]], batches["token_type_ids"][rows[0]]);
                var logits = model.call(batch);
                return model.LabelCount == 1 ? MeanSquaredErrorLoss.Compute(logits, batches["labels"][rows[0]]) : loss.Compute(logits, batches["labels"][rows[0]]);
            },
            Freezing = run.GetProperty("frozen").GetArrayLength() > 0 ? new FreezingOptions { Embeddings = true, Layers = 1 } : null,
            Progress = steps.Add,
            Options = new TrainingOptions
            {
                MaxEpochs = 1,
                GradientAccumulationSteps = accumulation,
                LearningRate = run.GetProperty("base_lr").GetDouble(),
                WarmupSteps = run.GetProperty("warmup_steps").GetInt32(),
                LayerwiseLearningRateDecay = decay.ValueKind == JsonValueKind.Number ? decay.GetDouble() : 1,
            },
        });
        return steps;
    }

    /// <summary>The tolerances of the reference's README: 99.9 % of the entries within one, all within the other.</summary>
    private static void CompareWeights(JsonElement run, SequenceClassificationModel model)
    {
        var undetermined = run.GetProperty("zero_true_gradient").EnumerateArray().Select(x => x.GetString()).ToHashSet();
        using var final = new ReferenceTensors(TestPaths.Fixture("training", run.GetProperty("final").GetString()!));
        var parameters = model.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        List<double> differences = [];
        foreach (var name in final.Names.Where(name => !undetermined.Contains(name)))
        {
            var (expected, actual) = (ReferenceTensors.Values(final[name]), ReferenceTensors.Values(parameters[name]));
            Assert.HasCount(expected.Length, actual, name);
            differences.AddRange(expected.Zip(actual, (a, b) => Math.Abs((double)a - b)));
        }

        differences.Sort();
        Assert.IsGreaterThan(1000, differences.Count);
        Assert.IsLessThanOrEqualTo(Math.Max(2e-5, 10 * run.GetProperty("f32_vs_f64_weights_p999").GetDouble()), differences[(int)(differences.Count * 0.999)]);
        Assert.IsLessThanOrEqualTo(Math.Max(1e-3, 10 * run.GetProperty("f32_vs_f64_weights_max").GetDouble()), differences[^1]);
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(x => x.GetDouble())];
}
