using MLNetNlp.Transformers.Inputs;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>One batch of training rows, as losses take it. The tensors stay the caller's.</summary>
public sealed class SentenceBatch
{
    /// <summary>The tokens of each text column, in the order of <see cref="EmbeddingLossInputs.Columns"/>.</summary>
    public required IReadOnlyList<TokenBatch> Columns { get; init; }

    /// <summary>As <see cref="EmbeddingLossInputs.Label"/> says; null for a loss without.</summary>
    public Tensor? Labels { get; init; }

    /// <summary>The guide's vector of each text, [batch, the guide's dimension] a column; null unless <see cref="EmbeddingLossInputs.NeedsGuide"/>.</summary>
    public IReadOnlyList<Tensor>? GuideEmbeddings { get; init; }
}
