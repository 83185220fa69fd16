using System.Text.Json;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp;

/// <summary>What is known of a trained adapter from its files; neither its base model nor its weights are loaded.</summary>
public sealed record AdapterDescription
{
    /// <summary>The kind, as Hugging Face PEFT calls it: LORA, IA3, PREFIX_TUNING.</summary>
    public required string Kind { get; init; }

    /// <summary>What the adapter calls its base model: "Mini", a folder, or a hub id; null where it says nothing.</summary>
    public string? BaseModel { get; init; }

    /// <summary>The hub's commit of the base model; null elsewhere.</summary>
    public string? BaseRevision { get; init; }

    /// <summary>SHA-256 of the base model's weights; null where the files do not say it (those of PEFT itself).</summary>
    public string? BaseSha256 { get; init; }

    /// <summary>What the model zip holds; null for a folder of an adapter's files.</summary>
    public AdapterStorage? Storage { get; init; }

    /// <summary>What was trained, head included: name and shape of each tensor, by name.</summary>
    public required IReadOnlyList<(string Name, IReadOnlyList<long> Shape)> Parameters { get; init; }

    /// <summary>Numbers in all of <see cref="Parameters"/>.</summary>
    public long ParameterCount => Parameters.Sum(p => p.Shape.Aggregate(1L, (product, size) => product * size));

    /// <summary>Size of the adapter's files in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The settings, as <c>adapter_config.json</c> has them.</summary>
    public required string Configuration { get; init; }

    /// <summary>Reads an adapter's files, alone or among those of a model in a zip.</summary>
    /// <returns>Null where there is no adapter.</returns>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static AdapterDescription? TryRead(ModelFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var names = AdapterFiles.NamesIn(files);
        if (names.Count == 0)
            return null;
        var reference = BaseModelReference.TryRead(files);
        var bytes = files.ReadAllBytes(AdapterFiles.ConfigName);
        var (kind, baseModel) = ReadConfig(bytes);
        List<(string, IReadOnlyList<long>)> parameters = [];
        string? hash = null;
        foreach (var name in names.Where(name => name.EndsWith(".safetensors", StringComparison.Ordinal)))
        {
            using var weights = files.OpenSafetensors(name);
            parameters.AddRange(weights.Tensors.Values.Select(tensor => (tensor.Name, tensor.Shape)));
            hash = weights.Metadata.GetValueOrDefault(AdapterTensors.HashKey, hash!);
        }

        return new AdapterDescription
        {
            Kind = kind,
            BaseModel = reference?.Name ?? baseModel,
            BaseRevision = reference?.Revision,
            BaseSha256 = hash,
            Storage = reference?.Storage,
            Parameters = [.. parameters.OrderBy(p => p.Item1, StringComparer.Ordinal)],
            Bytes = names.Sum(name => (long)files.ReadAllBytes(name).Length),
            Configuration = System.Text.Encoding.UTF8.GetString(bytes),
        };
    }

    private static (string Kind, string? BaseModel) ReadConfig(byte[] bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            return (Text(json.RootElement, "peft_type") ?? Text(json.RootElement, "architecture") ?? "unknown", Text(json.RootElement, "base_model_name_or_path"));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{AdapterFiles.ConfigName}' cannot be read: {e.Message}", e);
        }
    }

    private static string? Text(JsonElement fields, string name) => fields.ValueKind == JsonValueKind.Object && fields.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
