using MLNetNlp.Tokenizers;
using MLNetNlp.Transformers.Inputs;

namespace MLNetNlp;

/// <summary>Texts as token ids, each kept once however often it is added: what examples of training refer to by number.</summary>
/// <param name="tokenizer">The model's.</param>
/// <param name="maxLength">Most tokens of a text, special tokens included.</param>
internal sealed class TextPool(TextTokenizer tokenizer, int maxLength)
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _strings = [];

    public TextTokenizer Tokenizer => tokenizer;

    public int MaxLength => maxLength;

    /// <summary>The texts, by number.</summary>
    public TokenizedTexts Texts { get; } = new();

    /// <summary>The texts as they were given, by number.</summary>
    public IReadOnlyList<string> Strings => _strings;

    public int Count => _strings.Count;

    /// <summary>The number of a text, which is added when it is new.</summary>
    public int Add(string text)
    {
        if (_numbers.TryGetValue(text, out var number))
            return number;
        tokenizer.AppendIds(text, maxLength, Texts.Ids);
        Texts.Commit();
        _strings.Add(text);
        return _numbers[text] = _strings.Count - 1;
    }
}
