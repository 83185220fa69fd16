using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Training;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>Moves weights between modules and checkpoints. A module's names are the checkpoint's, so this is a lookup, not a translation.</summary>
public static class ModuleWeights
{
    /// <summary>The weights' file in a model folder.</summary>
    public const string FileName = "model.safetensors";

    /// <summary>Buffers of constants that older versions of Hugging Face's library saved.</summary>
    private static readonly string[] SavedConstants = ["embeddings.position_ids", "embeddings.token_type_ids", "rotary_emb.inv_freq"];

    /// <summary>Overwrites a module's parameters and persistent buffers with a checkpoint's, converting element types, straight from the mapped file.</summary>
    /// <remarks>
    /// Reads <c>model.safetensors</c>, or the shards of <c>model.safetensors.index.json</c>. LayerNorm's first names (<c>gamma</c>, <c>beta</c>) are known.
    /// Parameters keep their device and element type.
    /// </remarks>
    /// <param name="module">The module to fill. When an error is raised, some of its tensors may have been overwritten already.</param>
    /// <param name="files">The model folder.</param>
    /// <param name="options">How names are matched; null: the defaults, all of the module's tensors must be there.</param>
    /// <exception cref="FileNotFoundException">There are no weights, or only in a format that is not read; the message says how to convert them.</exception>
    /// <exception cref="InvalidDataException">A tensor is missing, or its shape or element type disagrees; the message names the tensor and both
    /// shapes.</exception>
    public static WeightLoadingResult Load(nn.Module module, ModelFiles files, WeightLoadingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(files);
        using var checkpoint = CheckpointTensors.Open(files);
        return Load(module, checkpoint, files, options ?? new WeightLoadingOptions());
    }

    /// <summary>As the public method, from weights that are open already.</summary>
    internal static WeightLoadingResult Load(nn.Module module, CheckpointTensors checkpoint, ModelFiles files, WeightLoadingOptions options)
    {
        HashSet<string> used = new(StringComparer.Ordinal);
        List<string> missing = [];
        List<string> lacking = [];
        foreach (var (name, target) in module.state_dict())
        {
            var found = Candidates(name, options).FirstOrDefault(checkpoint.Tensors.ContainsKey);
            if (found is null)
            {
                (options.Allows(name) ? missing : lacking).Add(name);
                continue;
            }

            used.Add(found);
            var (file, entry) = checkpoint.Tensors[found];
            if (!entry.Shape.SequenceEqual(target.shape) && options.AllowsOtherShape(name))
            {
                missing.Add(name);
                continue;
            }

            CheckMatch(file, entry, target, files);
            SafetensorsTensors.CopyInto(file, entry, target);
        }

        if (lacking.Count > 0)
        {
            throw new InvalidDataException($"The weights in '{files.Description}' lack {lacking.Count} of the model's tensors: " +
                $"{string.Join(", ", lacking.Take(8))}{(lacking.Count > 8 ? ", ..." : "")}. They belong to another architecture or task, or are incomplete.");
        }

        List<string> unexpected = [.. checkpoint.Tensors.Keys.Where(name => !used.Contains(name) && !IsSavedConstant(name)).Order(StringComparer.Ordinal)];
        if (!options.MayHaveMoreLayers)
            CheckLayers(module, unexpected, files);
        return new WeightLoadingResult(missing, unexpected);
    }

    /// <summary>Writes a module's parameters and persistent buffers as a safetensors file that Hugging Face's libraries open.</summary>
    /// <remarks>An adapter that is attached and switched on is merged into what is written, so that the file is always a plain model's.</remarks>
    /// <param name="module">The module, on any device.</param>
    /// <param name="stream">Where to; need not be seekable.</param>
    /// <exception cref="NotSupportedException">A tensor's element type is not in the format.</exception>
    /// <exception cref="InvalidOperationException">An adapter is attached whose kind cannot be merged.</exception>
    public static void Save(nn.Module module, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(module);
        // Nothing is merged for whoever wants the other files of a model only.
        if (ReferenceEquals(stream, Stream.Null))
            return;
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(stream, ModelAdapter.On(module)?.PlainWeights() ?? [.. module.state_dict().Select(tensor => (tensor.Key, tensor.Value))]);
    }

    /// <summary>Under which names a checkpoint can hold a tensor, the likeliest first.</summary>
    private static IEnumerable<string> Candidates(string name, WeightLoadingOptions options)
    {
        var prefix = options.BaseModelPrefix + '.';
        var bare = name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;
        var other = ReferenceEquals(bare, name) ? prefix + name : bare;
        foreach (var candidate in (string[])[name, other, .. options.OtherPrefixes.Select(p => $"{p}.{bare}")])
        {
            yield return candidate;
            if (candidate.EndsWith("LayerNorm.weight", StringComparison.Ordinal))
                yield return $"{candidate[..^"weight".Length]}gamma";
            else if (candidate.EndsWith("LayerNorm.bias", StringComparison.Ordinal))
                yield return $"{candidate[..^"bias".Length]}beta";
        }
    }

    /// <summary>A layer that the module lacks is no head that may be left over: the configuration is another model's.</summary>
    private static void CheckLayers(nn.Module module, List<string> unexpected, ModelFiles files)
    {
        var count = ParameterDepth.LayerCount(module.named_parameters().Select(parameter => parameter.name));
        if (count == 0 || unexpected.Find(name => ParameterDepth.Of(name) is var depth && depth != ParameterDepth.Head && depth >= count) is not { } extra)
            return;
        throw new InvalidDataException($"The weights in '{files.Description}' have tensor '{extra}' of an encoder layer beyond the {count} " +
            $"that '{files.NameOf(ModelConfig.FileName)}' describes: configuration and weights are not of the same model.");
    }

    private static void CheckMatch(SafetensorsFile file, SafetensorsEntry entry, Tensor target, ModelFiles files)
    {
        if (!entry.Shape.SequenceEqual(target.shape))
        {
            throw new InvalidDataException($"'{file.Name}': tensor '{entry.Name}' has shape [{string.Join(", ", entry.Shape)}], " +
                $"but the model that '{files.NameOf(ModelConfig.FileName)}' describes needs [{string.Join(", ", target.shape)}].");
        }

        // Quantised weights have scales elsewhere: their integers are not the weights.
        if (target.dtype is ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float64 && !FloatConversion.CanConvert(entry.DType))
        {
            throw new InvalidDataException(
                $"'{file.Name}': tensor '{entry.Name}' is {entry.DType.FormatName()}, but must be F32, F16, BF16 or F64; " +
                "quantised checkpoints are not supported.");
        }
    }

    private static bool IsSavedConstant(string name) =>
        SavedConstants.Any(constant => name == constant || name.EndsWith("." + constant, StringComparison.Ordinal));
}
