using System.Text.Json;
using System.Text.Json.Nodes;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Encoders;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>Between options and the <c>adapters</c> package's <c>adapter_config.json</c>. What was read is kept.</summary>
internal static class BottleneckConfig
{
    private const string Version = "adapters.1.3.0";

    // Settings that change what is computed in ways that there is no code for, and the value that leaves it as it is.
    private static readonly (string Name, string Plain)[] Unknown =
        [("use_gating", "false"), ("phm_layer", "false"), ("cross_adapter", "false"), ("stochastic_depth", "0.0"), ("original_ln_after", "true")];

    private static readonly string Defaults = """
        {"adapter_residual_before_ln": false, "cross_adapter": false, "dropout": 0.0, "factorized_phm_W": true, "factorized_phm_rule": false,
         "hypercomplex_nonlinearity": "glorot-uniform", "init_weights": "bert", "init_weights_seed": null, "inv_adapter": null,
         "inv_adapter_reduction_factor": null, "is_parallel": false, "learn_phm": true, "leave_out": [], "ln_after": false, "ln_before": false,
         "mh_adapter": false, "non_linearity": "relu", "original_ln_after": true, "original_ln_before": true, "output_adapter": true, "phm_bias": true,
         "phm_c_init": "normal", "phm_dim": 4, "phm_init_range": 0.0001, "phm_layer": false, "phm_rank": 1, "reduction_factor": 16,
         "residual_before_ln": true, "scaling": 1.0, "shared_W_phm": false, "shared_phm_rule": true, "stochastic_depth": 0.0, "use_gating": false}
        """;

    /// <summary>Reads the options, and the fields as they are.</summary>
    public static (BottleneckOptions Options, JsonObject Source) Read(ModelFiles files)
    {
        var file = files.NameOf(AdapterFiles.ConfigName);
        try
        {
            using var stream = files.OpenRead(AdapterFiles.ConfigName);
            var source = JsonNode.Parse(stream) as JsonObject ?? throw new InvalidDataException($"'{file}' is not a JSON object.");
            var fields = source["config"] as JsonObject ?? throw new InvalidDataException($"'{file}': 'config' is missing.");
            if (fields["reduction_factor"] is null)
                throw new NotSupportedException($"'{file}': 'config' is of no bottleneck adapter, as it has no 'reduction_factor'; others are not supported.");
            var options = Options(fields, file) with { Name = source["name"]?.GetValue<string>() ?? "default" };
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

    /// <summary>Writes the file.</summary>
    public static void Write(ModelAdapter adapter, string? baseModel, Stream stream)
    {
        var fields = adapter.Source?.DeepClone().AsObject() ?? Describe(adapter, Fields((BottleneckOptions)adapter.Options));
        if (baseModel is not null)
            fields["model_name"] = baseModel;
        AdapterConfig.Serialize(fields, stream);
    }

    /// <summary>Writes what goes with the head's weights: of a head that is the model's own there is nothing more to say.</summary>
    public static void WriteHead(ModelAdapter adapter, string? baseModel, Stream stream)
    {
        var fields = Describe(adapter, null);
        fields["name"] = null;
        if (baseModel is not null)
            fields["model_name"] = baseModel;
        AdapterConfig.Serialize(fields, stream);
    }

    private static JsonObject Describe(ModelAdapter adapter, JsonObject? config)
    {
        var encoder = VirtualTokenOptions.EncoderOf(adapter.Module)!.Config;
        return new JsonObject
        {
            ["config"] = config,
            ["hidden_size"] = encoder.HiddenSize,
            ["model_class"] = TextEncoders.ClassName(encoder, "Model"),
            ["model_name"] = "",
            ["model_type"] = encoder.ModelType,
            ["name"] = ((BottleneckOptions)adapter.Options).Name,
            ["version"] = Version,
        };
    }

    private static JsonObject Fields(BottleneckOptions options)
    {
        var fields = JsonNode.Parse(Defaults)!.AsObject();
        fields["dropout"] = options.Dropout;
        fields["init_weights"] = options.IsParallel ? "mam_adapter" : "bert";
        fields["inv_adapter"] = options.Invertible ? "nice" : null;
        fields["inv_adapter_reduction_factor"] = options.Invertible ? options.InvertibleReductionFactor : null;
        fields["is_parallel"] = options.IsParallel;
        fields["leave_out"] = new JsonArray([.. options.LeaveOut.Select(layer => (JsonNode)layer)]);
        fields["ln_after"] = options.OwnNormAfter;
        fields["ln_before"] = options.OwnNormBefore;
        fields["mh_adapter"] = options.AfterAttention;
        fields["non_linearity"] = options.Activation;
        fields["original_ln_before"] = options.NormBefore;
        fields["output_adapter"] = options.AfterFeedForward;
        fields["reduction_factor"] = options.ReductionFactor;
        fields["residual_before_ln"] = options.ResidualBeforeNorm;
        fields["scaling"] = options.LearnsScaling ? "learned" : options.Scaling;
        return fields;
    }

    private static BottleneckOptions Options(JsonObject fields, string file)
    {
        foreach (var (name, plain) in Unknown)
        {
            if (fields[name] is { } value && !JsonNode.DeepEquals(value, JsonNode.Parse(plain)))
                throw new NotSupportedException($"'{file}': '{name}' is {value.ToJsonString()}, which is not supported; {plain} is.");
        }

        var hasOwnNorm = Flag("ln_after", false);
        if (hasOwnNorm && Flag("adapter_residual_before_ln", false))
            throw new NotSupportedException($"'{file}': 'adapter_residual_before_ln' is true, which is not supported with 'ln_after'.");
        foreach (var name in new[] { "reduction_factor", "residual_before_ln" }.Where(name => fields[name] is JsonObject
            || (name == "residual_before_ln" && fields[name]?.GetValueKind() == JsonValueKind.String)))
            throw new NotSupportedException($"'{file}': '{name}' is {fields[name]!.ToJsonString()}, which is not supported.");
        if (fields["inv_adapter"]?.GetValue<string>() is { } coupling and not "nice")
            throw new NotSupportedException($"'{file}': 'inv_adapter' is \"{coupling}\"; \"nice\" is supported.");
        var learns = fields["scaling"]?.GetValueKind() == JsonValueKind.String;
        return new BottleneckOptions
        {
            ReductionFactor = fields["reduction_factor"]!.GetValue<double>(),
            Activation = fields["non_linearity"]?.GetValue<string>() ?? "relu",
            AfterAttention = Flag("mh_adapter", false),
            AfterFeedForward = Flag("output_adapter", true),
            NormBefore = Flag("original_ln_before", false),
            ResidualBeforeNorm = Flag("residual_before_ln", true),
            IsParallel = Flag("is_parallel", false),
            LearnsScaling = learns,
            Scaling = learns ? 1 : fields["scaling"]?.GetValue<float>() ?? 1,
            OwnNormBefore = Flag("ln_before", false),
            OwnNormAfter = hasOwnNorm,
            Dropout = fields["dropout"]?.GetValue<double>() ?? 0,
            LeaveOut = [.. (fields["leave_out"] as JsonArray ?? []).Select(layer => layer!.GetValue<int>())],
            Invertible = fields["inv_adapter"] is not null,
            InvertibleReductionFactor = fields["inv_adapter_reduction_factor"]?.GetValue<double>() ?? 2,
        };

        bool Flag(string name, bool otherwise) => fields[name]?.GetValue<bool>() ?? otherwise;
    }
}
