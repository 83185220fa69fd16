using MLNetNlp.Transformers.Inputs;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>Attention masks in the additive form that the reference uses: 0 where a key may be seen, the lowest float32 where it may not.</summary>
internal static class AttentionMasks
{
    /// <summary>One row per text and head, [batch * heads, 1, length]; null when nothing is padded.</summary>
    public static Tensor? Additive(TokenBatch batch, long heads)
    {
        if (!batch.HasPadding)
            return null;
        using var scope = NewDisposeScope();
        var hidden = (1 - batch.AttentionMask.to(float32)) * float.MinValue;
        return hidden.view(batch.BatchSize, 1, 1, batch.Length).expand(batch.BatchSize, heads, 1, batch.Length)
            .reshape(batch.BatchSize * heads, 1, batch.Length).MoveToOuterDisposeScope();
    }
}
