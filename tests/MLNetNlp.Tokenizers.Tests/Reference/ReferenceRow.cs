using System.Text.Json;

namespace MLNetNlp.Tokenizers.Tests.Reference;

/// <summary>Compares an encoding with a row of figures: every field that the row has must be equal.</summary>
internal static class ReferenceRow
{
    /// <param name="row">The figures.</param>
    /// <param name="encoding">What was found.</param>
    /// <param name="what">What was encoded, for the message.</param>
    /// <param name="codePointsOf">The text, when the row has its offsets in code points only.</param>
    public static void AssertEqual(JsonElement row, TokenEncoding encoding, string what, string? codePointsOf = null)
    {
        Equal("ids", e => e.GetInt32(), encoding.Ids);
        Equal("tokens", e => e.GetString()!, encoding.Tokens);
        Equal("special", e => e.GetInt32(), encoding.SpecialTokensMask);
        Equal("type_ids", e => e.GetInt32(), encoding.TypeIds);
        Equal("word_ids", Nullable, encoding.WordIds);
        Equal("sequence_ids", Nullable, encoding.SequenceIds);
        Equal(row.TryGetProperty("offsets_utf16", out _) ? "offsets_utf16" : "offsets", e => (Index(e[0]), Index(e[1])), encoding.Offsets);

        int Index(JsonElement e) => codePointsOf is null ? e.GetInt32() : codePointsOf.EnumerateRunes().Take(e.GetInt32()).Sum(r => r.Utf16SequenceLength);

        void Equal<T>(string field, Func<JsonElement, T> read, IReadOnlyList<T> actual)
        {
            if (row.TryGetProperty(field, out var expected))
                CollectionAssert.AreEqual(expected.EnumerateArray().Select(read).ToList(), actual.ToList(), $"{what}: {field}");
        }
    }

    public static int[] Ids(JsonElement row) => [.. row.GetProperty("ids").EnumerateArray().Select(e => e.GetInt32())];

    public static int? Number(JsonElement row, string field) => row.TryGetProperty(field, out var value) ? value.GetInt32() : null;

    public static TruncationStrategy Strategy(JsonElement row) => row.GetProperty("strategy").GetString() switch
    {
        "longest_first" => TruncationStrategy.LongestFirst,
        "only_first" => TruncationStrategy.OnlyFirst,
        "only_second" => TruncationStrategy.OnlySecond,
        var other => throw new InvalidDataException($"Unknown strategy {other}."),
    };

    private static int? Nullable(JsonElement element) => element.ValueKind == JsonValueKind.Null ? null : element.GetInt32();
}
