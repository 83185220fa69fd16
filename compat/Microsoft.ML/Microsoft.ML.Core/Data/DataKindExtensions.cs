namespace Microsoft.ML.Data;

/// <summary>Between kinds and types.</summary>
internal static class DataKindExtensions
{
    private static readonly Type[] Types =
    [
        typeof(sbyte), typeof(byte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(float), typeof(double),
        typeof(ReadOnlyMemory<char>), typeof(bool), typeof(TimeSpan), typeof(DateTime), typeof(DateTimeOffset),
    ];

    internal static Type ToType(this DataKind kind) =>
        (int)kind - 1 is >= 0 and < 15 and int index ? Types[index] : throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown data kind.");

    internal static PrimitiveDataViewType ToPrimitiveType(this DataKind kind) => TypeExtensions.PrimitiveType(kind.ToType());

    internal static bool TryGet(Type type, out DataKind kind)
    {
        kind = (DataKind)(Array.IndexOf(Types, type == typeof(string) ? typeof(ReadOnlyMemory<char>) : type) + 1);
        return kind != 0;
    }
}
