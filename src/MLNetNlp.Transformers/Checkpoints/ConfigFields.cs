using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>The fields of a <c>config.json</c>; every error names the file and the field.</summary>
internal sealed class ConfigFields
{
    private readonly string _name;

    private ConfigFields(JsonElement root, string name) => (Root, _name) = (root, name);

    public JsonElement Root { get; }

    public static ConfigFields Parse(Stream stream, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(stream);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new ConfigFields(document.RootElement.Clone(), name)
                : throw new InvalidDataException($"'{name}' must hold a JSON object, but holds {Describe(document.RootElement)}.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{name}' is not valid JSON: {e.Message}", e);
        }
    }

    /// <summary>The family, from <c>model_type</c>, or in old files without one, from the saved class ("BertForMaskedLM").</summary>
    public string ModelType()
    {
        if (String("model_type") is { Length: > 0 } type)
            return type;
        return Strings("architectures") is [['B', 'e', 'r', 't', ..], ..]
            ? "bert"
            : throw new InvalidDataException($"'{_name}' has no field 'model_type', which says what architecture the model has (for example \"bert\").");
    }

    /// <summary>A positive whole number.</summary>
    public int Count(string field, int? missing = null)
    {
        if (!TryGet(field, out var value))
            return missing ?? throw new InvalidDataException($"'{_name}' has no field '{field}'.");
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count > 0
            ? count
            : throw Wrong(field, value, $"a whole number from 1 to {int.MaxValue}");
    }

    /// <summary>A token's id; the default when the field is absent, null when it is null.</summary>
    public int? Id(string field, int missing)
    {
        if (!Root.TryGetProperty(field, out var value))
            return missing;
        if (value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var id) && id >= 0
            ? id : throw Wrong(field, value, "a token's id, 0 or more, or null");
    }

    public double? Probability(string field)
    {
        if (!TryGet(field, out var value))
            return null;
        return value.ValueKind == JsonValueKind.Number && value.GetDouble() is >= 0 and < 1 and var number
            ? number : throw Wrong(field, value, "a probability from 0 to below 1");
    }

    /// <summary>A number that is positive and finite.</summary>
    public double? Number(string field)
    {
        if (!TryGet(field, out var value))
            return null;
        return value.ValueKind == JsonValueKind.Number && value.GetDouble() is > 0 and < double.PositiveInfinity and var number
            ? number
            : throw Wrong(field, value, "a number above 0");
    }

    public string? String(string field)
    {
        if (!TryGet(field, out var value))
            return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(field, value, "a string");
    }

    public IReadOnlyList<string> Strings(string field)
    {
        if (!TryGet(field, out var value))
            return [];
        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(v => v.GetString()!)]
            : throw Wrong(field, value, "a list of strings");
    }

    /// <summary>The class names: <c>id2label</c>, whose keys must be 0 to n-1, or "LABEL_i" for each of <c>num_labels</c>.</summary>
    public IReadOnlyList<string>? Labels()
    {
        if (!TryGet("id2label", out var map))
            return TryGet("num_labels", out _) ? [.. Enumerable.Range(0, Count("num_labels")).Select(i => $"LABEL_{i}")] : null;
        if (map.ValueKind != JsonValueKind.Object)
            throw Wrong("id2label", map, "an object from class numbers to names");
        SortedDictionary<int, string> labels = [];
        foreach (var (key, value) in map.EnumerateObject().Select(p => (p.Name, p.Value)))
        {
            if (!int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                throw new InvalidDataException($"'{_name}': field 'id2label' has the key '{key}', but its keys must be class numbers from 0 up.");
            labels[id] = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        }

        if (labels.Count > 0 && labels.Keys.Last() != labels.Count - 1)
            throw new InvalidDataException($"'{_name}': field 'id2label' has {labels.Count} names, but its highest class number is {labels.Keys.Last()}; " +
                "numbers must run from 0 without gaps.");
        return labels.Count == 0 ? null : [.. labels.Values];
    }

    /// <summary>Checks fields against each other, and refuses options that would change what the model computes.</summary>
    public void CheckTogether(ModelConfig config)
    {
        if (config.HiddenSize % config.AttentionHeadCount != 0)
        {
            throw new InvalidDataException(
                $"'{_name}': 'hidden_size' is {config.HiddenSize}, but must be divisible by 'num_attention_heads', which is {config.AttentionHeadCount}.");
        }

        if (config.PaddingTokenId >= config.VocabularySize)
            throw new InvalidDataException($"'{_name}': 'pad_token_id' is {config.PaddingTokenId}, " +
                $"but must be below 'vocab_size', which is {config.VocabularySize}.");
        if (String("position_embedding_type") is { } positions and not "absolute")
            throw new NotSupportedException($"'{_name}': 'position_embedding_type' is \"{positions}\"; only \"absolute\" is supported.");
        if (TryGet("is_decoder", out var decoder) && decoder.ValueKind == JsonValueKind.True)
            throw new NotSupportedException($"'{_name}': 'is_decoder' is true; {config.ModelType} is supported as an encoder only.");
    }

    public static void Write(ModelConfig config, Stream stream)
    {
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var values = Values(config);
        var dtypeField = config.Raw.TryGetProperty("torch_dtype", out _) && !config.Raw.TryGetProperty("dtype", out _) ? "torch_dtype" : "dtype";
        values[dtypeField] = config.DType;
        writer.WriteStartObject();
        HashSet<string> written = [];
        foreach (var field in config.Raw.EnumerateObject())
        {
            // Raw may have a field twice; the last one counted when it was read.
            if (!written.Add(field.Name) || field.NameEquals("num_labels"))
                continue;
            writer.WritePropertyName(field.Name);
            if (values.Remove(field.Name, out var value))
                WriteValue(writer, value, config.Raw.GetProperty(field.Name));
            else
                config.Raw.GetProperty(field.Name).WriteTo(writer);
        }

        foreach (var (name, value) in values.Where(v => v.Value is not null))
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value, null);
        }

        writer.WriteEndObject();
    }

    private static Dictionary<string, object?> Values(ModelConfig config) => new()
    {
        ["architectures"] = config.Architectures.Count > 0 ? config.Architectures : null,
        ["model_type"] = config.ModelType,
        ["vocab_size"] = config.VocabularySize,
        ["hidden_size"] = config.HiddenSize,
        ["num_hidden_layers"] = config.HiddenLayerCount,
        ["num_attention_heads"] = config.AttentionHeadCount,
        ["intermediate_size"] = config.IntermediateSize,
        ["max_position_embeddings"] = config.MaxPositionEmbeddings,
        ["type_vocab_size"] = config.TypeVocabularySize,
        ["hidden_act"] = config.HiddenActivation,
        ["hidden_dropout_prob"] = config.HiddenDropout,
        ["attention_probs_dropout_prob"] = config.AttentionDropout,
        ["classifier_dropout"] = config.ClassifierDropout,
        ["layer_norm_eps"] = config.LayerNormEpsilon,
        ["initializer_range"] = config.InitializerRange,
        ["pad_token_id"] = config.PaddingTokenId,
        ["problem_type"] = config.ProblemType,
        ["id2label"] = config.Id2Label?.Select((label, i) => (Key: i.ToString(CultureInfo.InvariantCulture), Value: (object)label)).ToList(),
        ["label2id"] = config.Id2Label?.Select((label, i) => (Key: label, Value: (object)i)).DistinctBy(p => p.Key).ToList(),
    };

    private static void WriteValue(Utf8JsonWriter writer, object? value, JsonElement? raw)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case double number when raw is { ValueKind: JsonValueKind.Number } same && same.GetDouble() == number:
                same.WriteTo(writer); // as it was spelt
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case IEnumerable<string> items:
                writer.WriteStartArray();
                foreach (var item in items)
                    writer.WriteStringValue(item);
                writer.WriteEndArray();
                break;
            case IEnumerable<(string Key, object Value)> map:
                writer.WriteStartObject();
                foreach (var (key, item) in map)
                {
                    writer.WritePropertyName(key);
                    WriteValue(writer, item, null);
                }

                writer.WriteEndObject();
                break;
            default:
                throw new ArgumentException($"No JSON for {value.GetType()}.", nameof(value));
        }
    }

    /// <summary>Null counts as absent, as in Hugging Face's configurations.</summary>
    private bool TryGet(string field, out JsonElement value) => Root.TryGetProperty(field, out value) && value.ValueKind != JsonValueKind.Null;

    private InvalidDataException Wrong(string field, JsonElement value, string needed) =>
        new($"'{_name}': field '{field}' is {Describe(value)}, but must be {needed}.");

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"the string \"{value.GetString()}\"",
        _ => value.GetRawText(),
    };
}
