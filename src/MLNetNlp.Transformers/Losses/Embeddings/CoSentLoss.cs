using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Orders pairs by their scores: a pair with the higher score is to have the higher cosine.</summary>
/// <remarks>
/// <c>loss = log(1 + sum over score_i &lt; score_j of exp(scale * (cos_i - cos_j)))</c>, a similarity; equal scores contribute nothing. Inputs: two texts and
/// a score, of which only the order counts. Su 2022, "CoSENT: A more efficient sentence vector scheme than Sentence-BERT".
/// </remarks>
/// <param name="scale">Factor on the cosines, the inverse of a temperature. Default 20.</param>
public sealed class CoSentLoss(float scale = 20f) : IEmbeddingLoss
{
    /// <summary>Factor on the cosines.</summary>
    public float Scale { get; } = LossArgument.Positive(scale, nameof(scale));

    /// <inheritdoc/>
    public EmbeddingLossInputs Inputs { get; } = new(nameof(CoSentLoss), ["first text", "second text"]) { Label = EmbeddingLabelKind.Score };

    /// <inheritdoc/>
    public Tensor Compute(IReadOnlyList<Tensor> embeddings, Tensor? labels)
    {
        Inputs.CheckBatch(embeddings, labels);
        using var scope = NewDisposeScope();
        var cosines = (UnitRows.Of(embeddings[0]) * UnitRows.Of(embeddings[1])).sum(1);
        return RankedPairs.LogSum(cosines * Scale, labels!).MoveToOuterDisposeScope();
    }
}
