using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>What a SetFit transformer keeps beside the model's own files.</summary>
internal sealed record SetFitManifest : ModelManifest
{
    public required string Sentence1ColumnName { get; init; }

    public required string LabelColumnName { get; init; }

    public required string PredictionColumnName { get; init; }

    public required string ScoreColumnName { get; init; }

    /// <summary>Binary only.</summary>
    public string? ProbabilityColumnName { get; init; }

    public required int MaxLength { get; init; }

    /// <summary>Text of each class or label.</summary>
    public required IReadOnlyList<string> LabelNames { get; init; }

    /// <summary>The type of the key values that <see cref="LabelNames"/> stand for; multiclass only, and null where the label was a key without values.</summary>
    public string? LabelValueType { get; init; }
}
