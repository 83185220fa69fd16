using System.Globalization;
using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>A 128-bit identity of a row, stable under re-ordering.</summary>
public readonly struct DataViewRowId : IComparable<DataViewRowId>, IEquatable<DataViewRowId>
{
    // Multipliers of MurmurHash3 x64 128 (Appleby), whose block step is what Combine, Fork and Next are; no finalisation, since ids need only differ.
    private const ulong C1 = 0x87c37b91114253d5;
    private const ulong C2 = 0x4cf5ad432745937f;

    /// <summary>The low 64 bits.</summary>
    public readonly ulong Low;

    /// <summary>The high 64 bits.</summary>
    public readonly ulong High;

    /// <summary>An id of two halves.</summary>
    public DataViewRowId(ulong low, ulong high)
    {
        Low = low;
        High = high;
    }

    /// <summary>The id of a row derived from this one.</summary>
    public DataViewRowId Fork() => Mix(BitOperations.RotateLeft(C1, 31) * C2, 0);

    /// <summary>The id that follows this one among rows derived from one row.</summary>
    public DataViewRowId Next() => Mix(0, 0);

    /// <summary>The id of a row made of the rows of both ids.</summary>
    public DataViewRowId Combine(DataViewRowId other)
    {
        DataViewRowId block = other.Fork();
        return Combined(BitOperations.RotateLeft(block.Low * C1, 31) * C2, BitOperations.RotateLeft(block.High * C2, 33) * C1);
    }

    /// <inheritdoc/>
    public int CompareTo(DataViewRowId other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    /// <inheritdoc/>
    public bool Equals(DataViewRowId other) => Low == other.Low && High == other.High;

    /// <inheritdoc/>
    public override bool Equals(object obj) => obj is DataViewRowId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Low, High);

    /// <inheritdoc/>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0:x16}{1:x16}", High, Low);

    // Fork and Next fold the block's words in after the multiply-add, Combine before it, as ML.NET does.
    private DataViewRowId Mix(ulong after1, ulong after2)
    {
        ulong low = (BitOperations.RotateLeft(Low, 27) + High) * 5 + 0x52dce729;
        ulong high = (BitOperations.RotateLeft(High, 31) + low) * 5 + 0x38495ab5;
        return new DataViewRowId(low ^ after1, high ^ after2);
    }

    private DataViewRowId Combined(ulong k1, ulong k2)
    {
        ulong low = (BitOperations.RotateLeft(Low ^ k1, 27) + High) * 5 + 0x52dce729;
        ulong high = (BitOperations.RotateLeft(High ^ k2, 31) + low) * 5 + 0x38495ab5;
        return new DataViewRowId(low, high);
    }
}
