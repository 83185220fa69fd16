using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>How a prediction engine is made.</summary>
public sealed class PredictionEngineOptions
{
    /// <summary>Whether members of the output type without a column are left alone, rather than an error. Default true.</summary>
    public bool IgnoreMissingColumns = true;

    /// <summary>How the input's members map to columns.</summary>
    public SchemaDefinition InputSchemaDefinition;

    /// <summary>How the output's members map to columns.</summary>
    public SchemaDefinition OutputSchemaDefinition;

    /// <summary>Whether disposing the engine disposes the model. Default true.</summary>
    public bool OwnsTransformer = true;
}
