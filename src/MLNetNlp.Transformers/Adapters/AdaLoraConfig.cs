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

    /// <summary>Reads the options; LoRA's fields mean what they mean there.</summary>
    public static AdaLoraOptions Read(JsonObject fields, LoraOptions lora)
    {
        var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, kept) in fields["rank_pattern"] as JsonObject ?? [])
        {
            // "bert.encoder.layer.0.attention.self.query.lora_E.default": which of the first ranks are left.
            var layer = name.Split(".lora_E")[0];
            ranks[layer.StartsWith("base_model.model.", StringComparison.Ordinal) ? layer["base_model.model.".Length..] : layer] =
                kept!.AsArray().Count(left => left!.GetValue<bool>());
        }

        return new AdaLoraOptions
        {
            InitialRank = fields["init_r"]?.GetValue<int>() ?? 12,
            Alpha = lora.Alpha,
            Targets = lora.Targets,
            TargetPattern = lora.TargetPattern,
            ExcludedTargets = lora.ExcludedTargets,
            Layers = lora.Layers,
            Ranks = ranks,
        };
    }
}
