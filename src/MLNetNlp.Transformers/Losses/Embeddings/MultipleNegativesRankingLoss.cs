using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Pulls each anchor towards its own positive and away from every other positive in the batch.</summary>
/// <remarks>
/// <c>loss = CE(scale * cos(anchors, candidates), i)</c> for row <c>i</c>, a similarity. The larger the batch, the more negatives, the better the model:
/// <see cref="GradientCachedLoss"/> has large batches in little memory. Inputs: anchors and positives; further columns are hard negatives and join the
/// candidates. No label. Texts repeated inside a batch become false negatives: use the no-duplicates sampler. A batch of one row without
/// hard negatives has the loss 0. Henderson et al. 2017, "Efficient Natural Language Response Suggestion for Smart Reply"; also known as InfoNCE.
/// </remarks>
/// <param name="scale">Factor on the similarities, the inverse of a temperature. Default 20; 1 goes with the dot product.</param>
/// <param name="symmetric">Whether each positive must find its anchor too: <see cref="ContrastDirections.DocumentToQuery"/>, per direction.</param>
public sealed class MultipleNegativesRankingLoss(float scale = 20f, bool symmetric = false) : IEmbeddingLoss
{
    /// <summary>Factor on the similarities.</summary>
    public float Scale { get; } = LossArgument.Positive(scale, nameof(scale));

    /// <summary>Default cosine.</summary>
    public EmbeddingSimilarity Similarity { get; init; } = EmbeddingSimilarity.Cosine;

    /// <summary>What is held against each other. Default: anchors against documents, and with <c>symmetric</c> positives against anchors.</summary>
    public ContrastDirections Directions { get; init; } =
        symmetric ? ContrastDirections.QueryToDocument | ContrastDirections.DocumentToQuery : ContrastDirections.QueryToDocument;

    /// <summary>How several directions are joined. Default one softmax over all, but with <c>symmetric</c> one for each.</summary>
    public ContrastPartition Partition { get; init; } = symmetric ? ContrastPartition.PerDirection : ContrastPartition.Joint;

    /// <inheritdoc/>
    public EmbeddingLossInputs Inputs { get; } = new(nameof(MultipleNegativesRankingLoss), ["anchor", "positive"])
    {
        FurtherColumns = "hard negatives",
        ContrastsRows = true,
    };

    /// <inheritdoc/>
    public Tensor Compute(IReadOnlyList<Tensor> embeddings, Tensor? labels)
    {
        Inputs.CheckBatch(embeddings, labels);
        using var scope = NewDisposeScope();
        var unit = Similarity == EmbeddingSimilarity.Cosine ? embeddings.Select(UnitRows.Of).ToArray() : [.. embeddings];
        var (anchors, positives, documents) = (unit[0], unit[1], cat(unit[1..]));
        List<Tensor> scores = [anchors.matmul(documents.t()) * Scale];
        // Of a batch's only row nothing is left to hold it against.
        var others = anchors.shape[0] > 1 ? Directions : Directions & ~(ContrastDirections.QueryToQuery | ContrastDirections.DocumentToDocument);
        if (others.HasFlag(ContrastDirections.QueryToQuery))
            scores.Add(WithoutOwnRow(anchors.matmul(anchors.t()) * Scale));
        if (others.HasFlag(ContrastDirections.DocumentToQuery))
            scores.Add(positives.matmul(anchors.t()) * Scale);
        if (others.HasFlag(ContrastDirections.DocumentToDocument))
            scores.Add(WithoutOwnRow(positives.matmul(documents.t()) * Scale));

        var logSum = Partition == ContrastPartition.Joint
            ? cat(scores, 1).logsumexp(1)
            : stack(scores.Select(direction => direction.logsumexp(1))).mean([0]);
        return (logSum - scores[0].diagonal(0, 0, 1)).mean().MoveToOuterDisposeScope();
    }

    /// <summary>Masks what is the row's own, in each of the documents' columns.</summary>
    private static Tensor WithoutOwnRow(Tensor scores)
    {
        var rows = scores.shape[0];
        return scores.masked_fill(eye(rows, dtype: ScalarType.Bool, device: scores.device).repeat(1, scores.shape[1] / rows), float.NegativeInfinity);
    }
}
