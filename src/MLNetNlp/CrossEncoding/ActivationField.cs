using System.Text.Json;
using System.Text.Json.Nodes;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp;

/// <summary>The fields in which sentence-transformers keeps a cross-encoder's activation in <c>config.json</c>.</summary>
internal static class ActivationField
{
    private const string Section = "sentence_transformers";
    private const string Field = "activation_fn";
    private const string OldField = "sbert_ce_default_activation_function";

    /// <summary>
    /// The activation that the checkpoint names; where it names none, the logit itself for a regression of transformers and the sigmoid for all else, as
    /// sentence-transformers has it.
    /// </summary>
    /// <exception cref="InvalidDataException">An activation that is neither.</exception>
    public static ScoreActivation Read(ModelConfig config, string description)
    {
        var name = config.Raw.TryGetProperty(Section, out var section) && section.ValueKind == JsonValueKind.Object
            && section.TryGetProperty(Field, out var field) ? field.ToString()
            : config.Raw.TryGetProperty(OldField, out var old) && old.ValueKind == JsonValueKind.String ? old.GetString()!
            : null;
        return name switch
        {
            null or "" => config.ProblemType == "regression" ? ScoreActivation.Identity : ScoreActivation.Sigmoid,
            _ when name.EndsWith(".Identity", StringComparison.Ordinal) => ScoreActivation.Identity,
            _ when name.EndsWith(".Sigmoid", StringComparison.Ordinal) => ScoreActivation.Sigmoid,
            _ => throw new InvalidDataException($"Model '{description}' has the activation '{name}'; Identity and Sigmoid are known. Give 'activation' to choose one."),
        };
    }

    /// <summary>The further fields of a <c>config.json</c> with the activation set.</summary>
    public static JsonElement Write(JsonElement fields, ScoreActivation activation)
    {
        var json = JsonNode.Parse(fields.GetRawText())!.AsObject();
        json.Remove(OldField);
        var section = json[Section] as JsonObject ?? [];
        section[Field] = activation == ScoreActivation.Identity ? "torch.nn.modules.linear.Identity" : "torch.nn.modules.activation.Sigmoid";
        json[Section] = section.DeepClone();
        using var document = JsonDocument.Parse(json.ToJsonString());
        return document.RootElement.Clone();
    }
}
