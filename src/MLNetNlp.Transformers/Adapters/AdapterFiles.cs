using MLNetNlp.Transformers.Checkpoints;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>Hugging Face PEFT's files of an adapter alone: <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>, read and written.</summary>
/// <remarks>
/// Names and shapes are PEFT's, so its <c>PeftModel.from_pretrained</c> opens what is written here. The SHA-256 of the base model goes into the weights' metadata,
/// which PEFT passes over, and is checked when the adapter is loaded. BitFit is not known to PEFT: its files have the same form, and open here only.
/// </remarks>
public static class AdapterFiles
{
    /// <summary>The settings' file.</summary>
    public const string ConfigName = "adapter_config.json";

    /// <summary>The weights' file.</summary>
    public const string WeightsName = "adapter_model.safetensors";

    // The last three are the `adapters` package's.
    private static readonly string[] AllNames = [ConfigName, WeightsName, "adapter.safetensors", "head_config.json", "model_head.safetensors"];

    private const string Prefix = "base_model.model.";
    private const string HashKey = "base_sha256";

    /// <summary>Writes an adapter alone, with the head and the biases that trained with it.</summary>
    /// <param name="adapter">An adapter that is attached and switched on, merged or not.</param>
    /// <param name="createFile">Opens a file for writing, by name.</param>
    /// <param name="baseModel">What the base model is called: a folder or hub id. Null: what the adapter was loaded with, or nothing.</param>
    /// <param name="taskType">PEFT's <c>task_type</c>, for example <c>SEQ_CLS</c>. Null: what the adapter was loaded with, or nothing.</param>
    /// <exception cref="InvalidOperationException">The adapter is switched off or removed.</exception>
    public static void Save(ModelAdapter adapter, Func<string, Stream> createFile, string? baseModel = null, string? taskType = null)
    {
        ArgumentNullException.ThrowIfNull(adapter);
        ArgumentNullException.ThrowIfNull(createFile);
        if (!adapter.IsEnabled)
            throw new InvalidOperationException("The adapter is switched off or removed; an adapter that is switched on is needed to save it.");
        using (var stream = createFile(ConfigName))
            AdapterConfig.Write(adapter, baseModel, taskType, stream);
        Dictionary<string, string> metadata = new() { ["format"] = "pt", [HashKey] = BaseModelHash.Compute(adapter) };
        using (var stream = createFile(WeightsName))
            SafetensorsWriter.Write(stream, [.. Tensors(adapter).Select(t => (t.Name, t.Value))], metadata);
    }

    /// <summary>The files of an adapter that lie in a folder, by name; none where there is no adapter.</summary>
    /// <remarks>Which files there are depends on the kind, so that whoever keeps an adapter keeps all of these.</remarks>
    public static IReadOnlyList<string> NamesIn(ModelFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return files.Exists(ConfigName) ? [.. AllNames.Where(files.Exists)] : [];
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
        var (options, source) = AdapterConfig.Read(files);
        using var weights = files.OpenSafetensors(WeightsName);
        var adapter = ModelAdapter.AttachEmpty(module, options);
        try
        {
            adapter.Source = source;
            CheckBase(adapter, weights);
            Fill(adapter, weights);
            return adapter;
        }
        catch
        {
            adapter.Remove();
            adapter.Dispose();
            throw;
        }
    }

    private static void CheckBase(ModelAdapter adapter, SafetensorsFile weights)
    {
        if (!weights.Metadata.TryGetValue(HashKey, out var expected) || BaseModelHash.Compute(adapter) is var actual && actual == expected)
            return;
        throw new InvalidDataException($"'{weights.Name}' was trained on another base model: its weights' SHA-256 is {expected}, this model's {actual}. "
            + "Load the adapter onto the base model that it names.");
    }

    private static void Fill(ModelAdapter adapter, SafetensorsFile weights)
    {
        using var noGradients = no_grad();
        HashSet<string> used = new(StringComparer.Ordinal);
        List<string> missing = [];
        foreach (var (name, target, isCopy) in Tensors(adapter))
        {
            used.Add(name);
            if (isCopy)
                continue;
            if (!weights.Tensors.TryGetValue(name, out var entry))
            {
                missing.Add(name);
                continue;
            }

            if (!entry.Shape.SequenceEqual(target.shape))
            {
                throw new InvalidDataException($"'{weights.Name}': tensor '{name}' has shape [{string.Join(", ", entry.Shape)}], "
                    + $"but '{ConfigName}' and this model need [{string.Join(", ", target.shape)}].");
            }

            SafetensorsTensors.CopyInto(weights, entry, target);
        }

        string[] extra = [.. weights.Tensors.Keys.Where(name => !used.Contains(name)).Order(StringComparer.Ordinal)];
        if (missing.Count > 0)
            throw new InvalidDataException($"'{weights.Name}' lacks {missing.Count} of the adapter's tensors: {Show(missing)}.");
        if (extra.Length > 0)
            throw new InvalidDataException($"'{weights.Name}' has {extra.Length} tensors that are not the adapter's: {Show(extra)}.");
    }

    /// <summary>All that the file holds. Copies: PEFT writes the saved modules' biases three times when all biases train.</summary>
    private static IEnumerable<(string Name, Tensor Value, bool IsCopy)> Tensors(ModelAdapter adapter)
    {
        foreach (var layer in adapter.Layers)
        {
            foreach (var (name, value) in layer.Adapter.Tensors)
                yield return ($"{Prefix}{layer.Name}.{name}", value, false);
        }

        var adapted = adapter.Layers.Select(layer => layer.Name + ".bias").ToHashSet(StringComparer.Ordinal);
        foreach (var (name, parameter) in adapter.TrainedBase)
        {
            yield return (Prefix + (adapted.Contains(name) ? $"{name[..^".bias".Length]}.base_layer.bias" : name), parameter, false);
            if (adapter.Options is not LoraOptions { Bias: AdapterBias.All } || !name.Contains("bias", StringComparison.Ordinal)
                || adapter.SavedPath(name) is not { } module)
                continue;
            yield return ($"{Prefix}{module}.modules_to_save{name[module.Length..]}", parameter, true);
            yield return ($"{Prefix}{module}.original_module{name[module.Length..]}", adapter.BaseValue(name), true);
        }
    }

    private static string Show(IReadOnlyList<string> names) => string.Join(", ", names.Take(8)) + (names.Count > 8 ? ", ..." : "");
}
