using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Makes the cosine of each pair equal its score.</summary>
/// <remarks>
/// <c>loss = mean of (cos(u, v) - score)^2</c>, a similarity. Inputs: two texts and a score from -1 to 1 (mostly 0 to 1). Where only the order of the scores
/// matters, <see cref="CoSentLoss"/> is the stronger. Reimers and Gurevych 2019, "Sentence-BERT".
/// </remarks>
public sealed class CosineSimilarityLoss : IEmbeddingLoss
{
    /// <inheritdoc/>
    public EmbeddingLossInputs Inputs { get; } = new(nameof(CosineSimilarityLoss), ["first text", "second text"])
    {
        Label = EmbeddingLabelKind.Score,
        LowestScore = -1,
        HighestScore = 1,
    };

    /// <inheritdoc/>
    public Tensor Compute(IReadOnlyList<Tensor> embeddings, Tensor? labels)
    {
        Inputs.CheckBatch(embeddings, labels);
        using var scope = NewDisposeScope();
        var cosines = F.cosine_similarity(embeddings[0], embeddings[1]);
        return F.mse_loss(cosines, labels!.to(cosines.dtype)).MoveToOuterDisposeScope();
    }
}
