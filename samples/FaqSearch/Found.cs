namespace FaqSearchSample;

/// <summary>What a search gives for a query.</summary>
internal sealed class Found
{
    /// <summary>Ids of the entries, best first.</summary>
    public string[] SimilarIds { get; set; } = [];

    /// <summary>How alike they are, -1 to 1.</summary>
    public float[] SimilarScores { get; set; } = [];

    /// <summary>The questions.</summary>
    public string[] SimilarTexts { get; set; } = [];
}
