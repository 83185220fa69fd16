using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Training;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.Adapters;

[TestClass]
public sealed class ModelAdapterTests
{
    private static readonly TrainingOptions Short = new() { MaxSteps = 6, BatchSize = 8, LearningRate = 1e-2, WarmupRatio = 0, Seed = 3 };

    [TestMethod]
    [DynamicData(nameof(TinyCheckpoints.ModelTypes), typeof(TinyCheckpoints))]
    public void Every_family_takes_the_default_adapters_and_merges_them(string modelType)
    {
        AdapterOptions[] kinds =
        [
            new LoraOptions { Rank = 2 }, new LoraOptions { Rank = 2, Dora = true, Targets = ["all-linear"] }, new Ia3Options(),
            new AdaLoraOptions { InitialRank = 4, TargetRank = 2, TFinal = 1 },
        ];
        foreach (var options in kinds)
        {
            using var files = TinyCheckpoints.Of(modelType);
            using var tiny = new TinyClassifier(files, examples: 8);
            var before = Logits(tiny);
            var weights = tiny.Weights();
            using var adapter = ModelAdapter.Attach(tiny.Model, options, tiny.Model.NewModules, seed: 4);
            Close.AreClose(before, Logits(tiny), 1e-5, "a new adapter");
            TrainingLoop.Run(tiny.Job(Short));
            var active = Logits(tiny);
            Assert.IsGreaterThan(1e-3f, active.Zip(before, (a, b) => Math.Abs(a - b)).Max(), $"{options}: nothing moved");
            adapter.Merge();
            Close.AreClose(active, Logits(tiny), 1e-5 * Math.Max(1, active.Max(Math.Abs)), $"{options}: merging");
            adapter.Remove();
            foreach (var (name, values) in tiny.Weights())
                CollectionAssert.AreEqual(weights[name], values, name);
        }
    }

    [TestMethod]
    public void Only_adapter_and_head_move_and_one_seed_makes_one_model()
    {
        using var first = new TinyClassifier();
        var before = first.Weights();
        using var adapter = ModelAdapter.Attach(first.Model, new LoraOptions { Rank = 4, Dropout = 0.1 }, first.Model.NewModules, seed: 4);
        TrainingLoop.Run(first.Job(Short));
        var after = first.Weights();
        foreach (var (name, values) in before)
        {
            if (name.StartsWith("classifier.", StringComparison.Ordinal))
                CollectionAssert.AreNotEqual(values, after[name], name);
            else
                CollectionAssert.AreEqual(values, after[name], name);
        }

        Assert.AreEqual(2 * 2 * 4 * (32 + 32) + 2 * 32 + 2, adapter.TrainableParameters);
        using var second = new TinyClassifier();
        using var same = ModelAdapter.Attach(second.Model, new LoraOptions { Rank = 4, Dropout = 0.1 }, second.Model.NewModules, seed: 4);
        TrainingLoop.Run(second.Job(Short));
        foreach (var (name, values) in second.Weights())
            CollectionAssert.AreEqual(after[name], values, name);
    }

    [TestMethod]
    public void Where_no_learning_rate_is_given_each_kind_has_its_own()
    {
        AdapterOptions[] kinds =
        [
            new LoraOptions { Rank = 2 }, new AdaLoraOptions { InitialRank = 4, TargetRank = 2 }, new Ia3Options(), new BitFitOptions(), new BottleneckOptions(),
            new PrefixTuningOptions { Length = 2 }, new PromptTuningOptions { Length = 2 }, new PTuningOptions { Length = 2 },
        ];
        Assert.AreEqual(5e-5, RateOf(null, null));
        foreach (var options in kinds)
        {
            Assert.IsGreaterThanOrEqualTo(1e-3, options.DefaultLearningRate, $"{options}");
            Assert.AreEqual(options.DefaultLearningRate, RateOf(options, null), $"{options}");
            Assert.AreEqual(4e-4, RateOf(options, 4e-4), $"{options}");
        }

        // What the schedule ends in lies below the rate that is taken.
        using var whole = new TinyClassifier();
        var ends = Short with { LearningRate = null, MaxSteps = 1, Schedule = LearningRateSchedule.Polynomial, FinalLearningRate = 1e-4 };
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => TrainingLoop.Run(whole.Job(ends)));
        using var lora = ModelAdapter.Attach(whole.Model, kinds[0], whole.Model.NewModules);
        Assert.AreEqual(1, TrainingLoop.Run(whole.Job(ends)).Steps);

