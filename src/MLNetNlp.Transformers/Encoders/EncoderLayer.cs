using MLNetNlp.Transformers.Adapters;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>One layer of an encoder: attention, then the feed-forward block.</summary>
/// <param name="name">The module's.</param>
/// <param name="names">What the family calls the layer's parts.</param>
internal abstract class EncoderLayer(string name, LayerNames names) : nn.Module(name)
{
    /// <summary>What ends the attention instead of residual connection and LayerNorm; null: those.</summary>
    public Bottleneck? AttentionAdapter { get; set; }

    /// <summary>What ends the feed-forward block instead of residual connection and LayerNorm; null: those.</summary>
    public Bottleneck? OutputAdapter { get; set; }

    /// <summary>What the <c>adapters</c> package calls the place after the attention: inside the block that has the output layer, or beside all.</summary>
    public string AttentionAdapterPath => IsLikeBert ? "attention.output.adapters" : "attention_adapters.adapters";

    /// <summary>What the <c>adapters</c> package calls the place after the feed-forward block.</summary>
    public string OutputAdapterPath => IsLikeBert ? "output.adapters" : "output_adapters.adapters";

    private bool IsLikeBert => names.AttentionOutput == LayerNames.Bert.AttentionOutput;

    /// <summary>[batch * length, hidden] to the same shape.</summary>
    public abstract Tensor Forward(Tensor hidden, AttentionInput input);

    /// <summary>The parts are registered under the checkpoint's names, not once more under the fields'.</summary>
    protected override void RegisterComponents()
    {
    }
}
