using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Encoders;
using MLNetNlp.Transformers.Heads;
using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Quantization;
using MLNetNlp.Transformers.Training;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.Quantization;

/// <summary>A base model in four bits under a LoRA adapter.</summary>
[TestClass]
public sealed class QuantizedBaseTests
{
    private static readonly TrainingOptions Short = new() { MaxSteps = 4, BatchSize = 8, LearningRate = 1e-2, WarmupRatio = 0, Seed = 3 };
    private static readonly LoraOptions Options = new() { Rank = 2, BaseQuantization = new() };

    [TestMethod]
    [DynamicData(nameof(TinyCheckpoints.ModelTypes), typeof(TinyCheckpoints))]
    public void Every_family_trains_on_four_bits_merges_unmerges_and_saves(string modelType)
    {
        using var files = TinyCheckpoints.Of(modelType);
        using var tiny = new TinyClassifier(files, examples: 8);
        var names = tiny.Weights().Keys.ToArray();
        using var adapter = ModelAdapter.Attach(tiny.Model, Options with { Dora = modelType == "bert" }, tiny.Model.NewModules, seed: 4);
        var start = Logits(tiny);
        TrainingLoop.Run(tiny.Job(Short));
        var active = Logits(tiny);
        Assert.IsGreaterThan(1e-4f, active.Zip(start, (a, b) => Math.Abs(a - b)).Max());
        using var folder = new TemporaryFolder();
        AdapterFiles.Save(adapter, file => File.Create(Path.Combine(folder.Path, file)));
        using (var plain = new TemporaryFolder())
        {
            tiny.Model.Save(file => File.Create(Path.Combine(plain.Path, file)));
            using var plainFiles = ModelFiles.FromDirectory(plain.Path);
            using var model = SequenceClassificationModel.Load(plainFiles);
            Close.AreClose(active, Logits(tiny, model), 1e-5 * Math.Max(1, active.Max(Math.Abs)), "saved as a plain model");
        }

        adapter.Merge();
        Close.AreClose(active, Logits(tiny), 1e-5 * Math.Max(1, active.Max(Math.Abs)), "merged");
        adapter.Unmerge();
        CollectionAssert.AreEqual(active, Logits(tiny));
        adapter.MergeAndRemove();
        CollectionAssert.AreEqual(names, tiny.Weights().Keys.ToArray());
        Assert.IsTrue(tiny.Model.named_parameters().All(p => p.parameter.numel() > 0 && p.parameter.requires_grad));
        Close.AreClose(active, Logits(tiny), 1e-5 * Math.Max(1, active.Max(Math.Abs)), "merged for good");
        if (tiny.Model.NewModules.Contains("pooler"))
            return;

        // A saved adapter says how its base was packed, and finds the base by the hash from before.
        using var fresh = new TinyClassifier(files, examples: 8, seed: 9);
        using var saved = ModelFiles.FromDirectory(folder.Path);
        using var loaded = AdapterFiles.Load(fresh.Model, saved);
        Assert.AreEqual(Options.BaseQuantization, ((LoraOptions)loaded.Options).BaseQuantization);
        Close.AreClose(active, Logits(fresh), 1e-6, "loaded");
    }

    [TestMethod]
    public void Packed_weights_are_all_that_is_held_and_take_a_seventh_of_the_bytes()
    {
        using var files = ModelFiles.FromDirectory(TestPaths.Shared("models", "all-MiniLM-L6-v2"));
        var config = ModelConfig.Read(files);
        using var encoder = TextEncoders.Create(config, pooler: false);
        ModuleWeights.Load(encoder, files, WeightLoadingOptions.For(config));
        var linear = encoder.modules().OfType<Dense>().Sum(layer => layer.Values.numel());
        var others = encoder.parameters().Sum(p => p.numel()) - linear;
        using var adapter = ModelAdapter.Attach(encoder, Options);
        Assert.IsTrue(encoder.modules().OfType<Dense>().All(layer => layer.Values.numel() == 0));
        var packed = adapter.BaseBytes - others * sizeof(float);
        Assert.AreEqual(packed, encoder.modules().OfType<QuantizedWeight>().Sum(weight => weight.Bytes));
        // Four bits, eight for the scale of 64, 32 for the scale of 256 of those, and the layer's mean.
        Assert.AreEqual(4 + 8.0 / 64 + 32.0 / 64 / 256, 8.0 * packed / linear, 0.002);
        Assert.IsGreaterThan(7, 4.0 * linear / packed);
        adapter.Remove();
        Assert.IsTrue(encoder.modules().OfType<Dense>().All(layer => layer.Values.numel() > 0));
    }

    [TestMethod]
    public void A_graph_holds_no_restored_weights_and_its_gradients_are_those_of_whole_ones()
    {
        using var scope = NewDisposeScope();
        using var layer = new Dense(1024, 1024);
        using (no_grad())
        {
            layer.Values.copy_(arange(1024 * 1024, dtype: float32).view(1024, 1024).sin());
            layer.get_parameter("bias")!.fill_(0.5f);
        }

        layer.Values.requires_grad = false;
        var input = arange(8 * 1024, dtype: float32).view(8, 1024).cos().requires_grad_();
        var quantized = new QuantizedBase([layer], new());
        var (expected, gradient) = Pass(layer);
        quantized.Pack();
        var (actual, own) = Pass(layer);
        Close.AreClose(expected, actual, 1e-5 * expected.Max(Math.Abs), "forward");
        Close.AreClose(gradient, own, 1e-5 * gradient.Max(Math.Abs), "backward");

        // A graph of a hundred steps would keep 400 MB.
        var before = ResidentMegabytes();
        var output = input;
        for (var i = 0; i < 100; i++)
            output = layer.forward(output * 0.01f);
        Assert.IsLessThan(before + 100, ResidentMegabytes());
        output.sum().backward();
        Assert.IsLessThan(before + 100, ResidentMegabytes());
        quantized.Unpack();
        quantized.Drop();

        (float[] Output, float[] Gradient) Pass(Dense dense)
        {
            input.grad = null;
            var result = dense.forward(input);
            (result * result).sum().backward();
            return (ReferenceTensors.Values(result), ReferenceTensors.Values(input.grad!));
        }

        static double ResidentMegabytes() => Environment.WorkingSet / 1048576.0;
    }

    [TestMethod]
    public void A_run_goes_on_from_a_checkpoint()
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
            if (p.Step == 2)
                stop.Cancel();
        })));
        using var resumed = new TinyClassifier();
        using var adapter = ModelAdapter.Attach(resumed.Model, Options, resumed.Model.NewModules, seed: 4);
        TrainingLoop.Run(resumed.Job(training));
        CollectionAssert.AreEqual(Logits(whole), Logits(resumed));
    }

    [TestMethod]
    public void Blocks_that_make_no_sense_are_refused()
    {
        using var tiny = new TinyClassifier(examples: 8);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ModelAdapter.Attach(tiny.Model,
            new LoraOptions { BaseQuantization = new() { BlockSize = 48 } })).Message, "QuantizationOptions.BlockSize is 48; a power of two from 32 to 4096 is needed.");
    }

    private static float[] Logits(TinyClassifier tiny, SequenceClassificationModel? model = null)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        model ??= tiny.Model;
        model.eval();
        using var batch = TokenBatch.Create(tiny.Texts, [0, 1, 2, 3], 0, CPU);
        return ReferenceTensors.Values(model.call(batch));
    }
}
