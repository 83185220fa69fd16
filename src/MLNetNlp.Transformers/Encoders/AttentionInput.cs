using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>What one forward pass gives every attention of a layer besides the hidden states.</summary>
/// <param name="BatchSize">Number of texts.</param>
/// <param name="Length">Tokens of each, padding included.</param>
/// <param name="Training">Whether dropout is on.</param>
internal sealed record AttentionInput(long BatchSize, long Length, bool Training)
{
    /// <summary>
    /// Added to the scaled scores: masks, and biases that depend on positions alone. Broadcasts to [batch * heads, query, key]; null when there is nothing
    /// to add.
    /// </summary>
    public Tensor? Bias { get; init; }

    /// <summary>Rotations of queries and keys by position; null in families without.</summary>
    public RotaryPositions? Rotary { get; init; }

    /// <summary>Vectors of distances, which <see cref="PositionScores"/> take; null in families without.</summary>
    public RelativeVectors? Relative { get; init; }

    /// <summary>What follows a decoder's attention to itself, [batch * length, hidden] to the same; null in an encoder.</summary>
    public Func<Tensor, Tensor>? AfterAttention { get; init; }

    /// <summary>Keys and values before the text's own, which every query sees; null: none.</summary>
    public KeyValuePrefix? Prefix { get; init; }

    /// <summary>Where the probabilities go, [batch, heads, query, key], a prefix among the keys; null when nobody wants them.</summary>
    public List<Tensor>? Attentions { get; init; }
}
