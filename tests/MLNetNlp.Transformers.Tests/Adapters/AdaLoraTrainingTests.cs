using System.Text.Json.Nodes;
using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Training;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.Adapters;

/// <summary>AdaLoRA's allocation of ranks, by the formulas of Zhang et al. 2023 and the order of steps that PEFT's documentation asks for.</summary>
[TestClass]
public sealed class AdaLoraTrainingTests
{
    private static readonly TrainingOptions Short = new() { MaxSteps = 12, BatchSize = 8, LearningRate = 1e-2, WarmupRatio = 0, Seed = 3 };
    private static readonly AdaLoraOptions Options = new() { InitialRank = 6, TargetRank = 2, TInit = 2, TFinal = 3, Targets = ["query", "value"] };

    [TestMethod]
    public void Ranks_fall_to_the_target_by_the_third_power_and_stay_there()
    {
        using var tiny = new TinyClassifier();
        using var adapter = ModelAdapter.Attach(tiny.Model, Options, tiny.Model.NewModules, seed: 4);
        List<int> left = [];
        TrainingLoop.Run(tiny.Job(Short, progress: _ => left.Add(Left(adapter).Sum())));
        // 24 ranks in four layers, 8 in the end: 24 to step 2, then 8 + 16 ((9 - step) / 7)^3 rounded down, 8 from step 9 on.
        CollectionAssert.AreEqual(new[] { 24, 24, 18, 13, 10, 9, 8, 8, 8, 8, 8, 8 }, left);

        using var folder = new TemporaryFolder();
        AdapterFiles.Save(adapter, file => File.Create(Path.Combine(folder.Path, file)));
        var active = Logits(tiny);
        var fields = JsonNode.Parse(File.ReadAllText(Path.Combine(folder.Path, AdapterFiles.ConfigName)))!;
        Assert.AreEqual(12, (int)fields["total_step"]!);
        var pattern = fields["rank_pattern"]!.AsObject();
        CollectionAssert.AreEqual(adapter.LayerNames.Select(name => name + ".lora_E").ToArray(), pattern.Select(p => p.Key).ToArray());
        CollectionAssert.AreEqual(Left(adapter), pattern.Select(p => p.Value!.AsArray().Count(kept => (bool)kept!)).ToArray());
        Assert.IsTrue(pattern.All(p => p.Value!.AsArray().Count == 6));
        using (var weights = new ReferenceTensors(Path.Combine(folder.Path, AdapterFiles.WeightsName)))
            CollectionAssert.AreEqual(Left(adapter), adapter.LayerNames.Select(name => (int)weights[$"base_model.model.{name}.lora_A"].shape[0]).ToArray());

        // The scale stays that of the first rank, here and in PEFT, or else this would not compute the same.
        using var fresh = new TinyClassifier(seed: 9);
        using var files = ModelFiles.FromDirectory(folder.Path);
        using var loaded = AdapterFiles.Load(fresh.Model, files);
        var read = (AdaLoraOptions)loaded.Options;
        Assert.AreEqual((6, 2, 2, 3, 1, 0.5), (read.InitialRank, read.TargetRank, read.TInit, read.TFinal, read.DeltaT, read.OrthogonalWeight));
        Close.AreClose(active, Logits(fresh), 1e-5, "loaded");
        using var again = new TemporaryFolder();
        AdapterFiles.Save(loaded, file => File.Create(Path.Combine(again.Path, file)));
        Assert.IsTrue(JsonNode.DeepEquals(fields, JsonNode.Parse(File.ReadAllText(Path.Combine(again.Path, AdapterFiles.ConfigName)))));
        adapter.MergeAndRemove();
        Close.AreClose(active, Logits(tiny), 1e-5 * Math.Max(1, active.Max(Math.Abs)), "merged");
    }

