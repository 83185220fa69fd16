using System.Text.Json.Nodes;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>Between AdaLoRA's options and what PEFT's <c>adapter_config.json</c> has for them besides LoRA's fields.</summary>
internal static class AdaLoraConfig
{
    /// <summary>The fields that LoRA does not have.</summary>
    public static void AddDefaults(JsonObject fields)
    {
        var own = JsonNode.Parse("""
            {"beta1": 0.85, "beta2": 0.85, "deltaT": 1, "init_r": 12, "orth_reg_weight": 0.5, "target_r": 8, "tfinal": 0, "tinit": 0, "total_step": null}
            """)!.AsObject();
        foreach (var (name, value) in own)
            fields[name] = value?.DeepClone();
        fields["rank_pattern"] = null;
    }

    /// <summary>Writes a new adapter's options, besides what it has in common with LoRA.</summary>
    public static void Write(ModelAdapter adapter, AdaLoraOptions options, JsonObject fields)
    {
        // LoRA's rank has no meaning here, and PEFT's default.
        fields["r"] = 8;
        fields["init_r"] = options.InitialRank;
        fields["target_r"] = options.TargetRank;
        fields["beta1"] = options.Beta1;
        fields["beta2"] = options.Beta2;
        fields["tinit"] = options.TInit;
        fields["tfinal"] = options.TFinal;
        fields["deltaT"] = options.DeltaT;
        fields["orth_reg_weight"] = options.OrthogonalWeight;
        fields["rank_pattern"] = null;
        // PEFT refuses a schedule without room.
        fields["total_step"] = adapter.Layers.Max(layer => ((AdaLoraLayer)layer.Adapter).TotalSteps) is > 0 and var steps ? steps : options.TInit + options.TFinal + 1;
    }

    /// <summary>Writes which of the first ranks training left, where it took any.</summary>
    public static void WriteRanks(ModelAdapter adapter, JsonObject fields)
    {
        var layers = adapter.Layers.Select(layer => (layer.Name, ((AdaLoraLayer)layer.Adapter).Kept, ((AdaLoraLayer)layer.Adapter).Rank)).ToArray();
        if (layers.All(layer => layer.Kept is null))
            return;
        var before = fields["rank_pattern"] as JsonObject ?? [];
        fields["rank_pattern"] = new JsonObject(layers.Select(layer =>
        {
            // Of an adapter that was loaded, training saw only those that were left then.
            var flags = before.FirstOrDefault(p => LayerOf(p.Key) == layer.Name).Value is { } known
                ? known.AsArray().Select(flag => flag!.GetValue<bool>()).ToArray() : [.. Enumerable.Repeat(true, layer.Rank)];
            var next = 0;
            return KeyValuePair.Create($"{layer.Name}.lora_E", (JsonNode?)new JsonArray([.. flags.Select(flag => (JsonNode)(flag && (layer.Kept?[next++] ?? true)))]));
        }));
    }

    /// <summary>Reads the options; LoRA's fields mean what they mean there.</summary>
    public static AdaLoraOptions Read(JsonObject fields, LoraOptions lora)
    {
        var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, kept) in fields["rank_pattern"] as JsonObject ?? [])
        {
            // "bert.encoder.layer.0.attention.self.query.lora_E.default": which of the first ranks are left.
            ranks[LayerOf(name)] = kept!.AsArray().Count(left => left!.GetValue<bool>());
        }

        return new AdaLoraOptions
        {
            InitialRank = fields["init_r"]?.GetValue<int>() ?? 12,
            TargetRank = fields["target_r"]?.GetValue<int>() ?? 8,
            Beta1 = fields["beta1"]?.GetValue<double>() ?? 0.85,
            Beta2 = fields["beta2"]?.GetValue<double>() ?? 0.85,
            TInit = fields["tinit"]?.GetValue<int>() ?? 0,
            TFinal = fields["tfinal"]?.GetValue<int>() ?? 0,
            DeltaT = fields["deltaT"]?.GetValue<int>() ?? 1,
            OrthogonalWeight = fields["orth_reg_weight"]?.GetValue<double>() ?? 0.5,
            Alpha = lora.Alpha,
            Dropout = lora.Dropout,
            Targets = lora.Targets,
            TargetPattern = lora.TargetPattern,
            ExcludedTargets = lora.ExcludedTargets,
            Layers = lora.Layers,
            Ranks = ranks,
        };
    }

    private static string LayerOf(string name)
    {
        var layer = name.Split(".lora_E")[0];
        return layer.StartsWith("base_model.model.", StringComparison.Ordinal) ? layer["base_model.model.".Length..] : layer;
    }
}
