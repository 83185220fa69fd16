using System.Text.Json.Serialization;

namespace MLNetNlp.Pipeline;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BaseModelReference))]
internal sealed partial class BaseModelJson : JsonSerializerContext;
