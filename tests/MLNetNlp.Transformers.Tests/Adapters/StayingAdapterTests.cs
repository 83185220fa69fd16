using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Encoders;
using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Training;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.Adapters;

/// <summary>Adapters that stay on the model: bottlenecks, prompts and prefixes, on every family.</summary>
[TestClass]
public sealed class StayingAdapterTests
{
    private static readonly TrainingOptions Short = new() { MaxSteps = 4, BatchSize = 8, LearningRate = 1e-2, WarmupRatio = 0, Seed = 3 };

    private static readonly AdapterOptions[] Kinds =
    [
        BottleneckOptions.Houlsby with { ReductionFactor = 4 }, BottleneckOptions.Pfeiffer with { ReductionFactor = 4, Invertible = true, OwnNormBefore = true },
        BottleneckOptions.Parallel with { LearnsScaling = true }, new PromptTuningOptions { Length = 3 }, new PrefixTuningOptions { Length = 3 },
        new PrefixTuningOptions { Length = 3, Projection = true, ProjectionSize = 8 }, new PTuningOptions { Length = 3 },
        new PTuningOptions { Length = 3, Encoder = PromptEncoderKind.Lstm, EncoderSize = 8, EncoderDropout = 0.1 },
    ];

    [TestMethod]
    [DynamicData(nameof(TinyCheckpoints.ModelTypes), typeof(TinyCheckpoints))]
    public void Every_family_trains_saves_loads_and_removes_every_kind(string modelType)
    {
        using var files = TinyCheckpoints.Of(modelType);
        // What differs between families: both places of bottlenecks, embeddings in front, keys and values in front. BERT takes all the variants.
        foreach (var options in modelType == "bert" ? Kinds : [Kinds[0], Kinds[3], Kinds[4]])
        {
            using var tiny = new TinyClassifier(files, examples: 8);
            var before = Logits(tiny);
            var weights = tiny.Weights();
            using var adapter = ModelAdapter.Attach(tiny.Model, options, tiny.Model.NewModules, seed: 4);
            var start = tiny.Weights();
            TrainingLoop.Run(tiny.Job(Short));
            var active = Logits(tiny);
            var after = tiny.Weights();
            foreach (var (name, values) in after)
            {
                var isBase = weights.ContainsKey(name) && !tiny.Model.NewModules.Any(head => name.Contains(head, StringComparison.Ordinal));
                if (isBase)
                    CollectionAssert.AreEqual(start[name], values, name);
            }

            // The parameters of all additions moved; a network's do not where ReLU lets nothing through.
            Assert.IsTrue(after.Where(w => !weights.ContainsKey(w.Key)).Any(w => !w.Value.AsSpan().SequenceEqual(start[w.Key])), $"{options}: nothing moved");
            Assert.AreEqual(after.Where(w => !weights.ContainsKey(w.Key)).Sum(w => w.Value.Length)
                + tiny.Model.named_parameters().Where(p => weights.ContainsKey(p.name) && p.parameter.requires_grad).Sum(p => p.parameter.numel()),
                adapter.TrainableParameters);

            using var folder = new TemporaryFolder();
            AdapterFiles.Save(adapter, file => File.Create(Path.Combine(folder.Path, file)), "base", "SEQ_CLS");
            adapter.FinishTraining();
            Close.AreClose(active, Logits(tiny), 1e-6 * Math.Max(1, active.Max(Math.Abs)), $"{options}: finished");
            Assert.IsFalse(tiny.Model.named_parameters().Any(p => p.name.Contains("adapter.encoder.", StringComparison.Ordinal)));
            adapter.Remove();
            CollectionAssert.AreEqual(before, Logits(tiny), $"{options}: removed");

            using var saved = ModelFiles.FromDirectory(folder.Path);
            Assert.HasCount(options is BottleneckOptions ? 4 : 2, AdapterFiles.NamesIn(saved));
            using var fresh = new TinyClassifier(files, examples: 8, seed: 9);
            if (tiny.Model.NewModules.Contains("pooler"))
                continue;
            using var loaded = AdapterFiles.Load(fresh.Model, saved);
            Close.AreClose(active, Logits(fresh), 1e-5 * Math.Max(1, active.Max(Math.Abs)), $"{options}: loaded");
        }
    }

    [TestMethod]
    public void One_seed_makes_one_adapter()
    {
        foreach (var options in Kinds)
        {
            using var first = new TinyClassifier(examples: 8);
            using var second = new TinyClassifier(examples: 8);
            using var a = ModelAdapter.Attach(first.Model, options, seed: 4);
            using var b = ModelAdapter.Attach(second.Model, options, seed: 4);
            CollectionAssert.AreEqual(Logits(first), Logits(second), options.ToString());
            b.Remove();
            using var c = ModelAdapter.Attach(second.Model, options, seed: 5);
            CollectionAssert.AreNotEqual(first.Weights().Where(w => w.Key.Contains("adapter")).SelectMany(w => w.Value).ToArray(),
                second.Weights().Where(w => w.Key.Contains("adapter")).SelectMany(w => w.Value).ToArray());
        }
    }

