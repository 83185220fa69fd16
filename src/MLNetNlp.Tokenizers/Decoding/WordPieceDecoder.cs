using System.Buffers;
using System.Text;

namespace MLNetNlp.Tokenizers.Decoding;

/// <summary>Puts word pieces together to text: a space before each token that does not continue a word.</summary>
/// <param name="tokenOf">The token of an id; null when there is none, and then it is left out.</param>
/// <param name="isSpecial">Whether an id is a special token.</param>
/// <param name="continuationPrefix">What marks a token that continues a word.</param>
/// <param name="cleanUp">Whether spaces before punctuation and contractions are taken out, token by token.</param>
internal sealed class WordPieceDecoder(Func<int, string?> tokenOf, Func<int, bool> isSpecial, string continuationPrefix, bool cleanUp)
{
    /// <summary>The text of <paramref name="ids"/>.</summary>
    public string Decode(IEnumerable<int> ids, bool skipSpecialTokens)
    {
        var text = new StringBuilder();
        var isFirst = true;
        foreach (var id in ids)
        {
            if (Piece(id, skipSpecialTokens, isFirst) is not { } piece)
                continue;
            text.Append(piece);
            isFirst = false;
        }

        return text.ToString();
    }

    /// <summary>Writes the text of as many <paramref name="ids"/> as <paramref name="destination"/> has room for, special tokens among them.</summary>
    public OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten)
    {
        idsConsumed = charsWritten = 0;
        var isFirst = true;
        foreach (var id in ids)
        {
            var piece = Piece(id, skipSpecialTokens: false, isFirst);
            if (piece is not null)
            {
                if (!piece.AsSpan().TryCopyTo(destination[charsWritten..]))
                    return OperationStatus.DestinationTooSmall;
                charsWritten += piece.Length;
                isFirst = false;
            }

            idsConsumed++;
        }

        return OperationStatus.Done;
    }

    private string? Piece(int id, bool skipSpecialTokens, bool isFirst)
    {
        if (tokenOf(id) is not { } token || (skipSpecialTokens && isSpecial(id)))
            return null;
        var piece = isFirst ? token
            : token.StartsWith(continuationPrefix, StringComparison.Ordinal) ? token[continuationPrefix.Length..]
            : " " + token;
        return cleanUp ? SpaceCleanUp.CleanToken(piece) : piece;
    }
}
