using System.Globalization;

namespace MLNetNlp;

/// <summary>Okapi BM25 over a list of texts: which share the most telling words with a query.</summary>
/// <remarks>
/// <c>score = sum over the query's words of idf * f (k1 + 1) / (f + k1 (1 - b + b * length / mean length))</c> with
/// <c>idf = ln(1 + (texts - n + 0.5) / (n + 0.5))</c>, <c>f</c> how often the text has the word and <c>n</c> how many texts have it; k1 is 1.2 and b 0.75, as in
/// Lucene. Words are runs of letters and digits, in lower case. Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond".
/// </remarks>
internal sealed class Bm25Index
{
    private const double K1 = 1.2;
    private const double B = 0.75;
    private readonly Dictionary<string, List<(int Text, int Count)>> _postings = new(StringComparer.Ordinal);
    private readonly int[] _lengths;
    private readonly double _meanLength;

    public Bm25Index(IReadOnlyList<string> texts)
    {
        _lengths = new int[texts.Count];
        for (var i = 0; i < texts.Count; i++)
        {
            var words = Words(texts[i]);
            _lengths[i] = words.Count;
            foreach (var word in words.GroupBy(w => w, StringComparer.Ordinal))
            {
                if (!_postings.TryGetValue(word.Key, out var list))
                    _postings[word.Key] = list = [];
                list.Add((i, word.Count()));
            }
        }

        _meanLength = Math.Max(1, _lengths.Length == 0 ? 1 : _lengths.Average());
    }

    /// <summary>The texts that share a word with the query, best first; of equal scores the earlier text.</summary>
    /// <param name="query">The query.</param>
    /// <param name="top">Most texts.</param>
    /// <param name="except">A text to leave out: the query itself; -1: none.</param>
    public IReadOnlyList<(int Text, double Score)> Search(string query, int top, int except = -1)
    {
        Dictionary<int, double> scores = [];
        foreach (var word in Words(query))
        {
            if (!_postings.TryGetValue(word, out var list))
                continue;
            var idf = Math.Log(1 + ((_lengths.Length - list.Count + 0.5) / (list.Count + 0.5)));
            foreach (var (text, count) in list)
            {
                var score = idf * count * (K1 + 1) / (count + (K1 * (1 - B + (B * _lengths[text] / _meanLength))));
                scores[text] = scores.GetValueOrDefault(text) + score;
            }
        }

        scores.Remove(except);
        return [.. scores.OrderByDescending(s => s.Value).ThenBy(s => s.Key).Take(top).Select(s => (s.Key, s.Value))];
    }

    private static List<string> Words(string text)
    {
        List<string> words = [];
        for (var start = 0; start < text.Length;)
        {
            if (!IsWord(text, start))
            {
                start++;
                continue;
            }

            var end = start;
            while (end < text.Length && IsWord(text, end))
                end++;
            words.Add(text[start..end].ToLowerInvariant());
            start = end;
        }

        return words;
    }

    // Surrogates are letters of other planes; marks belong to the letter before.
    private static bool IsWord(string text, int at) => char.IsLetterOrDigit(text[at]) || char.IsSurrogate(text[at])
        || char.GetUnicodeCategory(text[at]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
