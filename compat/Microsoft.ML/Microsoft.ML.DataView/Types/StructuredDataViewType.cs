namespace Microsoft.ML.Data;

/// <summary>A type whose values hold buffers or other values.</summary>
public abstract class StructuredDataViewType : DataViewType
{
    /// <summary>Over a raw type.</summary>
    protected StructuredDataViewType(Type rawType)
        : base(rawType)
    {
    }
}