    [TestMethod]
    public void The_ranks_with_the_smallest_sensitivity_times_uncertainty_go()
    {
        using var scope = NewDisposeScope();
        using var tiny = new TinyClassifier();
        var options = Options with { InitialRank = 4, TInit = 0, TFinal = 0, Beta1 = 0.6, Beta2 = 0.7 };
        using var adapter = ModelAdapter.Attach(tiny.Model, options);
        using var training = options.BeginTraining(tiny.Model, 3);
        var layers = adapter.Layers.Select(layer => (AdaLoraLayer)layer.Adapter).ToArray();
        var random = new SeededRandom(1);
        var values = layers.SelectMany(layer => layer.Tensors.Select(t => t.Value)).ToArray();
        var (means, distances) = (values.Select(v => new double[v.numel()]).ToArray(), values.Select(v => new double[v.numel()]).ToArray());
        for (var step = 1; step <= 3; step++)
        {
            for (var i = 0; i < values.Length; i++)
            {
                using (no_grad())
                    LoraShape.Draw(values[i], random.Next(1000), 1, isGaussian: true);
                var gradient = zeros_like(values[i]);
                LoraShape.Draw(gradient, random.Next(1000), 1, isGaussian: true);
                values[i].grad = gradient;
                var (w, g) = (ReferenceTensors.Values(values[i]), ReferenceTensors.Values(gradient));
                for (var k = 0; k < w.Length && step < 3; k++)
                {
                    var sensitivity = Math.Abs((double)w[k] * g[k] * 0.5);
                    means[i][k] = 0.6 * means[i][k] + 0.4 * sensitivity;
                    distances[i][k] = 0.7 * distances[i][k] + 0.3 * Math.Abs(sensitivity - means[i][k]);
                }
            }

            training!.AfterStep(step, gradientScale: 0.5);
            // 16 ranks, 8 in the end: 8 + 8 (2/3)^3 = 10.4, 8 + 8 (1/3)^3 = 8.3, 8.
            var left = step switch { 1 => 10, 2 => 8, _ => 8 };
            var scores = new List<(double Score, int Layer, int Rank)>();
            for (var layer = 0; layer < layers.Length; layer++)
            {
                var width = (int)layers[layer].Tensors[0].Value.shape[1];
                for (var rank = 0; rank < 4; rank++)
                {
                    var score = Score(3 * layer + 2, [rank]) + Score(3 * layer, [.. Enumerable.Range(rank * width, width)])
                        + Score(3 * layer + 1, [.. Enumerable.Range(0, 32).Select(row => 4 * row + rank)]);
                    scores.Add((score, layer, rank));
                }
            }

            foreach (var (i, (_, layer, rank)) in scores.OrderByDescending(s => s.Score).Select((s, i) => (i, s)))
                Assert.AreEqual(i < left, layers[layer].Kept![rank], $"step {step}, layer {layer}, rank {rank}");
        }

        double Score(int tensor, int[] places) => places.Average(place => means[tensor][place] * distances[tensor][place]);
    }

    [TestMethod]
    public void A_and_B_are_drawn_to_right_angles_by_a_loss_of_their_own()
    {
        using var tiny = new TinyClassifier(dropout: 0);
        using var adapter = ModelAdapter.Attach(tiny.Model, Options with { OrthogonalWeight = 0.25 }, tiny.Model.NewModules, seed: 4);
        using var training = adapter.Options.BeginTraining(tiny.Model, 12)!;
        var expected = 0.0;
        foreach (var adaLora in adapter.Layers.Select(layer => (AdaLoraLayer)layer.Adapter))
        {
            foreach (var (name, value) in adaLora.Tensors.Where(t => t.Name is "lora_A" or "lora_B"))
            {
                var (numbers, columns) = (ReferenceTensors.Values(value), (int)value.shape[1]);
                var rows = numbers.Length / columns;
                double At(int rank, int k) => name == "lora_A" ? numbers[rank * columns + k] : numbers[k * columns + rank];
                var sum = 0.0;
                for (var i = 0; i < 6; i++)
                {
                    for (var j = 0; j < 6; j++)
                        sum += Math.Pow(Enumerable.Range(0, name == "lora_A" ? columns : rows).Sum(k => At(i, k) * At(j, k)) - (i == j ? 1 : 0), 2);
                }

                expected += Math.Sqrt(sum) / 8;
            }
        }

        Assert.AreEqual(0.25 * expected, training.AddGradients(), 1e-5);
        List<double> losses = [], plain = [];
        TrainingLoop.Run(tiny.Job(Short with { MaxSteps = 6 }, progress: p => losses.Add(p.Loss)));
        using var other = new TinyClassifier(dropout: 0);
        using var without = ModelAdapter.Attach(other.Model, Options with { OrthogonalWeight = 0 }, other.Model.NewModules, seed: 4);
        TrainingLoop.Run(other.Job(Short with { MaxSteps = 6 }, progress: p => plain.Add(p.Loss)));
        Assert.AreEqual(plain[0] + 0.25 * expected, losses[0], 1e-5);
        Assert.IsLessThan(0.95 * expected, training.AddGradients() / 0.25);
    }

