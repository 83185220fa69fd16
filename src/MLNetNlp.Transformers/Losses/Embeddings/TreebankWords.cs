using System.Text.RegularExpressions;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Splits a text into words and punctuation by the rules of the Penn Treebank, and joins them to a text again.</summary>
/// <remarks>
/// The rules of Robert MacIntyre's sed script of 1995 as NLTK's <c>word_tokenize</c> and <c>TreebankWordDetokenizer</c> apply them. Texts are not split into
/// sentences first: only the last full stop of a text is a word of its own.
/// </remarks>
internal static class TreebankWords
{
    private const string Contractions = @"can|not d|'ye gim|me gon|na got|ta lem|me more|'n";

    private static readonly (Regex, string)[] Splitting =
    [
        // Opening quotes.
        Rule(@"([«“‘„]|`+)", " $1 "),
        Rule(@"^""", "``"),
        Rule(@"(``)", " $1 "),
        Rule(@"([ (\[{<])(""|'{2})", "$1 `` "),
        Rule(@"(?i)(')(?!re|ve|ll|m|t|s|d|n)(\w)\b", "$1 $2"),

        // Punctuation; colons and commas inside numbers stay.
        Rule(@"([^.])(\.)([\])}>""'»”’ ]*)\s*$", "$1 $2 $3 "),
        Rule(@"([:,])(\D)", " $1 $2"),
        Rule(@"([:,])$", " $1 "),
        Rule(@"(\.{2,})", " $1 "),
        Rule(@"([;@#$%&])", " $1 "),
        Rule(@"([^.])(\.)([\])}>""']*)\s*$", "$1 $2$3 "),
        Rule(@"([?!])", " $1 "),
        Rule(@"([^'])' ", "$1 ' "),
        Rule(@"([*])", " $1 "),
        Rule(@"([\]\[(){}<>])", " $1 "),
        Rule(@"--", " -- "),

        // Closing quotes need a space at the text's ends.
        Rule(@"^(.*)$", " $1 ", RegexOptions.Singleline),
        Rule(@"([»”’])", " $1 "),
        Rule(@"''|""", " '' "),
        Rule(@"\s+", " "),
        Rule(@"([^' ])('[sS]|'[mM]|'[dD]|') ", "$1 $2 "),
        Rule(@"([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) ", "$1 $2 "),
        .. Contractions.Split(' ').Select(pair => pair.Split('|')).Select(pair => Rule($@"(?i)\b({pair[0]})({pair[1]})\b", " $1 $2 ")),
        Rule(@"(?i)\b(wan)(na)(?=\s)", " $1 $2 "),
        Rule(@"(?i) ('t)(is|was)\b", " $1 $2 "),
    ];

    private static readonly (Regex, string)[] Joining =
    [
        Rule(@"(?i) ('t)\s(is|was)\b", "$1$2"),
        .. Contractions.Split(' ').Select(pair => pair.Split('|')).Select(pair => Rule($@"(?i)\b({pair[0]})\s({pair[1]})\b", "$1$2")),
        Rule(@"(?i)\b(wan)\s(na)(?=\s)", "$1$2"),
        Rule(@"([^' ])\s('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) ", "$1$2 "),
        Rule(@"([^' ])\s('[sS]|'[mM]|'[dD]|') ", "$1$2 "),
        Rule(@"(\S)\s('')", "$1$2"),
        Rule(@"('')\s([.,:)\]>};%])", "$1$2"),
        Rule(@"''", "\""),
        Rule(@"^\s+|\s+$", ""),
        Rule(@" -- ", "--"),
        Rule(@"([\[({<])\s", "$1"),
        Rule(@"\s([\])}>])", "$1"),
        Rule(@"([\])}>])\s([:;,.])", "$1$2"),
        Rule(@"([^'])\s'\s", "$1' "),
        Rule(@"\s([?!])", "$1"),
        Rule(@"([^.])\s(\.)([\])}>""']*)\s*$", "$1$2$3"),
        Rule(@"([#$])\s", "$1"),
        Rule(@"\s([;%])", "$1"),
        Rule(@"\s\.\.\.\s", "..."),
        Rule(@"\s([:,])", "$1"),
        Rule(@"([ (\[{<])\s``", "$1``"),
        Rule(@"(``)\s", "$1"),
        Rule(@"``", "\""),
    ];

    /// <summary>Words and punctuation in their order; none for an empty text.</summary>
    public static string[] Split(string text) => Apply(Splitting, text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A text of words and punctuation, with the spaces that are usual in English.</summary>
    public static string Join(IEnumerable<string> words) => Apply(Joining, $" {string.Join(' ', words)} ").Trim();

    private static string Apply((Regex Pattern, string Replacement)[] rules, string text)
    {
        foreach (var (pattern, replacement) in rules)
            text = pattern.Replace(text, replacement);
        return text;
    }

    private static (Regex, string) Rule(string pattern, string replacement, RegexOptions options = RegexOptions.None) =>
        (new Regex(pattern, options | RegexOptions.CultureInvariant), replacement);
}
