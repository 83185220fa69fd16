using System.Text.Json.Serialization;

namespace MLNetNlp;

/// <summary>How the manifest becomes JSON, made at build time: reflection would cost a tenth of a second at every load.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LabelEmbeddingsManifest))]
internal sealed partial class LabelEmbeddingsJson : JsonSerializerContext;
