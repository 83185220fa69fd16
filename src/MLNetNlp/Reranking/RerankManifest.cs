using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>What re-ranking keeps beside the cross-encoder's own files.</summary>
internal sealed record RerankManifest : ModelManifest
{
    public required string QueryColumnName { get; init; }

    public required string CandidatesColumnName { get; init; }

    public required string ScoreColumnName { get; init; }

    public required IReadOnlyList<string> OtherColumnNames { get; init; }

    /// <summary>Candidates that are kept; null: all.</summary>
    public int? Top { get; init; }

    public required int MaxLength { get; init; }

    public required ScoreActivation Activation { get; init; }

    /// <summary><c>Regression</c> or <c>Ranking</c>: what the cross-encoder was trained for.</summary>
    public required string ScoreKind { get; init; }

    public float ScoreMinimum { get; init; }

    public float ScoreMaximum { get; init; } = 1;
}
