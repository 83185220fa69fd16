using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>Between options and PEFT's <c>adapter_config.json</c>. What was read is kept, so that what is written again lacks nothing.</summary>
internal static class AdapterConfig
{
    /// <summary>The version of PEFT whose files these are.</summary>
    private const string PeftVersion = "0.21.2";

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Settings that change what a LoRA adapter computes, or which weights it changes, in ways that there is no code for.
    private static readonly string[] UnknownSwitches = ["fan_in_fan_out", "lora_bias", "use_qalora", "use_bdlora"];

    private static readonly string[] UnknownSettings =
        ["layer_replication", "trainable_token_indices", "target_parameters", "alora_invocation_tokens", "arrow_config", "megatron_config", "kasa_config",
            "monteclora_config", "velora_config"];

    private static readonly string LoraDefaults = """
        {"alora_invocation_tokens": null, "alpha_pattern": {}, "arrow_config": null, "auto_mapping": null, "base_model_name_or_path": null, "bias": "none",
         "corda_config": null, "ensure_weight_tying": false, "eva_config": null, "exclude_modules": null, "fan_in_fan_out": false, "inference_mode": true,
         "init_lora_weights": true, "kasa_config": null, "layer_replication": null, "layers_pattern": null, "layers_to_transform": null, "loftq_config": {},
         "lora_alpha": 8, "lora_bias": false, "lora_dropout": 0.0, "lora_ga_config": null, "megatron_config": null, "megatron_core": "megatron.core",
         "modules_to_save": null, "monteclora_config": null, "peft_type": "LORA", "peft_version": "", "qalora_group_size": 16, "r": 8, "rank_pattern": {},
         "revision": null, "target_modules": null, "target_parameters": null, "task_type": null, "trainable_token_indices": null, "use_bdlora": null,
         "use_dora": false, "use_qalora": false, "use_rslora": false, "velora_config": null}
        """;

    private static readonly string OtherDefaults = """
        {"auto_mapping": null, "base_model_name_or_path": null, "exclude_modules": null, "fan_in_fan_out": false, "feedforward_modules": null,
         "inference_mode": true, "init_ia3_weights": true, "modules_to_save": null, "peft_type": "IA3", "peft_version": "", "revision": null,
         "target_modules": null, "task_type": null}
        """;

