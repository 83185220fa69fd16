using MLNetNlp.Transformers.Checkpoints;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>The files of the <c>adapters</c> package: <c>adapter_config.json</c>, <c>adapter.safetensors</c>, and the head's, where one trained, beside them.</summary>
internal static class BottleneckFiles
{
    /// <summary>The adapter's weights.</summary>
    public const string WeightsName = "adapter.safetensors";

    /// <summary>The head's weights.</summary>
    public const string HeadName = "model_head.safetensors";

    /// <summary>What the head is.</summary>
    public const string HeadConfigName = "head_config.json";

    public static void Save(ModelAdapter adapter, Func<string, Stream> createFile, string? baseModel)
    {
        using var noGradients = no_grad();
        Dictionary<string, string> metadata = new() { ["format"] = "pt", [AdapterTensors.HashKey] = BaseModelHash.Compute(adapter) };
        using (var stream = createFile(AdapterFiles.ConfigName))
            BottleneckConfig.Write(adapter, baseModel, stream);
        using (var stream = createFile(WeightsName))
            SafetensorsWriter.Write(stream, [.. Tensors(adapter, "").Select(t => (t.Name, t.Value))], metadata);
        if (adapter.TrainedBase is not { Count: > 0 } head)
            return;
        using (var stream = createFile(HeadConfigName))
            BottleneckConfig.WriteHead(adapter, baseModel, stream);
        using (var stream = createFile(HeadName))
            SafetensorsWriter.Write(stream, [.. head.Select(p => (p.Name, (Tensor)p.Parameter))], new Dictionary<string, string> { ["format"] = "pt" });
    }

    public static ModelAdapter Load(nn.Module module, ModelFiles files)
    {
        var (options, source) = BottleneckConfig.Read(files);
        using var weights = files.OpenSafetensors(WeightsName);
        using var head = files.Exists(HeadName) ? files.OpenSafetensors(HeadName) : null;
        if (head is not null)
            options = options with { ModulesToSave = [.. head.Tensors.Keys.Select(name => name[..Math.Max(0, name.LastIndexOf('.'))]).Distinct()] };
        var adapter = ModelAdapter.AttachEmpty(module, options);
        try
        {
            adapter.Source = source;
            AdapterTensors.CheckBase(adapter, weights);
            // The package puts the encoder's name inside a model with a head in front, or not: both mean the same there.
            var prefix = $"{VirtualTokenOptions.EncoderOf(module)!.FamilyPrefix}.";
            AdapterTensors.Fill(weights, Tensors(adapter, weights.Tensors.Keys.Any(name => name.StartsWith(prefix, StringComparison.Ordinal)) ? prefix : ""));
            if (head is not null)
                AdapterTensors.Fill(head, adapter.TrainedBase.Select(p => (p.Name, (Tensor)p.Parameter, false)));
            return adapter;
        }
        catch
        {
            adapter.Remove();
            adapter.Dispose();
            throw;
        }
    }

    private static IEnumerable<(string Name, Tensor Value, bool IsCopy)> Tensors(ModelAdapter adapter, string prefix) =>
        adapter.Parts.SelectMany(part => part.Module.Tensors.Select(tensor => (prefix + part.FileName + tensor.Name, tensor.Value, false)));
}
