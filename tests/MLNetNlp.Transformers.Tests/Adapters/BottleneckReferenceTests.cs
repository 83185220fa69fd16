using System.Text.Json.Nodes;
using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Encoders;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.Adapters;

/// <summary>Bottleneck adapters of the <c>adapters</c> package: what they compute here, their gradients, and their files.</summary>
[TestClass]
public sealed class BottleneckReferenceTests
{
    private static readonly string[] Names = ["pfeiffer", "houlsby", "houlsby_gelu_ln", "pfeiffer_residual_after", "pfeiffer_leave_out_0", "pfeiffer_inverse", "parallel",
        "parallel_learned_scale"];

    public static IEnumerable<object[]> Cases => Names.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Outputs_and_gradients_are_the_packages(string name)
    {
        using var scope = NewDisposeScope();
        using var reference = new ReferenceTensors(Folder("adapters.safetensors"));
        using var encoder = Base();
        using var batch = reference.Batch();
        var real = batch.AttentionMask.unsqueeze(-1).to(float32);
        IsClose("base.last_hidden_state");

        using var folder = new TemporaryFolder();
        Write(name, reference, folder.Path);
        using var files = ModelFiles.FromDirectory(folder.Path);
        using var adapter = AdapterFiles.Load(encoder, files);
        IsClose($"{name}.last_hidden_state");
        (encoder.Encode(batch, EncoderFields.None).LastHiddenState * reference["grad_output"]).sum().backward();
        var tensors = adapter.Parts.SelectMany(part => part.Module.Tensors.Select(t => (Name: part.FileName + t.Name, t.Value))).ToDictionary(t => t.Name, t => t.Value);
        var gradients = reference.Names.Where(n => n.StartsWith($"{name}.grad.", StringComparison.Ordinal)).ToArray();
        Assert.IsGreaterThan(3, gradients.Length);
        foreach (var tensor in gradients)
            reference.IsClose(tensor, tensors[tensor[$"{name}.grad.".Length..]].grad!, 1e-4 * reference[tensor].abs().max().item<float>() + 1e-7);

        Assert.IsFalse(adapter.CanMerge);
        adapter.IsEnabled = false;
        IsClose("base.last_hidden_state");
        adapter.Remove();
        IsClose("base.last_hidden_state");

        void IsClose(string tensor)
        {
            var actual = encoder.Encode(batch, EncoderFields.None).LastHiddenState;
            Close.AreClose(ReferenceTensors.Values(reference[tensor] * real), ReferenceTensors.Values(actual * real), 1e-4, tensor);
        }
    }

    [TestMethod]
    [DataRow("pfeiffer")]
    [DataRow("houlsby")]
    public void Saved_folders_are_read_and_written_as_they_are(string name)
    {
        using var scope = NewDisposeScope();
        using var encoder = Base();
        using var files = ModelFiles.FromDirectory(Folder($"saved_{name}"));
        using var folder = new TemporaryFolder();
        AdapterOptions options;
        using (var adapter = AdapterFiles.Load(encoder, files))
        {
            AdapterFiles.Save(adapter, file => File.Create(Path.Combine(folder.Path, file)));
            options = adapter.Options;
            adapter.Remove();
        }

        var expectedConfig = JsonNode.Parse(File.ReadAllText(Folder($"saved_{name}", AdapterFiles.ConfigName)));
        Assert.IsTrue(JsonNode.DeepEquals(expectedConfig, ReadConfig()));
        using (var expected = new ReferenceTensors(Folder($"saved_{name}", "adapter.safetensors")))
        using (var actual = new ReferenceTensors(Path.Combine(folder.Path, "adapter.safetensors")))
        {
            CollectionAssert.AreEqual(expected.Names.Order().ToArray(), actual.Names.Order().ToArray());
            foreach (var tensor in expected.Names)
                expected.IsClose(tensor, actual[tensor], 0);
        }

        using var trained = ModelAdapter.Attach(encoder, options);
        AdapterFiles.Save(trained, file => File.Create(Path.Combine(folder.Path, file)));
        Assert.IsTrue(JsonNode.DeepEquals(expectedConfig, ReadConfig()), $"{expectedConfig} / {ReadConfig()}");
        using var again = new ReferenceTensors(Path.Combine(folder.Path, "adapter.safetensors"));
        Assert.AreEqual(name == "houlsby" ? 16 : 8, again.Names.Count());

        JsonNode? ReadConfig() => JsonNode.Parse(File.ReadAllText(Path.Combine(folder.Path, AdapterFiles.ConfigName)));
    }

    [TestMethod]
    public void The_presets_are_the_packages()
    {
        Assert.AreEqual((true, false, "swish"), (BottleneckOptions.Houlsby.AfterAttention, BottleneckOptions.Houlsby.NormBefore, BottleneckOptions.Houlsby.Activation));
        Assert.AreEqual((false, true, "relu"), (BottleneckOptions.Pfeiffer.AfterAttention, BottleneckOptions.Pfeiffer.NormBefore, BottleneckOptions.Pfeiffer.Activation));
        Assert.AreEqual((true, false, 4f), (BottleneckOptions.Parallel.IsParallel, BottleneckOptions.Parallel.NormBefore, BottleneckOptions.Parallel.Scaling));
    }

    /// <summary>A case of the reference as the package would save it.</summary>
    private static void Write(string name, ReferenceTensors reference, string folder)
    {
        var figures = JsonNode.Parse(File.ReadAllText(Folder("adapters.json")))!["cases"]![name]!;
        var config = new JsonObject { ["config"] = figures["config"]!.DeepClone(), ["name"] = name };
        File.WriteAllText(Path.Combine(folder, AdapterFiles.ConfigName), config.ToJsonString());
        using var stream = File.Create(Path.Combine(folder, "adapter.safetensors"));
        var prefix = $"{name}.param.";
        SafetensorsWriter.Write(stream, [.. reference.Names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Select(n => (n[prefix.Length..], reference[n]))]);
    }

    private static TextEncoder Base()
    {
        using var files = ModelFiles.FromDirectory(Folder("base_bert"));
        var config = ModelConfig.Read(files);
        var encoder = TextEncoders.Create(config, pooler: false);
        ModuleWeights.Load(encoder, files, WeightLoadingOptions.For(config));
        encoder.eval();
        return encoder;
    }

    private static string Folder(params string[] parts) => TestPaths.Fixture(["adapters", .. parts]);
}
