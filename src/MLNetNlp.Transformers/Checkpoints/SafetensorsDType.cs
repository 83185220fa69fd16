namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>The element types of the safetensors format, in its order: by growing alignment.</summary>
public enum SafetensorsDType
{
    /// <summary>One byte, 0 or 1.</summary>
    Bool,

    /// <summary>4-bit float, two a byte (MXFP4). No torch type here: bytes only.</summary>
    F4,

    /// <summary>6-bit float with 2 exponent and 3 mantissa bits. No torch type here: bytes only.</summary>
    F6E2M3,

    /// <summary>6-bit float with 3 exponent and 2 mantissa bits. No torch type here: bytes only.</summary>
    F6E3M2,

    /// <summary>Unsigned 8-bit integer.</summary>
    U8,

    /// <summary>Signed 8-bit integer.</summary>
    I8,

    /// <summary>8-bit float with 5 exponent and 2 mantissa bits. No torch type here: bytes only.</summary>
    F8E5M2,

    /// <summary>8-bit float with 4 exponent and 3 mantissa bits. No torch type here: bytes only.</summary>
    F8E4M3,

    /// <summary>8-bit exponent without sign or mantissa (MX scales). No torch type here: bytes only.</summary>
    F8E8M0,

    /// <summary>8-bit float with 4 exponent and 3 mantissa bits, without infinities and negative zero. No torch type here: bytes only.</summary>
    F8E4M3FNUZ,

    /// <summary>8-bit float with 5 exponent and 2 mantissa bits, without infinities and negative zero. No torch type here: bytes only.</summary>
    F8E5M2FNUZ,

    /// <summary>Signed 16-bit integer.</summary>
    I16,

    /// <summary>Unsigned 16-bit integer. No torch type here: bytes only.</summary>
    U16,

    /// <summary>IEEE half precision.</summary>
    F16,

    /// <summary>bfloat16: the upper half of a single.</summary>
    BF16,

    /// <summary>Signed 32-bit integer.</summary>
    I32,

    /// <summary>Unsigned 32-bit integer. No torch type here: bytes only.</summary>
    U32,

    /// <summary>IEEE single precision.</summary>
    F32,

    /// <summary>Complex number of two singles.</summary>
    C64,

    /// <summary>IEEE double precision.</summary>
    F64,

    /// <summary>Signed 64-bit integer.</summary>
    I64,

    /// <summary>Unsigned 64-bit integer. No torch type here: bytes only.</summary>
    U64,
}
