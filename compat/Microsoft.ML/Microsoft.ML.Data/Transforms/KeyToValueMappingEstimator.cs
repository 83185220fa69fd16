using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Maps keys back to the values that they stand for.</summary>
public sealed class KeyToValueMappingEstimator : TrivialEstimator<KeyToValueMappingTransformer>
{
    internal KeyToValueMappingEstimator(IHostEnvironment env, params (string Output, string Input)[] columns)
        : base(env.Register(nameof(KeyToValueMappingEstimator)), new KeyToValueMappingTransformer(env, columns))
    {
    }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema.With(Transformer.ColumnPairs.Select(pair =>
    {
        SchemaShape.Column input = Require(inputSchema, pair.Input);
        if (!input.IsKey)
        {
            throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", pair.Input, "KeyType", input.GetTypeString());
        }

        if (!input.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out SchemaShape.Column values))
        {
            throw Errors.Parameter($"Input column '{pair.Input}' doesn't contain key values metadata", nameof(inputSchema));
        }

        SchemaShape annotations = input.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out SchemaShape.Column slots) ? new SchemaShape([slots]) : null;
        return new SchemaShape.Column(pair.Output, input.Kind, values.ItemType, values.IsKey, annotations);
    }));
}
