namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>What the format says of each element type: its name in a header and its size.</summary>
internal static class SafetensorsDTypes
{
    private static readonly (string Name, int Bits)[] Facts =
    [
        ("BOOL", 8), ("F4", 4), ("F6_E2M3", 6), ("F6_E3M2", 6), ("U8", 8), ("I8", 8), ("F8_E5M2", 8), ("F8_E4M3", 8), ("F8_E8M0", 8), ("F8_E4M3FNUZ", 8),
        ("F8_E5M2FNUZ", 8), ("I16", 16), ("U16", 16), ("F16", 16), ("BF16", 16), ("I32", 32), ("U32", 32),
        ("F32", 32), ("C64", 64), ("F64", 64), ("I64", 64), ("U64", 64),
    ];

    private static readonly Dictionary<string, SafetensorsDType> ByName =
        Facts.Select((fact, i) => (fact.Name, (SafetensorsDType)i)).ToDictionary(StringComparer.Ordinal);

    /// <summary>The name in headers, for example <c>F32</c>.</summary>
    public static string FormatName(this SafetensorsDType dtype) => Facts[(int)dtype].Name;

    public static int Bits(this SafetensorsDType dtype) => Facts[(int)dtype].Bits;

    public static bool TryParse(string name, out SafetensorsDType dtype) => ByName.TryGetValue(name, out dtype);

    public static string AllNames => string.Join(", ", Facts.Select(f => f.Name));
}
