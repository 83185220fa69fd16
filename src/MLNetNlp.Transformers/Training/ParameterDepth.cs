using System.Globalization;
using System.Text.RegularExpressions;

namespace MLNetNlp.Transformers.Training;

/// <summary>Where in a model a parameter sits, read from its name: the embeddings, encoder layer <c>i</c>, or the head (all else, also the pooler).</summary>
internal static partial class ParameterDepth
{
    public const int Embeddings = -1;
    public const int Head = int.MaxValue;

    /// <summary><see cref="Embeddings"/>, the layer's number from 0, or <see cref="Head"/>.</summary>
    public static int Of(string name)
    {
        var layer = LayerNumber().Match(name);
        if (layer.Success)
            return int.Parse(layer.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        return EmbeddingsSegment().IsMatch(name) ? Embeddings : Head;
    }

    /// <summary>Number of encoder layers, from the names of all parameters.</summary>
    public static int LayerCount(IEnumerable<string> names) =>
        names.Select(Of).Where(depth => depth != Head).DefaultIfEmpty(Embeddings).Max() + 1;

    [GeneratedRegex(@"(?:^|\.)layers?\.(\d+)\.", RegexOptions.CultureInvariant)]
    private static partial Regex LayerNumber();

    [GeneratedRegex(@"(?:^|\.)embeddings\.", RegexOptions.CultureInvariant)]
    private static partial Regex EmbeddingsSegment();
}
