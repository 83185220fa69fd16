using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Checkpoints;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>A layer as BERT has it: attention, then the feed-forward block, each with residual connection and LayerNorm after it (post-LN).</summary>
/// <remarks>Residuals are added in place: it saves a pass over memory forward, and one backward.</remarks>
internal sealed class PostNormLayer : EncoderLayer
{
    private readonly SelfAttention _attention;
    private readonly LayerNormalization _attentionNorm;
    private readonly FeedForward _feedForward;
    private readonly LayerNormalization _outputNorm;
    private readonly double _attentionDropout;
    private readonly double _outputDropout;

    /// <summary>A layer from its parts.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="names">The family's names.</param>
    /// <param name="attention">Attention; null: with three projections and nothing but masks in the scores.</param>
    /// <param name="feedForward">Feed-forward block; null: the plain one.</param>
    /// <param name="attentionDropout">Dropout of the attention's output; null: the configuration's.</param>
    /// <param name="outputDropout">Dropout of the feed-forward block's output; null: the configuration's.</param>
    public PostNormLayer(ModelConfig config, LayerNames names, SelfAttention? attention = null, FeedForward? feedForward = null,
        double? attentionDropout = null, double? outputDropout = null)
        : base(nameof(PostNormLayer), names)
    {
        _attention = attention ?? new SelfAttention(config);
        _attentionNorm = new LayerNormalization(config.HiddenSize, config.LayerNormEpsilon);
        _feedForward = feedForward ?? new FeedForward(new Dense(config.HiddenSize, config.IntermediateSize), null,
            new Dense(config.IntermediateSize, config.HiddenSize), Activations.Get(config.HiddenActivation));
        _outputNorm = new LayerNormalization(config.HiddenSize, config.LayerNormEpsilon);
        _attentionDropout = attentionDropout ?? config.HiddenDropout;
        _outputDropout = outputDropout ?? config.HiddenDropout;
        ModuleGroup.Register(this,
            [.. _attention.Parts(names), (names.AttentionNorm, _attentionNorm), .. _feedForward.Parts(names), (names.OutputNorm, _outputNorm)]);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor hidden, AttentionInput input)
    {
        using var scope = NewDisposeScope();
        var attended = AddAndNormalise(_attention.Forward(hidden, input), hidden, _attentionDropout, _attentionNorm, AttentionAdapter);
        input.Attentions?[^1].MoveToOuterDisposeScope();
        if (input.AfterAttention is { } further)
            attended = further(attended);
        return AddAndNormalise(_feedForward.Forward(attended, training), attended, _outputDropout, _outputNorm, OutputAdapter)
            .MoveToOuterDisposeScope();
    }

    private Tensor AddAndNormalise(Tensor output, Tensor residual, double dropout, LayerNormalization norm, Bottleneck? adapter)
    {
        if (training && dropout > 0)
            output = Dropout.OverwriteOrCopy(output, dropout);
        return adapter is null ? norm.forward(output.add_(residual)) : adapter.Forward(output, residual, norm);
    }
}
