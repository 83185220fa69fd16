namespace Microsoft.ML.Data;

/// <summary>The types that a loader's column can have.</summary>
public enum DataKind : byte
{
    /// <summary>8-bit, signed.</summary>
    SByte = 1,

    /// <summary>8-bit, unsigned.</summary>
    Byte = 2,

    /// <summary>16-bit, signed.</summary>
    Int16 = 3,

    /// <summary>16-bit, unsigned.</summary>
    UInt16 = 4,

    /// <summary>32-bit, signed.</summary>
    Int32 = 5,

    /// <summary>32-bit, unsigned.</summary>
    UInt32 = 6,

    /// <summary>64-bit, signed.</summary>
    Int64 = 7,

    /// <summary>64-bit, unsigned.</summary>
    UInt64 = 8,

    /// <summary>32-bit floating-point.</summary>
    Single = 9,

    /// <summary>64-bit floating-point.</summary>
    Double = 10,

    /// <summary>Text.</summary>
    String = 11,

    /// <summary>True or false.</summary>
    Boolean = 12,

    /// <summary>A length of time.</summary>
    TimeSpan = 13,

    /// <summary>A point in time.</summary>
    DateTime = 14,

    /// <summary>A point in time with an offset.</summary>
    DateTimeOffset = 15,
}
