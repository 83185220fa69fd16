namespace MLNetNlp.Tokenizers.Unicode;

/// <summary>What is left of a character after canonical decomposition (NFD) without nonspacing marks: é becomes e, a Hangul syllable its letters.</summary>
/// <remarks>
/// Own tables, because <see cref="string.Normalize()"/> does nothing when globalization is invariant. They hold the decompositions of Unicode 9, those of
/// the crate unicode-normalization-alignments 0.1.12 that Hugging Face's tokenizers library uses. Marks that are kept are not put into canonical order:
/// that could matter only between two of some eighty rare marks with combining classes that are not nonspacing, as in musical notation.
/// </remarks>
internal static partial class AccentStripping
{
    /// <summary>The most code points that one leaves.</summary>
    public const int MaxLength = 3;

    private const int HangulFirst = 0xAC00, HangulLast = 0xD7A3, LeadingFirst = 0x1100, VowelFirst = 0x1161, TrailingBefore = 0x11A7;
    private const int VowelCount = 21, TrailingCount = 28;

    private static readonly Dictionary<int, int> Singles = ReadSingles();

    /// <summary>Every code point that leaves exactly one other, and that other.</summary>
    public static IReadOnlyDictionary<int, int> SingleReplacements => Singles;

    /// <summary>Sets <paramref name="value"/> for every UTF-16 code unit that leaves more than one code point.</summary>
    public static void MarkSeveral<T>(Span<T> codeUnits, T value)
    {
        codeUnits[HangulFirst..(HangulLast + 1)].Fill(value);
        for (var at = 0; at < Several.Length && Several[at] <= char.MaxValue; at += MaxLength + 1)
            codeUnits[Several[at]] = value;
    }

    /// <summary>Writes what <paramref name="codePoint"/> leaves into <paramref name="destination"/> and returns how many code points that is: 0 to 3.</summary>
    public static int Strip(int codePoint, Span<int> destination)
    {
        if (codePoint is >= HangulFirst and <= HangulLast)
            return Syllable(codePoint - HangulFirst, destination);
        if (UnicodeRanges.Contains(UnicodeRanges.NonspacingMarks, codePoint))
            return 0;

        var at = FindSeveral(codePoint);
        if (at >= 0)
        {
            Several.AsSpan(at + 1, MaxLength).CopyTo(destination);
            return destination[MaxLength - 1] == 0 ? MaxLength - 1 : MaxLength;
        }

        destination[0] = Singles.GetValueOrDefault(codePoint, codePoint);
        return 1;
    }

    private static int Syllable(int index, Span<int> destination)
    {
        destination[0] = LeadingFirst + index / (VowelCount * TrailingCount);
        destination[1] = VowelFirst + index % (VowelCount * TrailingCount) / TrailingCount;
        destination[2] = TrailingBefore + index % TrailingCount;
        return index % TrailingCount == 0 ? 2 : 3;
    }

    private static int FindSeveral(int codePoint)
    {
        var several = Several;
        for (var at = 0; at < several.Length; at += MaxLength + 1)
        {
            if (several[at] == codePoint)
                return at;
        }

        return -1;
    }

    private static Dictionary<int, int> ReadSingles()
    {
        var runs = SingleRuns;
        var singles = new Dictionary<int, int>(2048);
        for (var at = 0; at < runs.Length; at += 2 + runs[at + 1])
        {
            for (var i = 0; i < runs[at + 1]; i++)
                singles.Add(runs[at] + i, runs[at + 2 + i]);
        }

        return singles;
    }
}
