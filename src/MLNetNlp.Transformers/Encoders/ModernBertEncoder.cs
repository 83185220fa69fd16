using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Heads;
using MLNetNlp.Transformers.Inputs;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>ModernBERT: pre-LN layers with rotary positions and gated feed-forward blocks; most layers see a window around each token only.</summary>
/// <remarks>
/// Warner et al. 2024, "Smarter, Better, Faster, Longer: A Modern Bidirectional Encoder". The first layer has no LayerNorm before its attention: the
/// embeddings'
/// has just run. The last of the hidden states is the one after the final LayerNorm.
/// </remarks>
public sealed class ModernBertEncoder : TextEncoder
{
    private static readonly LayerNames Names = new()
    {
        Fused = "attn.Wqkv",
        AttentionOutput = "attn.Wo",
        AttentionNorm = "attn_norm",
        Intermediate = "mlp.Wi",
        Output = "mlp.Wo",
        OutputNorm = "mlp_norm",
    };

    private readonly TokenEmbeddings _embeddings;
    private readonly EncoderLayer[] _layers;
    private readonly bool[] _isLocal;
    private readonly LayerNormalization _finalNorm;
    private readonly int _reach;
    private readonly double _globalTheta;
    private readonly double _localTheta;

    /// <summary>Builds the encoder; its weights are unset until they are loaded.</summary>
    /// <param name="config">Sizes and settings.</param>
    /// <exception cref="NotSupportedException">A kind of layer, or of rotation, that there is no code for.</exception>
    public ModernBertEncoder(ModelConfig config)
        : base(nameof(ModernBertEncoder), config)
    {
        var fields = config.Fields;
        var hasNormBias = fields.Bool("norm_bias") ?? false;
        _reach = fields.Count("local_attention", 128) / 2;
        _globalTheta = fields.RotaryBase("full_attention") ?? fields.Number("global_rope_theta") ?? 160000;
        _localTheta = fields.RotaryBase("sliding_attention") ?? fields.Number("local_rope_theta")
            ?? (fields.Has("local_rope_theta") ? _globalTheta : 10000);
        _isLocal = LayerKinds(config);
        _embeddings = new TokenEmbeddings(config with { HiddenDropout = fields.Probability("embedding_dropout") ?? 0 },
            new() { HasPositions = false, HasNormBias = hasNormBias, Words = "tok_embeddings", Norm = "norm" });
        _layers = [.. Enumerable.Range(0, config.HiddenLayerCount).Select(i => Layer(config, i, hasNormBias))];
        _finalNorm = new LayerNormalization(config.HiddenSize, config.LayerNormEpsilon, hasNormBias);
        register_module("embeddings", _embeddings);
        ModuleGroup.Register(this, _layers.Select((layer, i) => ($"layers.{i}", (nn.Module)layer)));
        register_module("final_norm", _finalNorm);
    }

    internal static EncoderFamily Family { get; } = new()
    {
        ModelType = "modernbert",
        ClassPrefix = "ModernBert",
        BaseModelPrefix = "model",
        Spelling = new Dictionary<string, IReadOnlyList<string>>
        {
            ["hidden_act"] = ["hidden_activation"],
            ["layer_norm_eps"] = ["norm_eps"],
            ["attention_probs_dropout_prob"] = ["attention_dropout"],
            ["hidden_dropout_prob"] = ["mlp_dropout"],
            ["type_vocab_size"] = [],
        },
        Defaults = new()
        {
            TypeVocabularySize = 0,
            LayerNormEpsilon = 1e-5,
            HiddenDropout = 0,
            AttentionDropout = 0,
            ClassifierDropout = 0,
            PaddingTokenId = 50283,
        },
        Create = (config, _) => new ModernBertEncoder(config),
        ClassificationHead = (config, labels) => new ModernBertClassificationHead(config, labels),
        TokenTransform = config => new PredictionTransform(config),
    };

    private protected override IReadOnlyList<EncoderLayer> Layers => _layers;

    private protected override TokenEmbeddings Tokens => _embeddings;

    private protected override Tensor Embed(TokenBatch batch) => _embeddings.forward(batch);

    private protected override IReadOnlyList<AttentionInput> PrepareAttention(TokenBatch batch, AttentionInput common)
    {
        var (heads, headSize) = (Config.AttentionHeadCount, Config.HiddenSize / Config.AttentionHeadCount);
        var full = common with
        {
            Bias = AttentionMasks.Padding(batch, heads),
            Rotary = RotaryPositions.Create(batch, headSize, _globalTheta),
        };
        var local = common with
        {
            Bias = AttentionMasks.Window(batch, heads, _reach),
            Rotary = RotaryPositions.Create(batch, headSize, _localTheta),
        };
        return [.. _isLocal.Select(isLocal => isLocal ? local : full)];
    }

    private protected override Tensor Finish(Tensor hidden) => _finalNorm.forward(hidden);

    private static PreNormLayer Layer(ModelConfig config, int number, bool hasNormBias)
    {
        var hasBias = config.Fields.Bool("mlp_bias") ?? false;
        var feedForward = new FeedForward(new Dense(config.HiddenSize, 2 * config.IntermediateSize, hasBias), null,
            new Dense(config.IntermediateSize, config.HiddenSize, hasBias), Activations.Get(config.HiddenActivation), isFused: true, config.HiddenDropout);
        return new PreNormLayer(Names, number == 0 ? null : Norm(), new SelfAttention(config, fused: true, bias: config.Fields.Bool("attention_bias") ?? false),
            Norm(), feedForward, config.AttentionDropout);

        LayerNormalization Norm() => new(config.HiddenSize, config.LayerNormEpsilon, hasNormBias);
    }

    /// <summary>Which layers see a window only: as <c>layer_types</c> says, or all but every third.</summary>
    private static bool[] LayerKinds(ModelConfig config)
    {
        var every = config.Fields.Count("global_attn_every_n_layers", 3);
        var types = config.Fields.Strings("layer_types");
        if (types.Count == 0)
            return [.. Enumerable.Range(0, config.HiddenLayerCount).Select(i => i % every != 0)];
        if (types.Count != config.HiddenLayerCount)
        {
            throw new InvalidDataException(
                $"'{ModelConfig.FileName}': 'layer_types' names {types.Count} layers, but 'num_hidden_layers' is {config.HiddenLayerCount}.");
        }

        return [.. types.Select(type => type switch
        {
            "full_attention" => false,
            "sliding_attention" => true,
            _ => throw new NotSupportedException(
                $"'{ModelConfig.FileName}': 'layer_types' has \"{type}\"; supported are \"full_attention\" and \"sliding_attention\"."),
        })];
    }
}
