using System.Text.Json.Serialization;

namespace MLNetNlp;

/// <summary>How the manifest becomes JSON, made at build time: reflection would cost a tenth of a second at every load.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RerankManifest))]
internal sealed partial class RerankJson : JsonSerializerContext;