    [TestMethod]
    [DataRow(3)]
    [DataRow(6)]
    [DataRow(11)]
    public void A_resumed_run_ends_in_the_weights_and_ranks_of_an_uninterrupted_one(int stopAfter)
    {
        using var whole = new TinyClassifier();
        using var wholeAdapter = ModelAdapter.Attach(whole.Model, Options, whole.Model.NewModules, seed: 4);
        TrainingLoop.Run(whole.Job(Short));

        using var folder = new TemporaryFolder();
        var training = Short with { CheckpointFolder = folder.Path, Resume = true };
        using var stopped = new TinyClassifier();
        using var stoppedAdapter = ModelAdapter.Attach(stopped.Model, Options, stopped.Model.NewModules, seed: 4);
        using var stop = new CancellationTokenSource();
        Assert.ThrowsExactly<OperationCanceledException>(() => TrainingLoop.Run(stopped.Job(training with { CancellationToken = stop.Token }, progress: p =>
        {
            if (p.Step == stopAfter)
                stop.Cancel();
        })));
        // Once more from the end: nothing is left to train, and the ranks are known all the same.
        for (var i = 0; i < 2; i++)
        {
            using var resumed = new TinyClassifier(seed: 77);
            using var adapter = ModelAdapter.Attach(resumed.Model, Options, resumed.Model.NewModules, seed: 78);
            TrainingLoop.Run(resumed.Job(training));
            var expected = whole.Weights();
            foreach (var (name, values) in resumed.Weights())
                CollectionAssert.AreEqual(expected[name], values, name);
            CollectionAssert.AreEqual(Left(wholeAdapter), Left(adapter));
        }

        using var without = new TinyClassifier();
        using var other = ModelAdapter.Attach(without.Model, Options with { Targets = ["query", "value", "key"] }, without.Model.NewModules, seed: 4);
        Assert.ThrowsExactly<InvalidDataException>(() => TrainingLoop.Run(without.Job(training)));
    }

    [TestMethod]
    public void A_run_without_steps_for_allocation_is_refused()
    {
        using var tiny = new TinyClassifier();
        using var adapter = ModelAdapter.Attach(tiny.Model, Options, tiny.Model.NewModules);
        var error = Assert.ThrowsExactly<ArgumentException>(() => TrainingLoop.Run(tiny.Job(Short with { MaxSteps = 5 })));
        StringAssert.Contains(error.Message, "AdaLoraOptions.TInit is 2 and TFinal is 3, but the run has 5 steps");
    }

    private static int[] Left(ModelAdapter adapter) =>
        [.. adapter.Layers.Select(layer => (AdaLoraLayer)layer.Adapter).Select(layer => layer.Kept?.Count(kept => kept) ?? layer.Rank)];

    private static float[] Logits(TinyClassifier tiny)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        tiny.Model.eval();
        using var batch = TokenBatch.Create(tiny.Texts, [0, 1, 2, 3], 0, CPU);
        return ReferenceTensors.Values(tiny.Model.call(batch));
    }
}
