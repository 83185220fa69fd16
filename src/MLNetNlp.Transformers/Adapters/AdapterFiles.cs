using MLNetNlp.Transformers.Checkpoints;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>Hugging Face PEFT's files of an adapter alone: <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>, read and written.</summary>
/// <remarks>
/// Names and shapes are PEFT's, so its <c>PeftModel.from_pretrained</c> opens what is written here. The SHA-256 of the base model goes into the weights' metadata,
/// which PEFT passes over, and is checked when the adapter is loaded. BitFit is not known to PEFT: its files have the same form, and open here only. Bottleneck
/// adapters have the <c>adapters</c> package's files instead: <c>adapter.safetensors</c>, and <c>model_head.safetensors</c> with the head.
/// </remarks>
public static class AdapterFiles
{
    /// <summary>The settings' file.</summary>
    public const string ConfigName = "adapter_config.json";

    /// <summary>The weights' file.</summary>
    public const string WeightsName = "adapter_model.safetensors";

    private static readonly string[] AllNames = [ConfigName, WeightsName, BottleneckFiles.WeightsName, BottleneckFiles.HeadConfigName, BottleneckFiles.HeadName];

    // PEFT asks whoever loads the base model to quantise it; here the adapter's file says how, for it is only then that it computes what it learned.
    private const string QuantizationKey = "base_quantization";

    /// <summary>Writes an adapter alone, with the head and the biases that trained with it.</summary>
    /// <param name="adapter">An adapter that is attached and switched on, merged or not.</param>
    /// <param name="createFile">Opens a file for writing, by name.</param>
    /// <param name="baseModel">What the base model is called: a folder or hub id. Null: what the adapter was loaded with, or nothing.</param>
    /// <param name="taskType">PEFT's <c>task_type</c>, for example <c>SEQ_CLS</c>. Null: what the adapter was loaded with, or nothing.</param>
    /// <exception cref="InvalidOperationException">The adapter is switched off or removed.</exception>
    /// <exception cref="ObjectDisposedException">The adapter is disposed of.</exception>
    public static void Save(ModelAdapter adapter, Func<string, Stream> createFile, string? baseModel = null, string? taskType = null)
    {
        ArgumentNullException.ThrowIfNull(adapter);
        ArgumentNullException.ThrowIfNull(createFile);
        adapter.CheckUsable();
        if (!adapter.IsEnabled)
            throw new InvalidOperationException("The adapter is switched off or removed; an adapter that is switched on is needed to save it.");
        if (adapter.Options is BottleneckOptions)
        {
            BottleneckFiles.Save(adapter, createFile, baseModel);
            return;
        }

        using (var stream = createFile(ConfigName))
            AdapterConfig.Write(adapter, baseModel, taskType, stream);
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        Dictionary<string, string> metadata = new() { ["format"] = "pt", [AdapterTensors.HashKey] = BaseModelHash.Compute(adapter) };
        if (adapter.Options is LoraOptions { BaseQuantization: { } quantization })
            metadata[QuantizationKey] = AdapterTensors.Describe(quantization);
        using (var stream = createFile(WeightsName))
            SafetensorsWriter.Write(stream, [.. Tensors(adapter).Select(t => (t.Name, t.Value))], metadata);
    }

    /// <summary>The files of an adapter that lie in a folder, by name; none where there is no adapter.</summary>
    /// <remarks>Which files there are depends on the kind, so that whoever keeps an adapter keeps all of these.</remarks>
    public static IReadOnlyList<string> NamesIn(ModelFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        // A head without settings of its own is not the adapter's: SetFit's has the same name.
        return files.Exists(ConfigName)
            ? [.. AllNames.Where(name => files.Exists(name) && (name != BottleneckFiles.HeadName || files.Exists(BottleneckFiles.HeadConfigName)))] : [];
    }

    /// <summary>Attaches a saved adapter to its base model.</summary>
    /// <param name="module">The base model, with the head that the adapter was trained with (its weights are replaced).</param>
    /// <param name="files">The adapter's folder.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">Tensors are missing, extra or of the wrong shape (the message names them), or the base model is another one.</exception>
    /// <exception cref="NotSupportedException">A kind of adapter, or a setting, that there is no code for.</exception>
    /// <exception cref="ArgumentException">The model has no layer of those that the adapter changes.</exception>
    public static ModelAdapter Load(nn.Module module, ModelFiles files)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(files);
        if (files.Exists(BottleneckFiles.WeightsName))
            return BottleneckFiles.Load(module, files);
        var (options, source) = AdapterConfig.Read(files);
        using var weights = files.OpenSafetensors(WeightsName);
        if (options is LoraOptions lora && weights.Metadata.TryGetValue(QuantizationKey, out var quantization))
            options = lora with { BaseQuantization = AdapterTensors.ReadQuantization(quantization, weights.Name) };
        var adapter = ModelAdapter.AttachEmpty(module, options);
        try
        {
            adapter.Source = source;
            AdapterTensors.CheckBase(adapter, weights);
            AdapterTensors.Fill(weights, Tensors(adapter));
            return adapter;
        }
        catch
        {
            adapter.Remove();
            adapter.Dispose();
            throw;
        }
    }

    /// <summary>All that the file holds. Copies: PEFT writes the saved modules' biases three times when all biases train.</summary>
    private static IEnumerable<(string Name, Tensor Value, bool IsCopy)> Tensors(ModelAdapter adapter)
    {
        var prefix = adapter.Options.FilePrefix;
        foreach (var layer in adapter.Layers)
        {
            foreach (var (name, value) in layer.Adapter.Saved)
                yield return ($"{prefix}{layer.Name}.{name}", value, false);
        }

        foreach (var part in adapter.Parts)
        {
            foreach (var (name, value) in part.Module.Tensors)
                yield return (part.FileName + name, value, false);
        }

        var adapted = adapter.Layers.Select(layer => layer.Name + ".bias").ToHashSet(StringComparer.Ordinal);
        foreach (var (name, parameter) in adapter.TrainedBase)
        {
            yield return (prefix + (adapted.Contains(name) ? $"{name[..^".bias".Length]}.base_layer.bias" : name), parameter, false);
            if (adapter.Options is not LoraOptions { Bias: AdapterBias.All } || !name.Contains("bias", StringComparison.Ordinal)
                || adapter.SavedPath(name) is not { } module)
                continue;
            yield return ($"{prefix}{module}.modules_to_save{name[module.Length..]}", parameter, true);
            yield return ($"{prefix}{module}.original_module{name[module.Length..]}", adapter.BaseValue(name), true);
        }
    }
}
