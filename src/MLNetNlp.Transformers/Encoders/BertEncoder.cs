using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Inputs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>BERT: post-LN transformer encoder with learned absolute positions and an optional pooler (tanh of a linear layer over [CLS]).</summary>
/// <remarks>Devlin et al. 2018, "BERT: Pre-training of Deep Bidirectional Transformers". Parameter names are Hugging Face <c>BertModel</c>'s.</remarks>
public sealed class BertEncoder : TextEncoder
{
    private readonly BertEmbeddings _embeddings;
    private readonly BertLayer[] _layers;
    private readonly Dense? _pooler;

    /// <summary>Builds the encoder; its weights are unset until they are loaded.</summary>
    /// <param name="config">Sizes and settings.</param>
    /// <param name="pooler">Whether to build the pooler.</param>
    /// <exception cref="NotSupportedException">A setting that this encoder does not have, such as relative positions.</exception>
    public BertEncoder(ModelConfig config, bool pooler)
        : base(nameof(BertEncoder), config)
    {
        if (config.AttentionHeadCount < 1 || config.HiddenSize % config.AttentionHeadCount != 0)
        {
            throw new NotSupportedException(
                $"hidden_size ({config.HiddenSize}) is not a multiple of num_attention_heads ({config.AttentionHeadCount}).");
        }

        _embeddings = new BertEmbeddings(config);
        _layers = [.. Enumerable.Range(0, config.HiddenLayerCount).Select(_ => new BertLayer(config))];
        register_module("embeddings", _embeddings);
        register_module("encoder", new ModuleGroup(("layer", new ModuleList<BertLayer>(_layers))));
        if (!pooler)
            return;
        _pooler = new Dense(config.HiddenSize, config.HiddenSize);
        register_module("pooler", new ModuleGroup(("dense", _pooler)));
    }

    /// <inheritdoc/>
    public override bool HasPooler => _pooler is not null;

    private protected override EncoderOutput Run(TokenBatch batch, EncoderFields fields)
    {
        using var scope = NewDisposeScope();
        var (size, length) = (batch.BatchSize, batch.Length);
        var mask = AttentionMasks.Additive(batch, Config.AttentionHeadCount);
        var states = fields.HasFlag(EncoderFields.HiddenStates) ? new List<Tensor>() : null;
        var attentions = fields.HasFlag(EncoderFields.Attentions) ? new List<Tensor>() : null;

        var hidden = _embeddings.forward(batch);
        states?.Add(ByText(hidden));
        foreach (var layer in _layers)
        {
            var next = layer.Forward(hidden, size, mask, attentions);
            hidden.Dispose();
            hidden = next;
            states?.Add(ByText(hidden));
        }

        var last = ByText(hidden);
        var pooled = fields.HasFlag(EncoderFields.PooledOutput) ? _pooler!.forward(last.select(1, 0)).tanh() : null;
        return new EncoderOutput
        {
            LastHiddenState = last.MoveToOuterDisposeScope(),
            PooledOutput = pooled?.MoveToOuterDisposeScope(),
            HiddenStates = MoveOut(states),
            Attentions = MoveOut(attentions),
        };

        Tensor ByText(Tensor tokens) => tokens.view(size, length, -1);
    }

    private static List<Tensor>? MoveOut(List<Tensor>? tensors)
    {
        tensors?.ForEach(tensor => tensor.MoveToOuterDisposeScope());
        return tensors;
    }

    /// <summary>The parts are registered under the checkpoint's names, not once more under the fields'.</summary>
    protected override void RegisterComponents()
    {
    }
}
