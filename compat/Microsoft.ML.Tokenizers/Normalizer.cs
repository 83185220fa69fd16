namespace Microsoft.ML.Tokenizers;

/// <summary>Changes a text before it is cut into words.</summary>
public abstract class Normalizer
{
    protected Normalizer()
    {
    }

    /// <summary>Returns the normalized form of <paramref name="original"/>.</summary>
    public abstract string Normalize(string original);

    /// <inheritdoc cref="Normalize(string)"/>
    public abstract string Normalize(ReadOnlySpan<char> original);
}
