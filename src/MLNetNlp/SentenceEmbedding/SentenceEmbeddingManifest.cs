using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>What a sentence embedding transformer keeps beside the model's own files.</summary>
internal sealed record SentenceEmbeddingManifest : ModelManifest
{
    public required string InputColumnName { get; init; }

    public required string OutputColumnName { get; init; }

    public required int MaxLength { get; init; }

    public int? TruncateDimension { get; init; }

    public EmbeddingPrecision Precision { get; init; }

    public EmbeddingRanges? Ranges { get; init; }
}
