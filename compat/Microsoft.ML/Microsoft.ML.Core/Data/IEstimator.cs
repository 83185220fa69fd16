namespace Microsoft.ML;

/// <summary>Makes a transformer from data.</summary>
public interface IEstimator<out TTransformer>
    where TTransformer : ITransformer
{
    /// <summary>Trains.</summary>
    TTransformer Fit(IDataView input);

    /// <summary>The shape of the transformer's output for an input's; fails when the input lacks what is needed.</summary>
    SchemaShape GetOutputSchema(SchemaShape inputSchema);
}
