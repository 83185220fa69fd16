namespace Microsoft.ML.Data;

/// <summary>What a filter says of a row.</summary>
internal enum FilterVerdict
{
    /// <summary>Leave it out.</summary>
    Drop,

    /// <summary>Keep it.</summary>
    Keep,

    /// <summary>Leave it and all that follow out.</summary>
    End,
}
