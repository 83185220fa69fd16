using System.Text.Json.Nodes;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>Between options of virtual tokens and PEFT's <c>adapter_config.json</c>.</summary>
internal static class VirtualTokenConfig
{
    /// <summary>All fields, as PEFT writes them for a kind.</summary>
    public static JsonObject Defaults(VirtualTokenOptions options)
    {
        var fields = JsonNode.Parse("""
            {"auto_mapping": null, "base_model_name_or_path": null, "inference_mode": true, "modules_to_save": null, "num_attention_heads": 0, "num_layers": 0,
             "num_transformer_submodules": 1, "num_virtual_tokens": 0, "peft_type": "", "peft_version": "", "revision": null, "task_type": null, "token_dim": 0}
            """)!.AsObject();
        string[] own = options switch
        {
            PromptTuningOptions => ["prompt_tuning_init", "prompt_tuning_init_text", "tokenizer_kwargs", "tokenizer_name_or_path"],
            PrefixTuningOptions => ["encoder_hidden_size", "init_weights", "prefix_projection"],
            _ => ["encoder_dropout", "encoder_hidden_size", "encoder_num_layers", "encoder_reparameterization_type"],
        };
        foreach (var name in own)
            fields[name] = null;
        return fields;
    }

    /// <summary>Writes a new adapter's options.</summary>
    public static void Write(ModelAdapter adapter, JsonObject fields)
    {
        var encoder = VirtualTokenOptions.EncoderOf(adapter.Module)!;
        fields["num_attention_heads"] = encoder.Config.AttentionHeadCount;
        fields["num_layers"] = encoder.Config.HiddenLayerCount;
        var size = adapter.Options is PrefixTuningOptions ? encoder.Config.HiddenSize : encoder.EmbeddingSize;
        fields["token_dim"] = size;
        fields["num_virtual_tokens"] = adapter.Options.VirtualTokens;
        switch (adapter.Options)
        {
            case PromptTuningOptions prompt:
                fields["prompt_tuning_init"] = prompt.Initialization == PromptInitialization.Random ? "RANDOM" : "SAMPLE_VOCAB";
                break;
            case PrefixTuningOptions prefix:
                fields["prefix_projection"] = prefix.Projection;
                fields["encoder_hidden_size"] = prefix.ProjectionSize ?? size;
                break;
            case PTuningOptions tuning:
                fields["encoder_reparameterization_type"] = tuning.Encoder == PromptEncoderKind.Lstm ? "LSTM" : "MLP";
                fields["encoder_hidden_size"] = tuning.EncoderSize ?? size;
                fields["encoder_num_layers"] = tuning.EncoderLayers;
                fields["encoder_dropout"] = tuning.EncoderDropout;
                break;
        }
    }

    /// <summary>Reads the options of a kind; null when it is none of these.</summary>
    public static VirtualTokenOptions? TryRead(string? kind, JsonObject fields, string file)
    {
        if (kind is not ("PROMPT_TUNING" or "PREFIX_TUNING" or "P_TUNING"))
            return null;
        if (fields["num_transformer_submodules"]?.GetValue<int>() is { } submodules and not 1)
            throw new NotSupportedException($"'{file}': 'num_transformer_submodules' is {submodules}; 1, of a model that is an encoder alone, is supported.");
        var length = fields["num_virtual_tokens"]?.GetValue<int>() ?? throw new InvalidDataException($"'{file}': 'num_virtual_tokens' is missing.");
        var inner = fields["encoder_hidden_size"]?.GetValue<int>();
        return kind switch
        {
            "PROMPT_TUNING" => new PromptTuningOptions
            {
                Length = length,
                Initialization = fields["prompt_tuning_init"]?.GetValue<string>() == "RANDOM" ? PromptInitialization.Random : PromptInitialization.SampleVocabulary,
            },
            "PREFIX_TUNING" => new PrefixTuningOptions
            {
                Length = length,
                Projection = fields["prefix_projection"]?.GetValue<bool>() ?? false,
                ProjectionSize = inner,
            },
            _ => new PTuningOptions
            {
                Length = length,
                EncoderSize = inner,
                Encoder = fields["encoder_reparameterization_type"]?.GetValue<string>() == "LSTM" ? PromptEncoderKind.Lstm : PromptEncoderKind.Mlp,
                EncoderLayers = fields["encoder_num_layers"]?.GetValue<int>() ?? 2,
                EncoderDropout = fields["encoder_dropout"]?.GetValue<double>() ?? 0,
            },
        };
    }
}
