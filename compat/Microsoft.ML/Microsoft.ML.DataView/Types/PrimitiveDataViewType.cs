namespace Microsoft.ML.Data;

/// <summary>A type whose values own nothing and can be copied.</summary>
public abstract class PrimitiveDataViewType : DataViewType
{
    /// <summary>Over a raw type that is not disposable.</summary>
    protected PrimitiveDataViewType(Type rawType)
        : base(rawType)
    {
        if (typeof(IDisposable).IsAssignableFrom(rawType))
        {
            throw Errors.Parameter($"A {nameof(PrimitiveDataViewType)} cannot have a disposable {nameof(RawType)}", nameof(rawType));
        }
    }
}
