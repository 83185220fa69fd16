namespace Microsoft.ML.Data;

/// <summary>Says that an array member maps to a vector, of what size.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = false, Inherited = true)]
public sealed class VectorTypeAttribute : Attribute
{
    /// <summary>Of varying size.</summary>
    public VectorTypeAttribute()
    {
    }

    /// <summary>Of one size.</summary>
    public VectorTypeAttribute(int size)
        : this([size])
    {
    }

    /// <summary>Of several dimensions.</summary>
    public VectorTypeAttribute(params int[] dimensions)
    {
        if (dimensions.Any(d => d < 0))
        {
            throw Errors.Parameter("Should contain only non-negative values", nameof(dimensions));
        }

        Dims = dimensions;
    }

    internal int[] Dims { get; }
}
