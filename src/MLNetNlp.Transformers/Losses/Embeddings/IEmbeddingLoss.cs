using MLNetNlp.Transformers.Sentences;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>A loss over the vectors of one or more text columns.</summary>
public interface IEmbeddingLoss : ISentenceLoss
{
    /// <summary>The loss of one batch, a scalar with its graph, moved to the outer dispose scope.</summary>
    /// <param name="embeddings">One [batch, dimension] a text column.</param>
    /// <param name="labels">As <see cref="EmbeddingLossInputs.Label"/> says; null for a loss without.</param>
    /// <exception cref="ArgumentException">Columns or labels that the loss cannot use.</exception>
    Tensor Compute(IReadOnlyList<Tensor> embeddings, Tensor? labels);

    /// <inheritdoc/>
    Tensor ISentenceLoss.Compute(SentenceEncoder encoder, SentenceBatch batch)
    {
        using var scope = NewDisposeScope();
        return Compute([.. batch.Columns.Select(encoder.call)], batch.Labels).MoveToOuterDisposeScope();
    }
}
