using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>What a cross-encoder keeps beside the model's own files.</summary>
internal sealed record CrossEncoderManifest : ModelManifest
{
    public required string Sentence1ColumnName { get; init; }

    public required string Sentence2ColumnName { get; init; }

    /// <summary>Null where the model was not trained here.</summary>
    public string? LabelColumnName { get; init; }

    /// <summary>Rankings only.</summary>
    public string? RowGroupColumnName { get; init; }

    public required string ScoreColumnName { get; init; }

    public required int MaxLength { get; init; }

    public required ScoreActivation Activation { get; init; }

    /// <summary><c>Regression</c> or <c>Ranking</c>.</summary>
    public required string ScoreKind { get; init; }

    public float ScoreMinimum { get; init; }

    public float ScoreMaximum { get; init; } = 1;
}
