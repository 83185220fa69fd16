using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>What classification by label embeddings keeps beside the encoder's own files.</summary>
internal sealed record LabelEmbeddingsManifest : ModelManifest
{
    public required string InputColumnName { get; init; }

    public required string PredictionColumnName { get; init; }

    public required string ScoreColumnName { get; init; }

    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The sentences that stand for each label.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Sentences { get; init; }

    public required float Temperature { get; init; }

    public required int MaxLength { get; init; }
}
