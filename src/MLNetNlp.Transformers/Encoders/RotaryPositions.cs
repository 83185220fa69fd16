using MLNetNlp.Transformers.Inputs;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>Rotary position embeddings: each pair of a query's or key's numbers is turned by an angle that grows with the position.</summary>
/// <remarks>
/// Number <c>i</c> of a head pairs with number <c>i + size / 2</c>; at position <c>p</c> they turn by <c>p * theta^(-2i / size)</c>.
/// Su et al. 2021, "RoFormer: Enhanced Transformer with Rotary Position Embedding".
/// </remarks>
internal sealed record RotaryPositions(Tensor Cosines, Tensor Sines)
{
    /// <summary>The rotations of a batch's positions, [length, head size] each. In float32 throughout: the reference's angles are.</summary>
    public static RotaryPositions Create(TokenBatch batch, long headSize, double theta)
    {
        using var scope = NewDisposeScope();
        var device = batch.InputIds.device;
        var exponents = arange(0, headSize, 2, dtype: float32, device: device) / headSize;
        var frequencies = tensor((float)theta, device: device).pow(exponents).reciprocal();
        var angles = arange(batch.FirstPosition, batch.FirstPosition + batch.Length, dtype: float32, device: device).outer(frequencies);
        var both = cat([angles, angles], -1);
        return new RotaryPositions(both.cos().MoveToOuterDisposeScope(), both.sin().MoveToOuterDisposeScope());
    }

    /// <summary>Turns queries or keys: [batch * heads, length, head size] to the same shape.</summary>
    public Tensor Rotate(Tensor vectors)
    {
        using var scope = NewDisposeScope();
        var halves = vectors.chunk(2, -1);
        var (cosines, sines) = (Cosines.to(vectors.dtype), Sines.to(vectors.dtype));
        return (vectors * cosines + cat([halves[1].neg(), halves[0]], -1) * sines).MoveToOuterDisposeScope();
    }
}
