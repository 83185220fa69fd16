namespace Microsoft.ML.Data;

/// <summary>A chain, whatever its last member is.</summary>
internal interface ITransformerChainAccessor
{
    ITransformer[] Transformers { get; }

    IDataView TransformAll(IDataView input);
}
