using Microsoft.ML;
using MLNetNlp.Transformers.Losses;

namespace MLNetNlp;

/// <summary>A further data set that sentence embeddings are trained on beside the one that <c>Fit</c> takes, with columns and a loss of its own.</summary>
public sealed record EmbeddingTrainingSet
{
    /// <summary>The rows.</summary>
    public required IDataView Data { get; init; }

    /// <summary>Its columns.</summary>
    public EmbeddingColumns Columns { get; init; } = new();

    /// <summary>Its loss. Default null: by the columns, as for the first set.</summary>
    public ISentenceLoss? Loss { get; init; }

    /// <summary>How batches are made of it. Default null: as the loss wants it.</summary>
    public BatchSampling? BatchSampling { get; init; }
}
