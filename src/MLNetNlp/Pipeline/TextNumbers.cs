namespace MLNetNlp.Pipeline;

/// <summary>Distinct texts, numbered from 0 in the order in which they came.</summary>
internal sealed class TextNumbers
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    public IReadOnlyList<string> Texts => _texts;

    /// <summary>The text's number, which is new where the text is.</summary>
    public int Add(string text)
    {
        if (!_numbers.TryGetValue(text, out var number))
        {
            number = _numbers[text] = _texts.Count;
            _texts.Add(text);
        }

        return number;
    }
}
