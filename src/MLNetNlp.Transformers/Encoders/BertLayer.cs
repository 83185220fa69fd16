using MLNetNlp.Transformers.Checkpoints;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>One layer of BERT: attention, then the feed-forward block, each with residual connection and LayerNorm after it (post-LN).</summary>
internal sealed class BertLayer : nn.Module
{
    private readonly BertAttention _attention;
    private readonly Dense _intermediate;
    private readonly Func<Tensor, Tensor> _activation;
    private readonly Dense _output;
    private readonly LayerNormalization _norm;
    private readonly double _dropout;

    public BertLayer(ModelConfig config)
        : base(nameof(BertLayer))
    {
        _attention = new BertAttention(config);
        _intermediate = new Dense(config.HiddenSize, config.IntermediateSize);
        _activation = Activations.Get(config.HiddenActivation);
        _output = new Dense(config.IntermediateSize, config.HiddenSize);
        _norm = new LayerNormalization(config.HiddenSize, config.LayerNormEpsilon);
        _dropout = config.HiddenDropout;
        register_module("attention", _attention);
        register_module("intermediate", new ModuleGroup(("dense", _intermediate)));
        register_module("output", new ModuleGroup(("dense", _output), ("LayerNorm", _norm)));
    }

    /// <summary>[batch * length, hidden] to the same shape; the other parameters are <see cref="BertAttention.Forward"/>'s.</summary>
    public Tensor Forward(Tensor hidden, long batch, Tensor? mask, List<Tensor>? attentions)
    {
        using var scope = NewDisposeScope();
        var attended = _attention.Forward(hidden, batch, mask, attentions);
        attentions?[^1].MoveToOuterDisposeScope();
        var output = _output.forward(_activation(_intermediate.forward(attended)));
        if (training && _dropout > 0)
            output = Dropout.OverwriteOrCopy(output, _dropout);
        return _norm.forward(output.add_(attended)).MoveToOuterDisposeScope();
    }

    /// <summary>The parts are registered under the checkpoint's names, not once more under the fields'.</summary>
    protected override void RegisterComponents()
    {
    }
}
