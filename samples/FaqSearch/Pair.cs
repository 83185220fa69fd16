namespace FaqSearchSample;

/// <summary>Two texts that belong together, to train with.</summary>
internal sealed class Pair
{
    /// <summary>A question.</summary>
    public string Text { get; set; } = "";

    /// <summary>The same question in other words, or its answer.</summary>
    public string Positive { get; set; } = "";
}
