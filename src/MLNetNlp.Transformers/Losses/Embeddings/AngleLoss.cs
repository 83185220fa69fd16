using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>CoSENT over the angle of complex numbers instead of the cosine, whose slope vanishes near its ends.</summary>
/// <remarks>
/// <c>loss = log(1 + sum over score_i &lt; score_j of exp(scale * (s_i - s_j)))</c> with the similarity <c>s = |x.y + (x2.y1 - x1.y2)|</c>, where x and y have
/// length 1 and x1, x2 are a vector's halves: real and imaginary parts. Inputs: two texts and a score, of which only the order counts. The dimension must be
/// even. Li and Li 2023, "AnglE-optimized Text Embeddings".
/// </remarks>
/// <param name="scale">Factor on the similarities, the inverse of a temperature. Default 20.</param>
public sealed class AngleLoss(float scale = 20f) : IEmbeddingLoss
{
    /// <summary>Factor on the similarities.</summary>
    public float Scale { get; } = LossArgument.Positive(scale, nameof(scale));

    /// <inheritdoc/>
    public EmbeddingLossInputs Inputs { get; } = new(nameof(AngleLoss), ["first text", "second text"]) { Label = EmbeddingLabelKind.Score };

    /// <inheritdoc/>
    public Tensor Compute(IReadOnlyList<Tensor> embeddings, Tensor? labels)
    {
        Inputs.CheckBatch(embeddings, labels);
        var dimension = embeddings[0].shape[1];
        if (dimension % 2 != 0)
            throw new ArgumentException($"{nameof(AngleLoss)} needs vectors of an even dimension, but theirs is {dimension}.", nameof(embeddings));
        using var scope = NewDisposeScope();
        var (x, y) = (UnitRows.Of(embeddings[0]), UnitRows.Of(embeddings[1]));
        var (xs, ys) = (x.chunk(2, 1), y.chunk(2, 1));
        var similarities = (x * y).sum(1) + (xs[1] * ys[0] - xs[0] * ys[1]).sum(1);
        return RankedPairs.LogSum(similarities.abs() * Scale, labels!).MoveToOuterDisposeScope();
    }
}
