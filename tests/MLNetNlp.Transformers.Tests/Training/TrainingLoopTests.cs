using MLNetNlp.Transformers.Training;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.Training;

[TestClass]
public sealed class TrainingLoopTests
{
    private static readonly TrainingOptions Short = new() { MaxEpochs = 2, BatchSize = 8, LearningRate = 2e-3 };

    [TestMethod]
    public void Training_learns()
    {
        using var tiny = new TinyClassifier(dropout: 0);
        List<TrainingProgress> steps = [];
        var result = TrainingLoop.Run(tiny.Job(Short with { MaxEpochs = 12 }, progress: steps.Add));
        Assert.AreEqual(72, result.Steps);
        Assert.HasCount(72, steps);
        Assert.IsGreaterThan(0.5, steps[0].Loss);
        Assert.IsLessThan(0.1, result.FinalLoss);
        Assert.IsFalse(tiny.Model.training, "left in evaluation mode");
    }

    [TestMethod]
    public void The_same_seed_gives_bit_equal_weights_whatever_torchs_generator_did_before()
    {
        var first = Train(1);
        var second = Train(2);
        foreach (var (name, weights) in first)
            CollectionAssert.AreEqual(weights, second[name], name);

        static Dictionary<string, float[]> Train(long noise)
        {
            manual_seed(noise);
            using var tiny = new TinyClassifier();
            TrainingLoop.Run(tiny.Job(Short));
            return tiny.Weights();
        }
    }

    [TestMethod]
    public void Dropout_draws_anew_at_every_step()
    {
        using var tiny = new TinyClassifier(dropout: 0.5);
        List<double> losses = [];
        // One batch of all examples and a learning rate of almost 0: only dropout makes the losses differ.
        TrainingLoop.Run(tiny.Job(Short with { BatchSize = 48, LearningRate = 1e-12, MaxEpochs = 5 }, progress: p => losses.Add(p.Loss)));
        Assert.AreEqual(5, losses.Distinct().Count());
    }

    [TestMethod]
    [DataRow(3)]
    [DataRow(6)]
    [DataRow(8)]
    public void A_resumed_run_ends_in_the_weights_of_an_uninterrupted_one(int stopAfter)
    {
        using var whole = new TinyClassifier();
        TrainingLoop.Run(whole.Job(Short, validate: Falling()));

        using var folder = new TemporaryFolder();
        var options = Short with { CheckpointFolder = folder.Path, Resume = true };
        using var stopped = new TinyClassifier();
        using var stop = new CancellationTokenSource();
        var interrupted = stopped.Job(options with { CancellationToken = stop.Token }, validate: Falling(), progress: p =>
        {
            if (p.Step == stopAfter)
                stop.Cancel();
        });
        Assert.ThrowsExactly<OperationCanceledException>(() => TrainingLoop.Run(interrupted));

        using var resumed = new TinyClassifier(seed: 77);
        var validate = Falling(stopAfter >= 6 ? 1 : 0);
        List<TrainingProgress> steps = [];
        var result = TrainingLoop.Run(resumed.Job(options, validate: validate, progress: steps.Add));
        Assert.AreEqual(stopAfter + 1, steps[0].Step);
        Assert.AreEqual(12, result.Steps);
        Assert.AreEqual(6, result.BestStep);
        var expected = whole.Weights();
        foreach (var (name, weights) in resumed.Weights())
            CollectionAssert.AreEqual(expected[name], weights, name);
    }

    [TestMethod]
    public void A_run_that_was_finished_is_not_trained_again()
    {
        using var folder = new TemporaryFolder();
        var options = Short with { CheckpointFolder = folder.Path, Resume = true };
        using var first = new TinyClassifier();
        TrainingLoop.Run(first.Job(options));
        using var second = new TinyClassifier();
        TrainingLoop.Run(second.Job(options, progress: _ => Assert.Fail("trained again")));
        CollectionAssert.AreEqual(first.Weights()["classifier.weight"], second.Weights()["classifier.weight"]);
    }

