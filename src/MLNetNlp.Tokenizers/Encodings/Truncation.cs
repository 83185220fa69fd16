namespace MLNetNlp.Tokenizers.Encodings;

/// <summary>How many tokens each text may keep, and which windows they fall into. The same arithmetic as Hugging Face's tokenizers library.</summary>
internal static class Truncation
{
    /// <summary>The lengths that are left of texts of <paramref name="first"/> and <paramref name="second"/> tokens.</summary>
    /// <param name="first">Tokens of the first text.</param>
    /// <param name="second">Tokens of the second text; null when there is none.</param>
    /// <param name="room">Tokens that the texts may have together, special tokens not counted.</param>
    /// <param name="strategy">Which text gives way.</param>
    /// <exception cref="ArgumentException">The text that has to give way is missing, or is too short for it.</exception>
    public static (int First, int Second) Lengths(int first, int? second, int room, TruncationStrategy strategy)
    {
        var excess = first + (second ?? 0) - room;
        if (excess <= 0 || strategy == TruncationStrategy.DoNotTruncate)
            return (first, second ?? 0);
        if (room == 0)
            return (0, 0);

        switch (strategy)
        {
            case TruncationStrategy.OnlyFirst:
                ThrowIfTooShort(first, excess, "first", strategy);
                return (first - excess, second ?? 0);
            case TruncationStrategy.OnlySecond:
                if (second is null)
                    throw new ArgumentException($"Truncation {strategy} needs a second text, and there is none.");
                ThrowIfTooShort(second.Value, excess, "second", strategy);
                return (first, second.Value - excess);
            default:
                return second is null ? (room, 0) : LongestFirst(first, second.Value, room);
        }
    }

    /// <summary>
    /// The windows of at most <paramref name="length"/> tokens that cover <paramref name="count"/> tokens, each beginning with the last <paramref
    /// name="stride"/> of the one before.
    /// </summary>
    /// <exception cref="ArgumentException">The stride leaves no way forward.</exception>
    public static List<TokenRange> Windows(int count, int length, int stride)
    {
        if (length >= count)
            return [new(0, count)];
        if (length == 0)
            return [new(0, 0), new(0, count)];
        if (stride >= length)
        {
            throw new ArgumentException(
                $"Stride is {stride}, but must be less than the {length} tokens that MaxLength leaves the truncated text, special tokens not counted.");
        }

        var windows = new List<TokenRange>();
        for (var start = 0; ; start += length - stride)
        {
            windows.Add(new(start, Math.Min(length, count - start)));
            if (start + length >= count)
                return windows;
        }
    }

    private static (int First, int Second) LongestFirst(int first, int second, int room)
    {
        var (shorter, longer) = (Math.Min(first, second), Math.Max(first, second));
        longer = shorter > room ? shorter : Math.Max(shorter, room - shorter);
        if (shorter + longer > room)
            (shorter, longer) = (room / 2, room / 2 + room % 2);
        return first > second ? (longer, shorter) : (shorter, longer);
    }

    private static void ThrowIfTooShort(int length, int excess, string which, TruncationStrategy strategy)
    {
        if (length <= excess)
        {
            throw new ArgumentException(
                $"Truncation {strategy} has to take {excess} tokens from the {which} text, which has only {length}. Allow more tokens or another strategy.");
        }
    }
}
