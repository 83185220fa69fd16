using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Heads;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.Adapters;

/// <summary>Weighted combinations of LoRA adapters, beside those that PEFT made.</summary>
[TestClass]
public sealed class CombinedAdapterTests
{
    [TestMethod]
    [DataRow("linear", AdapterCombination.Linear, "b", 0.7, 0.4, null)]
    [DataRow("linear_negative", AdapterCombination.Linear, "b", 1.0, -0.5, null)]
    [DataRow("cat", AdapterCombination.Concatenation, "c", 0.7, 0.4, null)]
    [DataRow("svd", AdapterCombination.Svd, "c", 0.7, 0.4, null)]
    [DataRow("svd_rank2", AdapterCombination.Svd, "b", 0.7, 0.4, 2)]
    public void Combinations_compute_what_PEFTs_do(string name, AdapterCombination combination, string second, double first, double other, int? rank)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var files = Combine(combination, rank, ("a", first), (second, other));
        using var reference = new ReferenceTensors(Folder("outputs.safetensors"));
        using var baseFiles = ModelFiles.FromDirectory(Folder("base_bert"));
        using var model = SequenceClassificationModel.Load(baseFiles);
        using var adapter = AdapterFiles.Load(model, files);
        reference.IsClose($"weighted.{name}.output", model.call(reference.Batch("bert.")), combination == AdapterCombination.Svd ? 1e-3 : 1e-4);

        var query = "bert.encoder.layer.0.attention.self.query.weight";
        var before = model.get_parameter(query)!.clone();
        adapter.Merge();
        reference.IsClose($"weighted.{name}.delta_layer0_query", model.get_parameter(query)! - before, combination == AdapterCombination.Svd ? 1e-3 : 1e-5);
        if (combination == AdapterCombination.Svd)
            return;
        using var expected = new ReferenceTensors(Folder("weighted", name, AdapterFiles.WeightsName));
        using var actual = files.OpenSafetensors(AdapterFiles.WeightsName);
        foreach (var tensor in expected.Names)
            expected.IsClose(tensor, actual.ToTensor(tensor), 1e-6);
    }

    [TestMethod]
    public void Adapters_that_do_not_go_together_are_refused()
    {
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Combine(AdapterCombination.Linear, null, ("a", 1), ("c", 1))).Message,
            "Linear needs one rank; Concatenation and Svd do not");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Combine(AdapterCombination.Svd, null)).Message, "no adapters to combine");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Combine(AdapterCombination.Svd, 0, ("a", 1)));
        using var dora = ModelFiles.FromDirectory(Folder("bert_lora_dora"));
        StringAssert.Contains(Assert.ThrowsExactly<NotSupportedException>(() =>
            CombinedAdapter.Write([(dora, 1)], AdapterCombination.Concatenation, _ => new MemoryStream())).Message, "only plain LoRA adapters are combined");
    }

    private static ModelFiles Combine(AdapterCombination combination, int? rank, params (string Name, double Weight)[] adapters)
    {
        (ModelFiles Files, double Weight)[] sources = [.. adapters.Select(a => (ModelFiles.FromDirectory(Folder("weighted", a.Name)), a.Weight))];
        Dictionary<string, MemoryStream> streams = [];
        CombinedAdapter.Write(sources, combination, file => streams[file] = new MemoryStream(), rank);
        Array.ForEach(sources, source => source.Files.Dispose());
        return ModelFiles.FromMemory(streams.ToDictionary(s => s.Key, s => s.Value.ToArray()), "combined");
    }

    private static string Folder(params string[] parts) => TestPaths.Fixture(["peft", .. parts]);
}
