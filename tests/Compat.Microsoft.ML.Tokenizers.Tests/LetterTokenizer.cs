using System.Buffers;
using Microsoft.ML.Tokenizers;

namespace Compat.Microsoft.ML.Tokenizers.Tests;

/// <summary>The least that a tokenizer must have: a token a letter, whose id is the letter's code. Digits are dropped by normalization.</summary>
internal sealed class LetterTokenizer : Tokenizer
{
    public List<EncodeSettings> Seen { get; } = [];

    public bool Normalizes { get; init; }

    public OperationStatus? DecodeStatus { get; init; }

    protected override EncodeResults<EncodedToken> EncodeToTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        Seen.Add(settings);
        var given = text ?? textSpan.ToString();
        var normalized = Normalizes && settings.ConsiderNormalization ? string.Concat(given.Where(c => !char.IsAsciiDigit(c))) : null;
        var source = normalized ?? given;
        var tokens = new List<EncodedToken>();
        for (var i = 0; i < source.Length && tokens.Count < settings.MaxTokenCount; i++)
        {
            if (source[i] != ' ')
                tokens.Add(new EncodedToken(source[i], source[i].ToString(), new Range(i, i + 1)));
        }

        var consumed = tokens.Count == 0 ? 0 : tokens[^1].Offset.End.Value;
        return new EncodeResults<EncodedToken> { Tokens = tokens, NormalizedText = normalized, CharsConsumed = consumed };
    }

    public override OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten)
    {
        idsConsumed = charsWritten = 0;
        if (DecodeStatus is { } status)
            return status;
        foreach (var id in ids)
        {
            if (charsWritten == destination.Length)
                return OperationStatus.DestinationTooSmall;
            destination[charsWritten++] = (char)id;
            idsConsumed++;
        }

        return OperationStatus.Done;
    }
}
