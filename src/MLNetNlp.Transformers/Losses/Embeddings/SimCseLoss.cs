using MLNetNlp.Transformers.Sentences;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Learns from texts alone: each text is encoded twice, dropout makes two vectors of it, and each must find its twin in the batch.</summary>
/// <remarks>
/// <see cref="MultipleNegativesRankingLoss"/> of two passes over the same texts, a similarity. Inputs: one text; no label. The model's dropout must be above 0:
/// it is all that tells the twins apart, so <see cref="TrainingOptions.Dropout"/> cannot be off. Gao et al. 2021, "SimCSE: Simple Contrastive Learning of Sentence Embeddings" (temperature 0.05: the scale's 20).
/// </remarks>
/// <param name="scale">Factor on the cosines. Default 20.</param>
public sealed class SimCseLoss(float scale = 20f) : ISentenceLoss
{
    private readonly MultipleNegativesRankingLoss _loss = new(scale);

    /// <inheritdoc/>
    public EmbeddingLossInputs Inputs { get; } = new(nameof(SimCseLoss), ["text"]) { ContrastsRows = true, NeedsDropout = true };

    /// <inheritdoc/>
    public Tensor Compute(SentenceEncoder encoder, SentenceBatch batch)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(batch);
        Inputs.CheckColumnCount(batch.Columns.Count);
        using var scope = NewDisposeScope();
        return _loss.Compute([encoder.call(batch.Columns[0]), encoder.call(batch.Columns[0])], null).MoveToOuterDisposeScope();
    }
}
