using System.Text.Json.Nodes;
using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Encoders;
using MLNetNlp.Transformers.Heads;
using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Losses;
using MLNetNlp.Transformers.Training;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.Adapters;

/// <summary>Adapters that Hugging Face PEFT saved: what they compute here, and what is written again.</summary>
[TestClass]
public sealed class PeftReferenceTests
{
    private static readonly string[] Merging = ["LORA", "IA3", "ADALORA"];
    private static readonly string[] Prompts = ["PROMPT_TUNING", "PREFIX_TUNING", "P_TUNING"];

    public static IEnumerable<object[]> Cases => CasesOf(Merging);

    public static IEnumerable<object[]> PromptCases => CasesOf(Prompts);

    public static IEnumerable<object[]> AllCases => Cases.Concat(PromptCases);

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Outputs_active_merged_and_unmerged_are_PEFTs(string name)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var reference = new ReferenceTensors(Folder("outputs.safetensors"));
        using var model = Base();
        using var batch = reference.Batch("bert.");
        reference.IsClose("bert.base", model.call(batch), 1e-4);

        using var files = ModelFiles.FromDirectory(Folder(name));
        using var adapter = AdapterFiles.Load(model, files);
        var active = model.call(batch);
        reference.IsClose($"{name}.adapter", active, 1e-4);
        var before = ReferenceTensors.Values(active);

