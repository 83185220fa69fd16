using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>What a search keeps beside index, corpus and the model's own files.</summary>
internal sealed record SimilaritySearchManifest : ModelManifest
{
    public required string InputColumnName { get; init; }

    public required string QueryColumnName { get; init; }

    public required string OutputColumnName { get; init; }

    public string? IdColumnName { get; init; }

    public string? TextColumnName { get; init; }

    public required int Top { get; init; }

    public float? MinScore { get; init; }

    public required bool SkipDuplicates { get; init; }

    /// <summary>Whether the corpus's texts are given back.</summary>
    public required bool HasTexts { get; init; }

    public required long RowCount { get; init; }

    /// <summary>Most tokens of a text; null: queries are vectors, and there is no model.</summary>
    public int? MaxLength { get; init; }
}