        static double RateOf(AdapterOptions? options, double? given)
        {
            using var tiny = new TinyClassifier();
            using var adapter = options is null ? null : ModelAdapter.Attach(tiny.Model, options, tiny.Model.NewModules);
            var rate = 0.0;
            TrainingLoop.Run(tiny.Job(Short with { LearningRate = given, MaxSteps = 1, Schedule = LearningRateSchedule.Constant }, progress: p => rate = p.LearningRate));
            return rate;
        }
    }

    [TestMethod]
    public void A_resumed_run_with_an_adapter_ends_in_the_weights_of_an_uninterrupted_one()
    {
        LoraOptions options = new() { Rank = 2 };
        using var whole = new TinyClassifier();
        using var wholeAdapter = ModelAdapter.Attach(whole.Model, options, whole.Model.NewModules, seed: 4);
        TrainingLoop.Run(whole.Job(Short, new FreezingOptions { Layers = 1 }));

        using var folder = new TemporaryFolder();
        var training = Short with { CheckpointFolder = folder.Path, Resume = true };
        using var stopped = new TinyClassifier();
        using var stoppedAdapter = ModelAdapter.Attach(stopped.Model, options, stopped.Model.NewModules, seed: 4);
        using var stop = new CancellationTokenSource();
        Assert.ThrowsExactly<OperationCanceledException>(() => TrainingLoop.Run(stopped.Job(training with { CancellationToken = stop.Token },
            new FreezingOptions { Layers = 1 }, progress: p =>
            {
                if (p.Step == 3)
                    stop.Cancel();
            })));
        using var resumed = new TinyClassifier(seed: 77);
        using var adapter = ModelAdapter.Attach(resumed.Model, options, resumed.Model.NewModules, seed: 78);
        TrainingLoop.Run(resumed.Job(training, new FreezingOptions { Layers = 1 }));
        var expected = whole.Weights();
        foreach (var (name, values) in resumed.Weights())
            CollectionAssert.AreEqual(expected[name], values, name);
        Assert.IsTrue(expected.Where(w => w.Key.Contains("layer.0.") && w.Key.EndsWith("lora_B", StringComparison.Ordinal)).All(w => w.Value.All(x => x == 0)),
            "a frozen layer's adapter moved");
    }

    [TestMethod]
    public void LoRA_FA_keeps_A_LoRA_plus_hurries_B_and_BitFit_moves_biases_alone()
    {
        using var tiny = new TinyClassifier();
        using (var adapter = ModelAdapter.Attach(tiny.Model, new LoraOptions { Rank = 2, FreezeA = true, LearningRateRatio = 16 }, tiny.Model.NewModules))
        {
            var before = tiny.Weights();
            var trained = TrainableParameter.Of(tiny.Model, Short with { LayerwiseLearningRateDecay = 0.5 }, adapter.Options).ToDictionary(p => p.Name);
            Assert.AreEqual(16 * 0.5, trained["bert.encoder.layer.1.attention.self.query.adapter.lora_B"].LearningRateFactor);
            Assert.AreEqual(1, trained["classifier.weight"].LearningRateFactor);
            Assert.IsFalse(trained.Keys.Any(name => name.EndsWith("lora_A", StringComparison.Ordinal)));
            TrainingLoop.Run(tiny.Job(Short));
            foreach (var (name, values) in tiny.Weights().Where(w => w.Key.EndsWith("lora_A", StringComparison.Ordinal)))
                CollectionAssert.AreEqual(before[name], values, name);
            adapter.Remove();
        }

        var start = tiny.Weights();
        using var biases = ModelAdapter.Attach(tiny.Model, new BitFitOptions(), tiny.Model.NewModules);
        TrainingLoop.Run(tiny.Job(Short));
        foreach (var (name, values) in tiny.Weights().Where(w => !w.Key.StartsWith("classifier", StringComparison.Ordinal)))
        {
            var moved = !values.AsSpan().SequenceEqual(start[name]);
            // A key's bias adds the same to every score of a query: softmax does not see it, and its gradient is noise around 0.
            if (!name.EndsWith("key.bias", StringComparison.Ordinal))
                Assert.AreEqual(name.EndsWith(".bias", StringComparison.Ordinal), moved, name);
        }

        using var folder = new TemporaryFolder();
        AdapterFiles.Save(biases, file => File.Create(Path.Combine(folder.Path, file)));
        var trainedLogits = Logits(tiny);
        biases.Remove();
        Assert.AreNotEqual(trainedLogits[0], Logits(tiny)[0]);
        using var files = ModelFiles.FromDirectory(folder.Path);
        using var loaded = AdapterFiles.Load(tiny.Model, files);
        CollectionAssert.AreEqual(trainedLogits, Logits(tiny));
    }

    [TestMethod]
    public void An_adapter_that_was_disposed_of_is_neither_changed_nor_saved()
    {
        using var tiny = new TinyClassifier();
        var adapter = ModelAdapter.Attach(tiny.Model, new LoraOptions { Rank = 2 }, tiny.Model.NewModules);
        TrainingLoop.Run(tiny.Job(Short));
        var before = Logits(tiny);
        adapter.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => AdapterFiles.Save(adapter, name => throw new InvalidOperationException(name)));
        Assert.ThrowsExactly<ObjectDisposedException>(adapter.Merge);
        Assert.ThrowsExactly<ObjectDisposedException>(adapter.Remove);
        CollectionAssert.AreEqual(before, Logits(tiny));
    }

    [TestMethod]
    public void Targets_that_match_nothing_are_named_with_the_layers_that_exist()
    {
        using var tiny = new TinyClassifier();
        var error = Assert.ThrowsExactly<ArgumentException>(() => ModelAdapter.Attach(tiny.Model, new LoraOptions { Targets = ["query", "valeu"] }));
        StringAssert.Contains(error.Message, "'valeu'");
        StringAssert.Contains(error.Message, "bert.encoder.layer.N.attention.self.value");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => ModelAdapter.Attach(tiny.Model, new LoraOptions { TargetPattern = "nothing" })).Message, "'nothing'");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => ModelAdapter.Attach(tiny.Model, new LoraOptions { TargetPattern = "(" })).Message, "regular expression");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => ModelAdapter.Attach(tiny.Model, new LoraOptions { Targets = [] })).Message, "Targets");
        Refused<ArgumentException>(new LoraOptions { TargetPattern = ".*query", Layers = [0] }, "LoraOptions.Layers and TargetPattern are both given");
        Refused<ArgumentOutOfRangeException>(new LoraOptions { Layers = [0, 2] }, "LoraOptions.Layers has 2, but the model has no layer of that number.");
        Refused<ArgumentException>(new LoraOptions { RankPattern = new Dictionary<string, int> { ["query("] = 2 } }, "LoraOptions.RankPattern 'query(' is no regular expression");
        Refused<ArgumentException>(new LoraOptions { AlphaPattern = new Dictionary<string, float> { ["["] = 2 } }, "LoraOptions.AlphaPattern '[' is no regular expression");
        Refused<ArgumentException>(new LoraOptions { TargetPattern = "(.+)+!" }, "takes more than 1 s to match against the layer 'bert.");
        Assert.IsTrue(tiny.Model.named_parameters().All(p => p.parameter.requires_grad));

        void Refused<TError>(AdapterOptions options, string message)
            where TError : Exception => StringAssert.Contains(Assert.ThrowsExactly<TError>(() => ModelAdapter.Attach(tiny.Model, options)).Message, message);
    }

    [TestMethod]
    public void Ranks_that_make_no_sense_are_refused_and_leave_the_model_as_it_was()
    {
        using var tiny = new TinyClassifier();
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ModelAdapter.Attach(tiny.Model, new LoraOptions { Rank = 0 })).Message, "Rank is 0");
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ModelAdapter.Attach(tiny.Model, new LoraOptions { Rank = 33 }));
        StringAssert.Contains(error.Message, "Rank is 33");
        StringAssert.Contains(error.Message, "32 x 32");
        Assert.IsTrue(tiny.Model.named_parameters().All(p => p.parameter.requires_grad && !p.name.Contains("adapter")));
    }

    [TestMethod]
    public void States_that_do_not_follow_each_other_are_errors()
    {
        using var tiny = new TinyClassifier();
        using var adapter = ModelAdapter.Attach(tiny.Model, new LoraOptions { Rank = 2 });
        Assert.ThrowsExactly<InvalidOperationException>(() => ModelAdapter.Attach(tiny.Model, new LoraOptions()));
        Assert.ThrowsExactly<InvalidOperationException>(adapter.Unmerge);
        adapter.Merge();
        Assert.ThrowsExactly<InvalidOperationException>(adapter.Merge);
        Assert.ThrowsExactly<InvalidOperationException>(() => adapter.IsEnabled = false);
        adapter.Unmerge();
        Assert.ThrowsExactly<InvalidOperationException>(adapter.Unmerge);
        adapter.Remove();
        Assert.ThrowsExactly<InvalidOperationException>(adapter.Merge);
        Assert.ThrowsExactly<InvalidOperationException>(() => AdapterFiles.Save(adapter, _ => new MemoryStream()));
    }

    [TestMethod]
    public void An_adapter_of_another_base_is_refused_with_both_hashes()
    {
        using var tiny = new TinyClassifier();
        using var folder = new TemporaryFolder();
        string hash;
        using (var adapter = ModelAdapter.Attach(tiny.Model, new LoraOptions { Rank = 2 }, tiny.Model.NewModules))
        {
            hash = BaseModelHash.Compute(adapter);
            adapter.Merge();
            Assert.AreEqual(hash, BaseModelHash.Compute(adapter));
            AdapterFiles.Save(adapter, file => File.Create(Path.Combine(folder.Path, file)));
            adapter.Remove();
        }

        using var files = ModelFiles.FromDirectory(folder.Path);
        using (var fitting = AdapterFiles.Load(tiny.Model, files))
            fitting.Remove();
        using (no_grad())
            tiny.Model.get_parameter("bert.embeddings.word_embeddings.weight")!.add_(1);
        var error = Assert.ThrowsExactly<InvalidDataException>(() => AdapterFiles.Load(tiny.Model, files));
        StringAssert.Contains(error.Message, hash);
        Assert.HasCount(2, System.Text.RegularExpressions.Regex.Matches(error.Message, "[0-9a-f]{64}"));
    }

    [TestMethod]
    public void Missing_and_extra_tensors_are_named()
    {
        using var tiny = new TinyClassifier();
        using var folder = new TemporaryFolder();
        using (var adapter = ModelAdapter.Attach(tiny.Model, new LoraOptions { Rank = 2, Targets = ["query"] }))
        {
            AdapterFiles.Save(adapter, file => File.Create(Path.Combine(folder.Path, file)));
            adapter.Remove();
        }

        var config = Path.Combine(folder.Path, AdapterFiles.ConfigName);
        var text = File.ReadAllText(config);
        using var files = ModelFiles.FromDirectory(folder.Path);
        File.WriteAllText(config, text.Replace("\"query\"", "\"query\", \"key\""));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => AdapterFiles.Load(tiny.Model, files)).Message, "layer.0.attention.self.key.lora_A.weight");
        File.WriteAllText(config, text.Replace("\"layers_to_transform\": null", "\"layers_to_transform\": 1"));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => AdapterFiles.Load(tiny.Model, files)).Message, "layer.0.attention.self.query.lora_A.weight");
        File.WriteAllText(config, text.Replace("\"r\": 2", "\"r\": 3"));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => AdapterFiles.Load(tiny.Model, files)).Message, "[2, 32]");
        File.WriteAllText(config, text.Replace("\"LORA\"", "\"LOHA\""));
        StringAssert.Contains(Assert.ThrowsExactly<NotSupportedException>(() => AdapterFiles.Load(tiny.Model, files)).Message, "LOHA");
        File.WriteAllText(config, "{");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => AdapterFiles.Load(tiny.Model, files)).Message, AdapterFiles.ConfigName);
        Assert.IsTrue(tiny.Model.named_parameters().All(p => p.parameter.requires_grad && !p.name.Contains("adapter")));
    }

    private static float[] Logits(TinyClassifier tiny)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        tiny.Model.eval();
        using var batch = TokenBatch.Create(tiny.Texts, [0, 1, 2, 3], 0, CPU);
        return ReferenceTensors.Values(tiny.Model.call(batch));
    }
}
