namespace Microsoft.ML.Tokenizers;

/// <summary>Cuts a text into words, which are tokenized one by one.</summary>
public abstract class PreTokenizer
{
    protected PreTokenizer()
    {
    }

    /// <summary>The words of <paramref name="text"/>, as offsets and lengths in UTF-16 code units.</summary>
    public abstract IEnumerable<(int Offset, int Length)> PreTokenize(string text);

    /// <inheritdoc cref="PreTokenize(string)"/>
    public abstract IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text);
}
