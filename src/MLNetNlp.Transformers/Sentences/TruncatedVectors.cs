using MLNetNlp.Transformers.Inputs;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Sentences;

/// <summary>The first numbers of an encoder's vectors (Matryoshka); vectors that had length 1 are scaled to it again.</summary>
/// <remarks>The encoder stays its owner's. Kusupati et al. 2022, "Matryoshka Representation Learning".</remarks>
/// <param name="encoder">Whole vectors.</param>
/// <param name="dimension">Numbers that are kept.</param>
internal sealed class TruncatedVectors(SentenceEncoder encoder, int dimension) : nn.Module<TokenBatch, Tensor>(nameof(TruncatedVectors))
{
    private readonly UnitLength _unitLength = new();

    /// <summary>[batch, kept numbers].</summary>
    public override Tensor forward(TokenBatch input)
    {
        using var scope = NewDisposeScope();
        if (encoder.training)
            encoder.eval();
        var kept = encoder.call(input).narrow(1, 0, dimension);
        return (encoder.Normalizes ? _unitLength.call(kept) : kept.contiguous()).MoveToOuterDisposeScope();
    }

    /// <summary>Nothing is registered: the encoder is another's.</summary>
    protected override void RegisterComponents()
    {
    }
}
