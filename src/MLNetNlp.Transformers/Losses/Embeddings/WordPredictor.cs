using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Encoders;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetNlp.Transformers.Losses;

/// <summary>From hidden states to scores of every word: linear, activation, LayerNorm, then the products with a table of word vectors and a bias.</summary>
/// <remarks>BERT's <c>cls.predictions</c>, names included; the table is the encoder's.</remarks>
internal sealed class WordPredictor : nn.Module
{
    private readonly Dense _dense;
    private readonly LayerNormalization _norm;
    private readonly Func<Tensor, Tensor> _activation;

    // By its name TorchSharp finds the field again when the module moves to another device.
    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    public WordPredictor(ModelConfig config)
        : base(nameof(WordPredictor))
    {
        _dense = new Dense(config.HiddenSize, config.HiddenSize);
        _norm = new LayerNormalization(config.HiddenSize, config.LayerNormEpsilon);
        _activation = Activations.Get(config.HiddenActivation);
        _bias = new Parameter(empty(config.VocabularySize));
        register_parameter("bias", _bias);
        ModuleGroup.Register(this, [("transform.dense", _dense), ("transform.LayerNorm", _norm)]);
    }

    /// <summary>[..., hidden] to [..., vocabulary].</summary>
    /// <param name="hidden">What a decoder gave.</param>
    /// <param name="words">Word vectors, [vocabulary, hidden].</param>
    public Tensor Forward(Tensor hidden, Tensor words)
    {
        using var scope = NewDisposeScope();
        return F.linear(_norm.forward(_activation(_dense.forward(hidden))), words, _bias).MoveToOuterDisposeScope();
    }

    /// <summary>The parts are registered under the checkpoint's names, not once more under the fields'.</summary>
    protected override void RegisterComponents()
    {
    }
}