        adapter.Merge();
        reference.IsClose($"{name}.merged", model.call(batch), 1e-4);
        Close.AreClose(before, ReferenceTensors.Values(model.call(batch)), 1e-5 * before.Max(Math.Abs), "merging");
        var prefix = $"{name}.merged_weight.";
        foreach (var tensor in reference.Names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)))
            reference.IsClose(tensor, model.get_parameter(tensor[prefix.Length..])!, 1e-5);

        adapter.Unmerge();
        CollectionAssert.AreEqual(before, ReferenceTensors.Values(model.call(batch)));
        adapter.IsEnabled = false;
        reference.IsClose("bert.base", model.call(batch), 1e-4);
        adapter.IsEnabled = true;
        adapter.MergeAndRemove();
        reference.IsClose($"{name}.merged", model.call(batch), 1e-4);
        Assert.IsFalse(model.named_parameters().Any(p => p.name.Contains("adapter") || !p.parameter.requires_grad));
    }

    [TestMethod]
    [DynamicData(nameof(AllCases))]
    public void A_loaded_adapter_is_saved_with_PEFTs_keys_shapes_numbers_and_settings(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Base();
        using var files = ModelFiles.FromDirectory(Folder(name));
        using var adapter = AdapterFiles.Load(model, files);
        using var folder = new TemporaryFolder();
        AdapterFiles.Save(adapter, file => File.Create(Path.Combine(folder.Path, file)));
        Assert.IsTrue(JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(Folder(name, AdapterFiles.ConfigName))),
            JsonNode.Parse(File.ReadAllText(Path.Combine(folder.Path, AdapterFiles.ConfigName)))), "adapter_config.json");
        using var expected = new ReferenceTensors(Folder(name, AdapterFiles.WeightsName));
        using var actual = new ReferenceTensors(Path.Combine(folder.Path, AdapterFiles.WeightsName));
        CollectionAssert.AreEqual(expected.Names.Order().ToArray(), actual.Names.Order().ToArray());
        foreach (var tensor in expected.Names.Where(n => !n.Contains("original_module")))
            expected.IsClose(tensor, actual[tensor], 0);
    }

    [TestMethod]
    [DynamicData(nameof(AllCases))]
    public void Options_alone_write_the_settings_that_PEFT_wrote(string name)
    {
        using var model = Base();
        using var files = ModelFiles.FromDirectory(Folder(name));
        using var loaded = AdapterFiles.Load(model, files);
        loaded.Remove();
        using var adapter = ModelAdapter.Attach(model, loaded.Options);
        using var folder = new TemporaryFolder();
        var expected = JsonNode.Parse(File.ReadAllText(Folder(name, AdapterFiles.ConfigName)))!.AsObject();
        AdapterFiles.Save(adapter, file => File.Create(Path.Combine(folder.Path, file)), "../base_bert", (string?)expected["task_type"]);
        var actual = JsonNode.Parse(File.ReadAllText(Path.Combine(folder.Path, AdapterFiles.ConfigName)))!.AsObject();
        // AdaLoRA's run has not been yet.
        foreach (var (key, value) in expected.Where(field => field.Key is not ("auto_mapping" or "total_step")))
        {
            if (key is "modules_to_save" && value is null)
                Assert.IsNull(actual[key]);
            else if (key is "modules_to_save")
                // PEFT names each twice for prompts.
                CollectionAssert.AreEqual(value!.AsArray().Select(n => (string?)n).Distinct().ToArray(), actual[key]!.AsArray().Select(n => (string?)n).ToArray());
            else
                Assert.IsTrue(JsonNode.DeepEquals(value, actual[key]), $"{key}: {actual[key]} instead of {value}");
        }

        Assert.HasCount(expected.Count, actual);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Gradients_are_PEFTs(string name)
    {
        using var scope = NewDisposeScope();
        using var reference = new ReferenceTensors(Folder("outputs.safetensors"));
        using var model = Base();
        using var files = ModelFiles.FromDirectory(Folder(name));
        using var adapter = AdapterFiles.Load(model, files);
        using var batch = reference.Batch("bert.");
        using var loss = new CrossEntropyLoss();
        loss.Compute(model.call(batch), reference["bert.labels"]).backward();
        var prefix = $"{name}.grad.";
        var parameters = model.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        foreach (var tensor in reference.Names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)))
        {
            // base.query.lora_A.default.weight there is base.query.adapter.lora_A here.
            var parts = tensor[prefix.Length..].Replace(".default.weight", "").Replace(".default", "").Split('.').ToList();
            parts.Insert(parts.Count - 1, "adapter");
            var gradient = parameters[string.Join('.', parts)].grad;
            reference.IsClose(tensor, gradient!, 1e-4 * reference[tensor].abs().max().item<float>() + 1e-9);
        }
    }

    [TestMethod]
    [DynamicData(nameof(PromptCases))]
    public void Prompts_and_prefixes_compute_what_PEFTs_do_and_cannot_be_merged(string name)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var reference = new ReferenceTensors(Folder("outputs.safetensors"));
        using var model = Base();
        using var batch = reference.Batch("bert.");
        using var files = ModelFiles.FromDirectory(Folder(name));
        using var adapter = AdapterFiles.Load(model, files);
        reference.IsClose($"{name}.adapter", model.call(batch), 1e-4);
        Assert.IsFalse(adapter.CanMerge);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(adapter.Merge).Message, adapter.Options.GetType().Name);
        adapter.IsEnabled = false;
        reference.IsClose("bert.base", model.call(batch), 1e-4);
        adapter.IsEnabled = true;
        reference.IsClose($"{name}.adapter", model.call(batch), 1e-4);
        adapter.Remove();
        reference.IsClose("bert.base", model.call(batch), 1e-4);
        Assert.IsFalse(model.named_parameters().Any(p => p.name.Contains("adapter") || !p.parameter.requires_grad));
    }

    [TestMethod]
    [DataRow("bert_p_tuning_lstm")]
    [DataRow("bert_p_tuning_mlp")]
    [DataRow("bert_prefix_tuning_projection")]
    public void Networks_that_make_virtual_tokens_make_PEFTs(string name)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var reference = new ReferenceTensors(Folder("outputs.safetensors"));
        using var stored = new ReferenceTensors(Folder(name, AdapterFiles.WeightsName));
        using var model = Base();
        using var files = ModelFiles.FromDirectory(Folder(name));
        AdapterOptions options;
        using (var loaded = AdapterFiles.Load(model, files))
        {
            options = loaded.Options;
            loaded.Remove();
        }

        using var adapter = ModelAdapter.Attach(model, options);
        var prefix = $"{name}.encoder.";
        var parameters = adapter.Parts[0].Module.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        foreach (var tensor in reference.Names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)))
        {
            // Theirs: embedding.weight, lstm_head.weight_ih_l0_reverse; ours: prompt_embeddings, encoder.lstm_head.l0_reverse.weight_ih.
            var own = tensor[prefix.Length..] is var theirs && theirs == "embedding.weight" ? "prompt_embeddings"
                : "encoder." + System.Text.RegularExpressions.Regex.Replace(theirs, @"lstm_head\.(\w+_[ih]h)_(l\d\w*)", "lstm_head.$2.$1");
            Assert.IsTrue(parameters.Remove(own, out var parameter), own);
            CollectionAssert.AreEqual(reference[tensor].shape, parameter!.shape, own);
            parameter.copy_(reference[tensor]);
        }

        Assert.IsEmpty(parameters);
        using var folder = new TemporaryFolder();
        AdapterFiles.Save(adapter, file => File.Create(Path.Combine(folder.Path, file)));
        using var actual = new ReferenceTensors(Path.Combine(folder.Path, AdapterFiles.WeightsName));
        stored.IsClose("prompt_embeddings", actual["prompt_embeddings"], 1e-5);
    }

    [TestMethod]
    public void Embeddings_of_MiniLM_with_an_adapter_are_PEFTs()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var reference = new ReferenceTensors(TestPaths.Shared("reference", "peft", "minilm.safetensors"));
        using var files = ModelFiles.FromDirectory(TestPaths.Shared("models", "all-MiniLM-L6-v2"));
        var config = ModelConfig.Read(files);
        using var encoder = TextEncoders.Create(config, pooler: true);
        ModuleWeights.Load(encoder, files, WeightLoadingOptions.For(config));
        encoder.eval();
        using var batch = reference.Batch();
        reference.IsClose("base", Mean(encoder, batch), 1e-4);
        using var adapterFiles = ModelFiles.FromDirectory(TestPaths.Shared("reference", "peft", "minilm_lora"));
        using var adapter = AdapterFiles.Load(encoder, adapterFiles);
        reference.IsClose("adapter", Mean(encoder, batch), 1e-4);
        adapter.Merge();
        reference.IsClose("merged", Mean(encoder, batch), 1e-4);
    }

    [TestMethod]
    public void Ten_training_steps_end_in_PEFTs_weights()
    {
        using var scope = NewDisposeScope();
        using var reference = new ReferenceTensors(Folder("outputs.safetensors"));
        var figures = JsonNode.Parse(File.ReadAllText(Folder("train.json")))!;
        using var model = Base();
        using var files = ModelFiles.FromDirectory(Folder("train_start"));
        using var adapter = AdapterFiles.Load(model, files);
        using var loss = new CrossEntropyLoss();
        List<double> losses = [];
        TrainingLoop.Run(new TrainingJob
        {
            Module = model,
            ExampleCount = 10,
            ExampleLength = _ => 9,
            Batches = _ => [.. Enumerable.Range(0, 10).Select(i => new[] { i })],
            Loss = rows =>
            {
                var step = figures["steps"]![rows[0]]!;
                TokenizedTexts texts = new();
                foreach (var row in step["rows"]!.AsArray())
                {
                    texts.Ids.AddRange(row!.AsArray().Select(id => id!.GetValue<int>()));
                    texts.Commit();
                }

                using var batch = TokenBatch.Create(texts, [.. Enumerable.Range(0, texts.Count)], 0, CPU);
                return loss.Compute(model.call(batch), tensor(step["labels"]!.AsArray().Select(label => label!.GetValue<long>()).ToArray()));
            },
            Progress = step => losses.Add(step.Loss),
            Options = new() { MaxEpochs = 1, LearningRate = 5e-3, Schedule = LearningRateSchedule.Constant, WeightDecay = 0.01, MaxGradientNorm = 0, Seed = 1 },
        });
        var expected = figures["loss"]!.AsArray().Select(value => value!.GetValue<double>()).ToArray();
        for (var i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], losses[i], 1e-4, $"loss of step {i}");
        using var end = new ReferenceTensors(Folder("train_end", AdapterFiles.WeightsName));
        using var folder = new TemporaryFolder();
        AdapterFiles.Save(adapter, file => File.Create(Path.Combine(folder.Path, file)));
        using var actual = new ReferenceTensors(Path.Combine(folder.Path, AdapterFiles.WeightsName));
        foreach (var name in end.Names)
            end.IsClose(name, actual[name], 1e-3);
        using var noGradients = no_grad();
        reference.IsClose("train.final_output", model.call(reference.Batch("bert.")), 1e-3);
    }

    private static Tensor Mean(TextEncoder encoder, TokenBatch batch)
    {
        var states = encoder.Encode(batch, EncoderFields.None).LastHiddenState;
        var tokens = batch.AttentionMask.unsqueeze(-1).to(float32);
        return (states * tokens).sum(1) / tokens.sum(1);
    }

    private static IEnumerable<object[]> CasesOf(string[] kinds) => Directory.GetDirectories(Folder(), "bert_*").Select(path => Path.GetFileName(path))
        .Where(name => kinds.Contains((string?)JsonNode.Parse(File.ReadAllText(Folder(name, "adapter_config.json")))!["peft_type"]))
        .Order(StringComparer.Ordinal).Select(name => new object[] { name });

    private static SequenceClassificationModel Base()
    {
        using var files = ModelFiles.FromDirectory(Folder("base_bert"));
        return SequenceClassificationModel.Load(files);
    }

    private static string Folder(params string[] parts) => TestPaths.Fixture(["peft", .. parts]);
}
