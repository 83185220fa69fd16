using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Makes the difference between positive and negative what a teacher, mostly a cross-encoder, says it is.</summary>
/// <remarks>
/// <c>loss = mean of ((query.positive - query.negative) - margin)^2</c>, a similarity: the dot product. Inputs: query, positive, one negative or more; the
/// label is the teacher's margins, score(query, positive) - score(query, negative), one for each negative, or its scores themselves, one for each document.
/// Hofstätter et al. 2020, "Improving Efficient Neural Ranking Models with Cross-Architecture Knowledge Distillation".
/// </remarks>
public sealed class MarginMseLoss : IEmbeddingLoss
{
    /// <inheritdoc/>
    public EmbeddingLossInputs Inputs { get; } = new(nameof(MarginMseLoss), ["query", "positive", "negative"])
    {
        FurtherColumns = "negatives",
        Label = EmbeddingLabelKind.Vector,
    };

    /// <inheritdoc/>
    public Tensor Compute(IReadOnlyList<Tensor> embeddings, Tensor? labels)
    {
        Inputs.CheckBatch(embeddings, labels);
        using var scope = NewDisposeScope();
        var negatives = embeddings.Count - 2;
        var teacher = labels!.reshape(labels.shape[0], -1);
        var width = teacher.shape[1];
        if (width != negatives && width != negatives + 1)
        {
            throw new ArgumentException($"{nameof(MarginMseLoss)} has {negatives} negatives, so that its label needs {negatives} margins or {negatives + 1} "
                + $"scores, but it has {width} numbers.", nameof(labels));
        }

        var scores = stack(embeddings.Skip(1).Select(documents => (embeddings[0] * documents).sum(1)), 1);
        var margins = width == negatives ? teacher : Margins(teacher);
        return F.mse_loss(Margins(scores), margins.to(scores.dtype)).MoveToOuterDisposeScope();
    }

    private static Tensor Margins(Tensor scores) => scores.narrow(1, 0, 1) - scores.narrow(1, 1, scores.shape[1] - 1);
}
