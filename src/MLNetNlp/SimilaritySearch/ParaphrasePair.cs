namespace MLNetNlp;

/// <summary>Two rows of a collection that mean nearly the same.</summary>
public sealed class ParaphrasePair
{
    /// <summary>The id of the row that comes first.</summary>
    public string FirstId { get; set; } = "";

    /// <summary>The id of the other.</summary>
    public string SecondId { get; set; } = "";

    /// <summary>The first text; empty where the collection has none.</summary>
    public string FirstText { get; set; } = "";

    /// <summary>The other text.</summary>
    public string SecondText { get; set; } = "";

    /// <summary>Cosine of their embeddings.</summary>
    public float Score { get; set; }
}
