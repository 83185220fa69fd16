using Microsoft.ML.Tokenizers;
using MLNetNlp.Tokenizers.Normalization;

namespace MLNetNlp.Tokenizers;

/// <summary>Cuts a text at white space, which is dropped, and around punctuation, each character of which is a word of its own.</summary>
/// <remarks>
/// Equal to <c>BertPreTokenizer</c> of Hugging Face's tokenizers library. All of ASCII that is neither letter, digit nor control counts as punctuation.
/// </remarks>
public sealed class BertPreTokenizer : PreTokenizer
{
    /// <inheritdoc/>
    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return PreTokenize(text.AsSpan());
    }

    /// <inheritdoc/>
    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text)
    {
        var words = new List<(int, int)>();
        var start = 0;
        for (var i = 0; i < text.Length;)
        {
            var length = CharacterTable.SourceLength(text, i);
            var action = CharacterTable.ActionOfNormalized(length == 2 ? char.ConvertToUtf32(text[i], text[i + 1]) : text[i]);
            if (action != CharacterAction.Word)
            {
                if (start < i)
                    words.Add((start, i - start));
                if (action == CharacterAction.Punctuation)
                    words.Add((i, length));
                start = i + length;
            }

            i += length;
        }

        if (start < text.Length)
            words.Add((start, text.Length - start));
        return words;
    }
}
