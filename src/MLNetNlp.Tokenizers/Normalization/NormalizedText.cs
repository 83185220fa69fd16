using System.Text;
using MLNetNlp.Tokenizers.Unicode;

namespace MLNetNlp.Tokenizers.Normalization;

/// <summary>A normalized text, and where in the original each of its UTF-16 code units comes from.</summary>
internal sealed class NormalizedText
{
    private char[] _characters;
    private int[] _positions;

    private NormalizedText(int capacity)
    {
        _characters = new char[capacity];
        _positions = new int[capacity];
    }

    /// <summary>How many code units it has.</summary>
    public int Length { get; private set; }

    /// <summary>The normalized text.</summary>
    public Span<char> Characters => _characters.AsSpan(0, Length);

    /// <summary>Where in the original the code point begins that each code unit comes from.</summary>
    public Span<int> Positions => _positions.AsSpan(0, Length);

    /// <summary>Normalizes a text.</summary>
    public static NormalizedText Of(ReadOnlySpan<char> text, CharacterTable table)
    {
        var result = new NormalizedText(text.Length + 16);
        Span<int> resolved = stackalloc int[AccentStripping.MaxLength];
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            switch (table.Actions[c])
            {
                case CharacterAction.Skip:
                    i++;
                    break;
                case CharacterAction.Complex:
                    var at = i;
                    i += table.Resolve(text, at, resolved, out var count, out var isIdeograph);
                    result.Add(resolved[..count], at, isIdeograph);
                    break;
                case CharacterAction.Ideograph:
                    resolved[0] = table.Mapped[c];
                    result.Add(resolved[..1], i++, isIdeograph: true);
                    break;
                default:
                    result.Add(table.Mapped[c], i++);
                    break;
            }
        }

        return result;
    }

    private void Add(ReadOnlySpan<int> codePoints, int position, bool isIdeograph)
    {
        if (isIdeograph)
            Add(' ', position);
        Span<char> units = stackalloc char[2];
        foreach (var codePoint in codePoints)
        {
            var length = new Rune(codePoint).EncodeToUtf16(units);
            foreach (var unit in units[..length])
                Add(unit, position);
        }

        if (isIdeograph)
            Add(' ', position);
    }

    private void Add(char c, int position)
    {
        if (Length == _characters.Length)
        {
            Array.Resize(ref _characters, 2 * Length);
            Array.Resize(ref _positions, 2 * Length);
        }

        (_characters[Length], _positions[Length]) = (c, position);
        Length++;
    }
}