    /// <summary>Reads the options, and the fields as they are.</summary>
    public static (AdapterOptions Options, JsonObject Source) Read(ModelFiles files)
    {
        var file = files.NameOf(AdapterFiles.ConfigName);
        try
        {
            using var stream = files.OpenRead(AdapterFiles.ConfigName);
            var source = JsonNode.Parse(stream) as JsonObject ?? throw new InvalidDataException($"'{file}' is not a JSON object.");
            AdapterOptions options = Text(source, "peft_type") switch
            {
                "LORA" => Lora(source, file),
                "IA3" => Ia3(source, file),
                "ADALORA" => AdaLoraConfig.Read(source, Lora(source, file)),
                "BITFIT" => new BitFitOptions(),
                var other => VirtualTokenConfig.TryRead(other, source, file) ?? throw new NotSupportedException(
                    $"'{file}': 'peft_type' is \"{other}\"; LORA, ADALORA, IA3, BITFIT, PROMPT_TUNING, PREFIX_TUNING and P_TUNING are supported."),
            };
            string[] head = Text(source, "task_type") is "SEQ_CLS" or "TOKEN_CLS" ? ["classifier", "score"] : [];
            options = options with { ModulesToSave = [.. Names(source["modules_to_save"]).Union(head)] };
            options.Validate();
            return (options, source);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new InvalidDataException($"'{file}' cannot be read: {e.Message}", e);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"'{file}': {e.Message}", e);
        }
    }

    /// <summary>Writes the file, its fields in order, as PEFT does.</summary>
    public static void Write(ModelAdapter adapter, string? baseModel, string? taskType, Stream stream)
    {
        var fields = Defaults(adapter.Options);
        foreach (var (name, value) in adapter.Source ?? [])
            fields[name] = value?.DeepClone();
        fields["peft_type"] = adapter.Options.PeftType;
        if (baseModel is not null)
            fields["base_model_name_or_path"] = baseModel;
        if (taskType is not null)
            fields["task_type"] = taskType;
        if (adapter.Source is null)
        {
            fields["peft_version"] = PeftVersion;
            IEnumerable<string> head = taskType is "SEQ_CLS" or "TOKEN_CLS" ? ["classifier", "score"] : [];
            fields["modules_to_save"] = adapter.SavedModules.Union(head).ToArray() is { Length: > 0 } saved ? List(saved) : null;
            if (adapter.Options is LoraOptions lora)
                Write(lora, adapter.LayerNames, fields);
            else if (adapter.Options is Ia3Options ia3)
                Write(ia3, adapter.LayerNames, fields);
            else if (adapter.Options is AdaLoraOptions ada)
            {
                Write(ada.AsLora, adapter.LayerNames, fields);
                AdaLoraConfig.Write(adapter, ada, fields);
            }
            else if (adapter.Options is VirtualTokenOptions)
                VirtualTokenConfig.Write(adapter, fields);
            else
                Array.ForEach(["feedforward_modules", "init_ia3_weights", "target_modules", "exclude_modules", "fan_in_fan_out"], name => fields.Remove(name));
        }

        if (adapter.Options is AdaLoraOptions)
            AdaLoraConfig.WriteRanks(adapter, fields);
        WriteOrdered(fields, stream);
    }

    /// <summary>Writes JSON as Python does: indented, and without escapes that are not needed.</summary>
    public static void Serialize(JsonObject fields, Stream stream) => JsonSerializer.Serialize(stream, fields, Layout);

    private static JsonObject Defaults(AdapterOptions options)
    {
        if (options is VirtualTokenOptions virtualTokens)
            return VirtualTokenConfig.Defaults(virtualTokens);
        var fields = JsonNode.Parse(options is LoraOptions or AdaLoraOptions ? LoraDefaults : OtherDefaults)!.AsObject();
        if (options is AdaLoraOptions)
            AdaLoraConfig.AddDefaults(fields);
        return fields;
    }

    /// <summary>Writes the file of a combination of LoRA adapters, whose scales are in the matrices already.</summary>
    /// <param name="first">The fields of the first of them.</param>
    /// <param name="ranks">The rank at each layer.</param>
    /// <param name="layers">The layers' names.</param>
    /// <param name="stream">Where to.</param>
    public static void WriteCombined(JsonObject first, IReadOnlyList<int> ranks, IReadOnlyList<string> layers, Stream stream)
    {
        var fields = first.DeepClone().AsObject();
        var rank = ranks.GroupBy(r => r).MaxBy(g => g.Count())!.Key;
        fields["r"] = rank;
        fields["lora_alpha"] = rank;
        fields["use_rslora"] = false;
        fields["task_type"] = null;
        fields["modules_to_save"] = null;
        var others = layers.Zip(ranks).Where(l => l.Second != rank).ToArray();
        fields["rank_pattern"] = new JsonObject(others.Select(l => KeyValuePair.Create(l.First, (JsonNode?)l.Second)));
        fields["alpha_pattern"] = new JsonObject(others.Select(l => KeyValuePair.Create(l.First, (JsonNode?)l.Second)));
        WriteOrdered(fields, stream);
    }

    private static void WriteOrdered(JsonObject fields, Stream stream) =>
        Serialize(new JsonObject(fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(f => KeyValuePair.Create(f.Key, f.Value?.DeepClone()))), stream);

    private static void Write(LoraOptions options, IReadOnlyList<string> layers, JsonObject fields)
    {
        fields["r"] = options.Rank;
        fields["lora_alpha"] = Number(options.Alpha);
        fields["lora_dropout"] = options.Dropout;
        fields["bias"] = options.Bias switch { AdapterBias.All => "all", AdapterBias.LoraOnly => "lora_only", _ => "none" };
        fields["use_rslora"] = options.RankStabilized;
        fields["use_dora"] = options.Dora;
        fields["init_lora_weights"] = options.Initialization == LoraInitialization.Gaussian ? "gaussian" : true;
        fields["target_modules"] = options.TargetPattern is { } pattern ? pattern : List(options.LayerTargets.Resolve(layers));
        fields["exclude_modules"] = options.ExcludedTargets.Count > 0 ? List(options.ExcludedTargets) : null;
        // "all-linear" was written as the layers that it stood for, those of other numbers not among them.
        fields["layers_to_transform"] = options.Layers.Count > 0 ? new JsonArray([.. options.Layers.Select(layer => (JsonNode)layer)]) : null;
        fields["rank_pattern"] = new JsonObject(options.RankPattern.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));
        fields["alpha_pattern"] = new JsonObject(options.AlphaPattern.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Number(p.Value))));
    }

    private static void Write(Ia3Options options, IReadOnlyList<string> layers, JsonObject fields)
    {
        fields["target_modules"] = options.TargetPattern is { } pattern ? pattern : List(options.LayerTargets.Resolve(layers));
        fields["feedforward_modules"] = List(options.FeedForwardTargets
            ?? [.. options.LayerTargets.Resolve(layers).Where(name => layers.Any(layer => layer.EndsWith(name, StringComparison.Ordinal) && options.IsFeedForward(layer)))]);
        fields["exclude_modules"] = options.ExcludedTargets.Count > 0 ? List(options.ExcludedTargets) : null;
    }

    private static LoraOptions Lora(JsonObject fields, string file)
    {
        foreach (var name in UnknownSwitches.Where(name => fields[name] is JsonValue value && value.GetValueKind() == JsonValueKind.True))
            throw new NotSupportedException($"'{file}': '{name}' is true, which is not supported.");
        foreach (var name in UnknownSettings.Where(name => fields[name] is JsonObject { Count: > 0 } or JsonArray { Count: > 0 }))
            throw new NotSupportedException($"'{file}': '{name}' is set, which is not supported.");
        // These begin with other base weights than the model's: the adapter fits nothing else.
        if (fields["init_lora_weights"] is JsonValue start && start.GetValueKind() == JsonValueKind.String
            && start.GetValue<string>() is var how and not ("gaussian" or "eva" or "orthogonal"))
            throw new NotSupportedException($"'{file}': 'init_lora_weights' is \"{how}\", which changes the base model's weights and is not supported.");
        var (targets, pattern) = Targets(fields["target_modules"]);
        return new LoraOptions
        {
            Rank = fields["r"]?.GetValue<int>() ?? 8,
            Alpha = fields["lora_alpha"]?.GetValue<float>() ?? 8,
            Dropout = fields["lora_dropout"]?.GetValue<double>() ?? 0,
            Targets = targets,
            TargetPattern = pattern,
            ExcludedTargets = [.. Names(fields["exclude_modules"])],
            Layers = fields["layers_to_transform"] switch
            {
                null => [],
                JsonArray list => [.. list.Select(item => item!.GetValue<int>())],
                var one => [one.GetValue<int>()],
            },
            RankPattern = Text(fields, "peft_type") == "LORA" ? Pattern<int>(fields["rank_pattern"]) : [],
            AlphaPattern = Pattern<float>(fields["alpha_pattern"]),
            Bias = Text(fields, "bias") switch
            {
                null or "none" => AdapterBias.None,
                "all" => AdapterBias.All,
                "lora_only" => AdapterBias.LoraOnly,
                var other => throw new InvalidDataException($"'{file}': 'bias' is \"{other}\"; none, all or lora_only is needed."),
            },
            RankStabilized = fields["use_rslora"]?.GetValue<bool>() ?? false,
            Dora = fields["use_dora"]?.GetValue<bool>() ?? false,
            Initialization = Text(fields, "init_lora_weights") == "gaussian" ? LoraInitialization.Gaussian : LoraInitialization.Default,
        };
    }

    private static Ia3Options Ia3(JsonObject fields, string file)
    {
        if (fields["fan_in_fan_out"]?.GetValue<bool>() ?? false)
            throw new NotSupportedException($"'{file}': 'fan_in_fan_out' is true, which is not supported.");
        var (targets, pattern) = Targets(fields["target_modules"]);
        return new Ia3Options
        {
            Targets = targets,
            TargetPattern = pattern,
            FeedForwardTargets = [.. Names(fields["feedforward_modules"])],
            ExcludedTargets = [.. Names(fields["exclude_modules"])],
        };
    }

    private static (IReadOnlyList<string>? Names, string? Pattern) Targets(JsonNode? node) => node switch
    {
        null => (null, null),
        JsonArray => ([.. Names(node)], null),
        _ => node.GetValue<string>() is LoraOptions.AllLinear ? ([LoraOptions.AllLinear], null) : (null, node.GetValue<string>()),
    };

    private static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        null => [],
        JsonArray list => list.Select(item => item!.GetValue<string>()),
        _ => [node.GetValue<string>()],
    };

    private static Dictionary<string, T> Pattern<T>(JsonNode? node) =>
        node is JsonObject pairs ? pairs.ToDictionary(p => p.Key, p => p.Value!.GetValue<T>(), StringComparer.Ordinal) : [];

    private static string? Text(JsonObject fields, string name) =>
        fields[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static JsonArray List(IEnumerable<string> names) => new([.. names.Order(StringComparer.Ordinal).Select(name => (JsonNode)name)]);

    private static JsonNode Number(float value) => float.IsInteger(value) ? (JsonNode)(long)value : value;
}
