using MLNetNlp.Transformers.Adapters;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>A layer whose attention and feed-forward block each have LayerNorm before them and a residual connection around them (pre-LN).</summary>
internal sealed class PreNormLayer : EncoderLayer
{
    private readonly LayerNormalization? _attentionNorm;
    private readonly SelfAttention _attention;
    private readonly LayerNormalization _feedForwardNorm;
    private readonly FeedForward _feedForward;
    private readonly double _attentionDropout;

    /// <summary>A layer from its parts.</summary>
    /// <param name="names">The family's names.</param>
    /// <param name="attentionNorm">LayerNorm before the attention; null: none.</param>
    /// <param name="attention">Attention.</param>
    /// <param name="feedForwardNorm">LayerNorm before the feed-forward block.</param>
    /// <param name="feedForward">Feed-forward block.</param>
    /// <param name="attentionDropout">Dropout of the attention's output.</param>
    public PreNormLayer(LayerNames names, LayerNormalization? attentionNorm, SelfAttention attention, LayerNormalization feedForwardNorm,
        FeedForward feedForward, double attentionDropout)
        : base(nameof(PreNormLayer), names)
    {
        _attentionNorm = attentionNorm;
        _attention = attention;
        _feedForwardNorm = feedForwardNorm;
        _feedForward = feedForward;
        _attentionDropout = attentionDropout;
        ModuleGroup.Register(this, [.. attentionNorm is null ? [] : new (string, nn.Module)[] { (names.AttentionNorm, attentionNorm) },
            .. attention.Parts(names), (names.OutputNorm, feedForwardNorm), .. feedForward.Parts(names)]);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor hidden, AttentionInput input)
    {
        using var scope = NewDisposeScope();
        var output = _attention.Forward(_attentionNorm is null ? hidden : _attentionNorm.forward(hidden), input);
        input.Attentions?[^1].MoveToOuterDisposeScope();
        if (training && _attentionDropout > 0)
            output = Dropout.OverwriteOrCopy(output, _attentionDropout);
        var attended = Add(output, hidden, AttentionAdapter);
        return Add(_feedForward.Forward(_feedForwardNorm.forward(attended), training), attended, OutputAdapter).MoveToOuterDisposeScope();
    }

    private static Tensor Add(Tensor output, Tensor residual, Bottleneck? adapter) =>
        adapter is null ? output.add_(residual) : adapter.Forward(output, residual, norm: null);
}
