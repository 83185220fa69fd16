namespace Microsoft.ML.Data;

/// <summary>How many values keys stand for.</summary>
public sealed class KeyCount
{
    /// <summary>The number of values, or null for as many as the type allows.</summary>
    public ulong? Count;

    /// <summary>As many as the type allows.</summary>
    public KeyCount()
    {
    }

    /// <summary>A number of values.</summary>
    public KeyCount(ulong count)
    {
        if (count == 0)
        {
            throw Errors.Parameter("The cardinality of valid key range has to be greater than zero", nameof(count));
        }

        Count = count;
    }

    internal KeyDataViewType TypeOf(Type raw) => new(raw, Count ?? Type.GetTypeCode(raw) switch
    {
        TypeCode.Byte => byte.MaxValue,
        TypeCode.UInt16 => ushort.MaxValue,
        TypeCode.UInt32 => uint.MaxValue,
        _ => ulong.MaxValue,
    });
}
