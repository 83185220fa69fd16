using MLNetNlp.Transformers.Inputs;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>
/// Attention masks in the additive form that the reference uses: 0 where a key may be seen, the lowest float32 where it may not. A score is lost in that
/// number, so a query that may see nothing attends to all keys alike, as in the reference.
/// </summary>
internal static class AttentionMasks
{
    /// <summary>Hides padding from every query: [batch * heads, 1, length]; null when nothing is padded.</summary>
    public static Tensor? Padding(TokenBatch batch, long heads)
    {
        if (!batch.HasPadding)
            return null;
        using var scope = NewDisposeScope();
        return PerHead(Hidden(batch).view(batch.BatchSize, 1, batch.Length), heads).MoveToOuterDisposeScope();
    }

    /// <summary>Hides padding from every query, and everything from padding: [batch * heads, length, length]; null when nothing is padded.</summary>
    public static Tensor? Pairs(TokenBatch batch, long heads)
    {
        if (!batch.HasPadding)
            return null;
        using var scope = NewDisposeScope();
        var hidden = Hidden(batch);
        return PerHead(hidden.unsqueeze(1).maximum(hidden.unsqueeze(2)), heads).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Hides padding, and keys more than <paramref name="reach"/> tokens away: [batch * heads or 1, length, length], or as <see cref="Padding"/>.
    /// </summary>
    public static Tensor? Window(TokenBatch batch, long heads, long reach)
    {
        if (batch.Length <= reach + 1)
            return Padding(batch, heads);
        using var scope = NewDisposeScope();
        var positions = arange(0, batch.Length, dtype: int64, device: batch.InputIds.device);
        var far = (positions.unsqueeze(0) - positions.unsqueeze(1)).abs().gt(reach).to(float32).unsqueeze(0);
        var hidden = batch.HasPadding ? PerHead(Hidden(batch).unsqueeze(1).maximum(far), heads) : ToBias(far);
        return hidden.MoveToOuterDisposeScope();
    }

    /// <summary>Hides from every query what comes after it: [1, length, length]. Padding is at the end, so no token sees it.</summary>
    public static Tensor Causal(TokenBatch batch)
    {
        using var scope = NewDisposeScope();
        return ToBias(ones(batch.Length, batch.Length, device: batch.InputIds.device).triu(1)).unsqueeze(0).MoveToOuterDisposeScope();
    }

    /// <summary>1 for padding, 0 for tokens: [batch, length].</summary>
    private static Tensor Hidden(TokenBatch batch) => 1 - batch.AttentionMask.to(float32);

    private static Tensor PerHead(Tensor hidden, long heads)
    {
        var (batch, queries, keys) = (hidden.shape[0], hidden.shape[1], hidden.shape[2]);
        return ToBias(hidden).unsqueeze(1).expand(batch, heads, queries, keys).reshape(batch * heads, queries, keys);
    }

    // 0 * lowest is -0, which adds nothing.
    private static Tensor ToBias(Tensor hidden) => hidden * float.MinValue;
}
