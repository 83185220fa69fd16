using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Heads;
using MLNetNlp.Transformers.Inputs;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>Nomic BERT: BERT with rotary positions and gated feed-forward blocks, without biases.</summary>
/// <remarks>
/// Nussbaum et al. 2024, "Nomic Embed: Training a Reproducible Long Context Text Embedder". Parameter names are those of the published checkpoints. Their
/// rescaled rotations for texts longer than in training are not: the length stays within <c>max_trained_positions</c>.
/// </remarks>
public sealed class NomicBertEncoder : TextEncoder
{
    private static readonly LayerNames Names = new()
    {
        Fused = "attn.Wqkv",
        AttentionOutput = "attn.out_proj",
        AttentionNorm = "norm1",
        Intermediate = "mlp.fc11",
        Gate = "mlp.fc12",
        Output = "mlp.fc2",
        OutputNorm = "norm2",
    };

    private readonly TokenEmbeddings _embeddings;
    private readonly EncoderLayer[] _layers;
    private readonly double _theta;

    /// <summary>Builds the encoder; its weights are unset until they are loaded.</summary>
    /// <param name="config">Sizes and settings.</param>
    /// <param name="pooler">Whether to build the pooler.</param>
    /// <exception cref="NotSupportedException">A variant of the architecture that there is no code for.</exception>
    public NomicBertEncoder(ModelConfig config, bool pooler)
        : base(nameof(NomicBertEncoder), config)
    {
        var fields = config.Fields;
        foreach (var (field, needed) in new[] { ("prenorm", false), ("parallel_block", false), ("rotary_emb_interleaved", false), ("use_rms_norm", false) })
        {
            if (fields.Bool(field) is { } value && value != needed)
                throw new NotSupportedException($"'{ModelConfig.FileName}': '{field}' is true; Nomic BERT is supported without it.");
        }

        if (fields.Number("rotary_emb_fraction") is { } fraction and not 1)
        {
            throw new NotSupportedException(
                FormattableString.Invariant($"'{ModelConfig.FileName}': 'rotary_emb_fraction' is {fraction}; only 1 is supported."));
        }

        _theta = fields.RotaryBase() ?? fields.Number("rope_theta") ?? fields.Number("rotary_emb_base") ?? 1000;
        var multiple = fields.Count("pad_vocab_size_multiple", 1);
        _embeddings = new TokenEmbeddings(config,
            new() { HasPositions = false, Norm = null, WordCount = (config.VocabularySize + multiple - 1) / multiple * multiple });
        _layers = [.. Enumerable.Range(0, config.HiddenLayerCount).Select(_ => Layer(config))];
        register_module("embeddings", _embeddings);
        register_module("emb_ln", _embeddings.Norm);
        ModuleGroup.Register(this, _layers.Select((layer, i) => ($"encoder.layers.{i}", (nn.Module)layer)));
        if (!pooler)
            return;
        Pooler = new Dense(config.HiddenSize, config.HiddenSize);
        ModuleGroup.Register(this, [("pooler.dense", Pooler)]);
    }

    internal static EncoderFamily Family { get; } = new()
    {
        ModelType = "nomic_bert",
        ClassPrefix = "NomicBert",
        BaseModelPrefix = "nomic_bert",
        OtherPrefixes = ["bert"],
        Spelling = new Dictionary<string, IReadOnlyList<string>>
        {
            ["hidden_size"] = ["hidden_size", "n_embd"],
            ["num_hidden_layers"] = ["num_hidden_layers", "n_layer"],
            ["num_attention_heads"] = ["num_attention_heads", "n_head"],
            ["intermediate_size"] = ["intermediate_size", "n_inner"],
            ["max_position_embeddings"] = ["max_position_embeddings", "n_positions"],
            ["hidden_act"] = ["hidden_act", "activation_function"],
            ["hidden_dropout_prob"] = ["hidden_dropout_prob", "resid_pdrop"],
            ["attention_probs_dropout_prob"] = ["attention_probs_dropout_prob", "attn_pdrop"],
            ["layer_norm_eps"] = ["layer_norm_eps", "layer_norm_epsilon"],
        },
        Defaults = new() { HiddenActivation = "silu" },
        MaxSequenceLength = config => config.Fields.Has("rotary_scaling_factor") && config.Fields.Number("rotary_scaling_factor") is not null
            ? Math.Min(config.MaxPositionEmbeddings, config.Fields.Count("max_trained_positions", 2048)) : config.MaxPositionEmbeddings,
        Create = (config, pooler) => new NomicBertEncoder(config, pooler),
        ClassificationHead = (config, labels) => new PooledClassificationHead(config, labels),
    };

    private protected override IReadOnlyList<EncoderLayer> Layers => _layers;

    private protected override TokenEmbeddings Tokens => _embeddings;

    private protected override Tensor Embed(TokenBatch batch) => _embeddings.forward(batch);

    private protected override IReadOnlyList<AttentionInput> PrepareAttention(TokenBatch batch, AttentionInput common)
    {
        var headSize = Config.HiddenSize / Config.AttentionHeadCount;
        return base.PrepareAttention(batch, common with { Rotary = RotaryPositions.Create(batch, headSize, _theta) });
    }

    private static PostNormLayer Layer(ModelConfig config)
    {
        var fields = config.Fields;
        var intermediate = fields.Bool("mlp_fc1_bias") ?? false;
        var feedForward = new FeedForward(new Dense(config.HiddenSize, config.IntermediateSize, intermediate),
            new Dense(config.HiddenSize, config.IntermediateSize, intermediate),
            new Dense(config.IntermediateSize, config.HiddenSize, fields.Bool("mlp_fc2_bias") ?? false), Activation(config.HiddenActivation));
        return new PostNormLayer(config, Names, new SelfAttention(config, fused: true, bias: fields.Bool("qkv_proj_bias") ?? false), feedForward);
    }

    /// <summary>The gate's activation; the published configurations name the gated unit instead.</summary>
    private static Func<Tensor, Tensor> Activation(string name) => name switch
    {
        "swiglu" => Activations.Get("silu"),
        "geglu" => Activations.Get("gelu"),
        _ => Activations.Get(name),
    };
}
