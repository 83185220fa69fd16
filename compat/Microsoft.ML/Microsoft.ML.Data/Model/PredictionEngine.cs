using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Predicts for one object at a time. Not thread-safe.</summary>
public sealed class PredictionEngine<TSrc, TDst> : PredictionEngineBase<TSrc, TDst>
    where TSrc : class
    where TDst : class, new()
{
    internal PredictionEngine(ITransformer transformer, bool ignoreMissingColumns, SchemaDefinition inputSchemaDefinition,
        SchemaDefinition outputSchemaDefinition, bool ownsTransformer)
        : base(transformer, ignoreMissingColumns, inputSchemaDefinition, outputSchemaDefinition, ownsTransformer)
    {
    }

    /// <inheritdoc/>
    public override void Predict(TSrc example, ref TDst prediction)
    {
        ArgumentNullException.ThrowIfNull(example);
        prediction ??= new TDst();
        Fill(example, prediction);
    }
}
