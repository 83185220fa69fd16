using Microsoft.ML.Tokenizers;
using MLNetNlp.Tokenizers.Normalization;

namespace MLNetNlp.Tokenizers;

/// <summary>
/// BERT's normalization: control characters out and white space to spaces, spaces around CJK ideographs, accents off, lower case; each step can be left out.
/// </summary>
/// <remarks>
/// Equal to <c>BertNormalizer</c> of Hugging Face's tokenizers library, down to its Unicode tables; half a surrogate pair, which that library never sees,
/// counts as U+FFFD, which cleaning takes out. Devlin et al. 2018, "BERT".
/// </remarks>
public sealed class BertNormalizer : Normalizer
{
    /// <summary>Makes a normalizer.</summary>
    /// <param name="cleanText">Whether control, format and private-use characters, NUL and U+FFFD are taken out and white space becomes a space.</param>
    /// <param name="separateIdeographs">Whether CJK ideographs get spaces around them.</param>
    /// <param name="stripAccents">Whether text is decomposed (NFD) and nonspacing marks are taken out; null: as <paramref name="lowerCase"/>.</param>
    /// <param name="lowerCase">Whether letters become lower case.</param>
    public BertNormalizer(bool cleanText = true, bool separateIdeographs = true, bool? stripAccents = null, bool lowerCase = true)
        : this(new NormalizationRules(cleanText, separateIdeographs, stripAccents ?? lowerCase, lowerCase))
    {
    }

    internal BertNormalizer(NormalizationRules rules) => Table = CharacterTable.For(rules);

    internal CharacterTable Table { get; }

    /// <inheritdoc/>
    public override string Normalize(string original)
    {
        ArgumentNullException.ThrowIfNull(original);
        return Normalize(original.AsSpan());
    }

    /// <inheritdoc/>
    public override string Normalize(ReadOnlySpan<char> original) => NormalizedText.Of(original, Table).Characters.ToString();
}