    [TestMethod]
    public void A_checkpoint_of_another_run_is_refused_and_named()
    {
        using var folder = new TemporaryFolder();
        using var first = new TinyClassifier();
        TrainingLoop.Run(first.Job(Short with { CheckpointFolder = folder.Path }));
        using var other = new TinyClassifier();
        var error = Assert.ThrowsExactly<InvalidOperationException>(() =>
            TrainingLoop.Run(other.Job(Short with { CheckpointFolder = folder.Path, Resume = true, BatchSize = 4 })));
        StringAssert.Contains(error.Message, "BatchSize is 8, this run's 4");
        error = Assert.ThrowsExactly<InvalidOperationException>(() =>
            TrainingLoop.Run(other.Job(Short with { CheckpointFolder = folder.Path, Resume = true, Seed = 4 })));
        StringAssert.Contains(error.Message, "Seed is 3, this run's 4");
    }

    [TestMethod]
    public void A_checkpoint_folder_that_cannot_be_made_is_named_before_training()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "file");
        File.WriteAllText(file, "");
        using var tiny = new TinyClassifier();
        var error = Assert.ThrowsExactly<IOException>(() =>
            TrainingLoop.Run(tiny.Job(Short with { CheckpointFolder = Path.Combine(file, "below") }, progress: _ => Assert.Fail("trained"))));
        StringAssert.Contains(error.Message, "below' cannot be written to");
    }

    [TestMethod]
    public void Only_the_newest_checkpoint_is_kept()
    {
        using var folder = new TemporaryFolder();
        using var tiny = new TinyClassifier();
        TrainingLoop.Run(tiny.Job(Short with { CheckpointFolder = folder.Path, CheckpointInterval = 5 }));
        CollectionAssert.AreEqual(new[] { "step-12" }, Directory.GetDirectories(folder.Path).Select(Path.GetFileName).ToArray());
    }

    [TestMethod]
    public void Frozen_parts_do_not_move_and_the_rest_does()
    {
        using var tiny = new TinyClassifier();
        var before = tiny.Weights();
        TrainingLoop.Run(tiny.Job(Short, new FreezingOptions { Embeddings = true, Layers = 1 }));
        foreach (var (name, weights) in tiny.Weights())
        {
            var frozen = name.StartsWith("bert.embeddings.", StringComparison.Ordinal) || name.StartsWith("bert.encoder.layer.0.", StringComparison.Ordinal);
            Assert.AreEqual(frozen, before[name].SequenceEqual(weights), name);
        }

        Assert.IsTrue(tiny.Model.named_parameters().All(p => p.parameter.requires_grad), "gradients are given back");
    }

    [TestMethod]
    public void More_frozen_layers_than_there_are_is_refused()
    {
        using var tiny = new TinyClassifier();
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => TrainingLoop.Run(tiny.Job(Short, new FreezingOptions { Layers = 3 })));
        StringAssert.Contains(error.Message, "Layers is 3, but the model has 2 layers");
    }

    [TestMethod]
    public void A_model_that_is_frozen_whole_is_refused()
    {
        using var tiny = new TinyClassifier();
        foreach (var parameter in tiny.Model.parameters())
            parameter.requires_grad = false;
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => TrainingLoop.Run(tiny.Job(Short))).Message, "frozen");
    }

    [TestMethod]
    public void Early_stopping_ends_with_the_best_weights()
    {
        using var tiny = new TinyClassifier();
        var metrics = new Queue<double>([0.5, 0.9, 0.8, 0.7, 0.99]);
        Dictionary<string, float[]>? best = null;
        ValidationResult Validate()
        {
            Assert.IsFalse(tiny.Model.training, "validation runs in evaluation mode");
            var metric = metrics.Dequeue();
            if (metric == 0.9)
                best = tiny.Weights();
            return new ValidationResult("accuracy", metric);
        }

        var result = TrainingLoop.Run(tiny.Job(Short with { MaxEpochs = 9, EarlyStoppingPatience = 2 }, validate: Validate));
        Assert.IsTrue(result.StoppedEarly);
        Assert.AreEqual(24, result.Steps);
        Assert.AreEqual(12, result.BestStep);
        Assert.AreEqual(0.9, result.BestValidation!.Metric);
        foreach (var (name, weights) in tiny.Weights())
            CollectionAssert.AreEqual(best![name], weights, name);
    }

    [TestMethod]
    public void The_loss_can_decide_what_is_best()
    {
        using var tiny = new TinyClassifier();
        var losses = new Queue<double>([0.5, 0.4, 0.6]);
        var result = TrainingLoop.Run(tiny.Job(Short with { MaxEpochs = 3, ValidationMetric = ValidationMetric.Loss },
            validate: () => new ValidationResult("accuracy", 1, losses.Dequeue())));
        Assert.AreEqual(12, result.BestStep);
    }

    [TestMethod]
    public void Validations_come_at_the_interval_and_at_the_end()
    {
        using var tiny = new TinyClassifier();
        List<int> validated = [];
        TrainingLoop.Run(tiny.Job(Short with { EvaluationInterval = 5, MaxSteps = 11 }, validate: () => new ValidationResult("accuracy", 1), progress: p =>
        {
            if (p.ValidationMetric is not null)
                validated.Add(p.Step);
        }));
        CollectionAssert.AreEqual(new[] { 5, 10, 11 }, validated);
    }

    [TestMethod]
    public void A_loss_that_is_not_a_number_names_the_step_and_leaves_the_weights()
    {
        using var tiny = new TinyClassifier();
        var steps = 0;
        var job = tiny.Job(Short, progress: p => steps = p.Step);
        Dictionary<string, float[]>? before = null;
        var broken = new TrainingJob
        {
            Module = job.Module,
            ExampleCount = job.ExampleCount,
            ExampleLength = job.ExampleLength,
            Options = job.Options,
            Progress = job.Progress,
            Loss = rows =>
            {
                if (steps < 3)
                    return job.Loss(rows);
                before = tiny.Weights();
                return job.Loss(rows) * double.NaN;
            },
        };
        var error = Assert.ThrowsExactly<TrainingDivergedException>(() => TrainingLoop.Run(broken));
        Assert.AreEqual(4, error.Step);
        StringAssert.Contains(error.Message, "loss is NaN at step 4");
        foreach (var (name, weights) in tiny.Weights())
            CollectionAssert.AreEqual(before![name], weights, name);
    }

    [TestMethod]
    public void Memory_stays_flat_over_many_steps()
    {
        using var tiny = new TinyClassifier();
        var (early, late) = (0L, 0L);
        TrainingLoop.Run(tiny.Job(Short with { MaxEpochs = int.MaxValue, MaxSteps = 300 }, progress: p =>
        {
            if (p.Step == 60)
                early = Environment.WorkingSet;
            else if (p.Step == 300)
                late = Environment.WorkingSet;
        }));
        // The activations of one step take about 1 MB.
        Assert.IsLessThan(early + 60_000_000, late);
    }

    [TestMethod]
    public void An_epochs_last_step_takes_what_batches_are_left()
    {
        using var tiny = new TinyClassifier(examples: 40);
        // 5 batches, 2 a step: 3 steps an epoch.
        Assert.AreEqual(6, TrainingLoop.Run(tiny.Job(Short with { GradientAccumulationSteps = 2 })).Steps);
    }

    [TestMethod]
    public void The_schedule_ends_with_the_last_epoch_however_many_batches_each_has()
    {
        using var tiny = new TinyClassifier(examples: 12, dropout: 0);
        List<TrainingProgress> steps = [];
        var result = TrainingLoop.Run(tiny.Job(Short with { MaxEpochs = 3, GradientAccumulationSteps = 2, WarmupRatio = 0 }, progress: steps.Add, batches: Batches));
        // 4, 6 and 3 batches, 2 a step: 2, 3 and 2 steps.
        CollectionAssert.AreEqual(new[] { 1, 1, 2, 2, 2, 3, 3 }, steps.Select(p => p.Epoch).ToArray());
        Assert.AreEqual(7, result.TotalSteps);
        for (var i = 0; i < 7; i++)
            Assert.AreEqual(Short.LearningRate!.Value * (7 - i) / 7, steps[i].LearningRate, 1e-12);
        Assert.AreEqual(4, TrainingLoop.Run(tiny.Job(Short with { MaxEpochs = int.MaxValue, MaxSteps = 4 }, batches: Batches)).Steps);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => TrainingLoop.Run(tiny.Job(Short, batches: epoch => epoch == 0 ? Batches(0) : []))).Message,
            "Epoch 2 has no batches");

        static int[][] Batches(int epoch) => [.. Enumerable.Range(0, epoch switch { 0 => 4, 1 => 6, _ => 3 }).Select(i => new[] { 2 * i, 2 * i + 1 })];
    }

    [TestMethod]
    public void No_examples_is_an_error()
    {
        using var tiny = new TinyClassifier(examples: 0);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => TrainingLoop.Run(tiny.Job(Short))).Message, "no training examples");
    }

    /// <summary>A validation whose metric is best the first time.</summary>
    private static Func<ValidationResult> Falling(int callsBefore = 0) => () => new ValidationResult("accuracy", 1.0 / ++callsBefore);
}