    [TestMethod]
    public void Token_vectors_are_the_texts_own_and_padding_changes_nothing()
    {
        foreach (var options in Kinds.OfType<VirtualTokenOptions>())
        {
            using var scope = NewDisposeScope();
            using var noGradients = no_grad();
            using var tiny = new TinyClassifier(examples: 8);
            using var adapter = ModelAdapter.Attach(tiny.Model, options, seed: 4);
            using var alone = TokenBatch.Create(tiny.Texts, [0], 0, CPU);
            using var padded = TokenBatch.Create(tiny.Texts, [0, 1, 2, 3, 4, 5], 0, CPU);
            var one = tiny.Model.Encoder.Encode(alone, EncoderFields.HiddenStates | EncoderFields.Attentions);
            var six = tiny.Model.Encoder.Encode(padded, EncoderFields.None).LastHiddenState;
            CollectionAssert.AreEqual(new[] { 1, alone.Length, 32 }, one.LastHiddenState.shape);
            CollectionAssert.AreEqual(new[] { 6, padded.Length, 32 }, six.shape);
            Close.AreClose(ReferenceTensors.Values(one.LastHiddenState), ReferenceTensors.Values(six.narrow(0, 0, 1).narrow(1, 0, alone.Length)), 1e-5, options.ToString());
            Assert.IsTrue(one.HiddenStates!.All(state => state.shape[1] == alone.Length));
            Assert.IsTrue(one.Attentions!.All(attention => attention.shape[3] == alone.Length + 3));
        }
    }

    [TestMethod]
    public void Numbers_that_make_no_sense_are_refused_by_name()
    {
        using var tiny = new TinyClassifier(examples: 8);
        Refused<ArgumentOutOfRangeException>(new PromptTuningOptions { Length = 0 }, "PromptTuningOptions.Length is 0; 1 or more is needed.");
        Refused<ArgumentOutOfRangeException>(new PrefixTuningOptions { Length = 24 }, "PrefixTuningOptions.Length is 24, but the model has 24 positions");
        Refused<ArgumentOutOfRangeException>(new PTuningOptions { EncoderLayers = 0 }, "PTuningOptions.EncoderLayers is 0; 1 or more is needed.");
        Refused<ArgumentOutOfRangeException>(new BottleneckOptions { ReductionFactor = 33 },
            "BottleneckOptions.ReductionFactor is 33, but it divides 32 numbers: nothing is left of them. At most 32 makes sense.");
        Refused<ArgumentOutOfRangeException>(new BottleneckOptions { ReductionFactor = 0 }, "BottleneckOptions.ReductionFactor is 0");
        Refused<ArgumentOutOfRangeException>(BottleneckOptions.Houlsby with { LeaveOut = [2] }, "BottleneckOptions.LeaveOut names layer 2, but the model has layers 0 to 1.");
        Refused<ArgumentException>(BottleneckOptions.Houlsby with { LeaveOut = [0, 1] }, "BottleneckOptions.LeaveOut names all of the model's layers (0 to 1)");
        Refused<ArgumentException>(new BottleneckOptions { Activation = "step" }, "'step' is not supported");
        Refused<ArgumentOutOfRangeException>(new AdaLoraOptions { TargetRank = 13 }, "AdaLoraOptions.TargetRank is 13; a number from 1 to InitialRank, 12, is needed.");
        Refused<ArgumentOutOfRangeException>(new AdaLoraOptions { InitialRank = 33 }, "AdaLoraOptions.InitialRank is 33");
        Assert.IsTrue(tiny.Model.named_parameters().All(p => p.parameter.requires_grad && !p.name.Contains("adapter")));

        void Refused<TError>(AdapterOptions options, string message)
            where TError : Exception => StringAssert.Contains(Assert.ThrowsExactly<TError>(() => ModelAdapter.Attach(tiny.Model, options)).Message, message);
    }

    [TestMethod]
    public void A_text_that_leaves_no_place_for_virtual_tokens_is_refused_by_option()
    {
        using var tiny = new TinyClassifier(examples: 8);
        using var adapter = ModelAdapter.Attach(tiny.Model, new PrefixTuningOptions { Length = 20 });
        using var batch = TokenBatch.Create(tiny.Texts, [0], 0, CPU);
        var error = Assert.ThrowsExactly<ArgumentException>(() => tiny.Model.call(batch));
        StringAssert.Contains(error.Message, "the adapter puts 20 virtual tokens (its option Length) before it, but the model has 24 positions");
        StringAssert.Contains(error.Message, "TokenizationOptions.MaxLength");
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
