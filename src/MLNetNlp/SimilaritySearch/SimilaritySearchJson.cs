using System.Text.Json.Serialization;

namespace MLNetNlp;

/// <summary>How the manifest becomes JSON, made at build time: reflection would cost a tenth of a second at every load.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SimilaritySearchManifest))]
internal sealed partial class SimilaritySearchJson : JsonSerializerContext;
