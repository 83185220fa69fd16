using System.Collections.Immutable;

namespace Microsoft.ML.Data;

/// <summary>Vectors of one item type, of a known or a varying size.</summary>
public sealed class VectorDataViewType : StructuredDataViewType
{
    /// <summary>One-dimensional; of varying size when <paramref name="size"/> is 0.</summary>
    public VectorDataViewType(PrimitiveDataViewType itemType, int size = 0)
        : this(itemType, ImmutableArray.Create(size))
    {
    }

    /// <summary>Of several dimensions; one of 0 varies.</summary>
    public VectorDataViewType(PrimitiveDataViewType itemType, params int[] dimensions)
        : this(itemType, (dimensions ?? []).ToImmutableArray())
    {
    }

    /// <summary>Of several dimensions; one of 0 varies.</summary>
    public VectorDataViewType(PrimitiveDataViewType itemType, ImmutableArray<int> dimensions)
        : base(typeof(VBuffer<>).MakeGenericType((itemType ?? throw new ArgumentNullException(nameof(itemType))).RawType))
    {
        if (dimensions.Length == 0 || dimensions.Any(d => d < 0))
        {
            throw Errors.Parameter("At least one dimension is needed, and none may be negative.", dimensions.Length == 1 ? "size" : nameof(dimensions));
        }

        ItemType = itemType;
        Dimensions = dimensions;
        Size = dimensions.Aggregate(1, (size, d) => checked(size * d));
    }

    /// <summary>The sizes of the dimensions.</summary>
    public ImmutableArray<int> Dimensions { get; }

    /// <summary>Whether all values have one size.</summary>
    public bool IsKnownSize => Size > 0;

    /// <summary>The type of the items.</summary>
    public PrimitiveDataViewType ItemType { get; }

    /// <summary>The product of the dimensions; 0 when it varies.</summary>
    public int Size { get; }

    /// <inheritdoc/>
    public override bool Equals(DataViewType other) =>
        other is VectorDataViewType vector && vector.ItemType.Equals(ItemType) && vector.Dimensions.SequenceEqual(Dimensions);

    /// <inheritdoc/>
    public override bool Equals(object other) => other is DataViewType type && Equals(type);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ItemType, Size, Dimensions.Length);

    /// <inheritdoc/>
    public override string ToString()
    {
        IEnumerable<string> sizes = Dimensions.Length > 1
            ? Dimensions.Select(d => d > 0 ? d.ToString() : "*")
            : Size > 0 ? [Size.ToString()] : [];
        return $"Vector<{string.Join(", ", sizes.Prepend(ItemType.ToString()))}>";
    }
}
