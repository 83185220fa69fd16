namespace Microsoft.ML.Data;

/// <summary>The type of a column's values.</summary>
public abstract class DataViewType : IEquatable<DataViewType>
{
    private protected DataViewType(Type rawType) => RawType = rawType ?? throw new ArgumentNullException(nameof(rawType));

    /// <summary>The .NET type that getters fetch.</summary>
    public Type RawType { get; }

    /// <summary>Whether both are one type.</summary>
    public abstract bool Equals(DataViewType other);
}
