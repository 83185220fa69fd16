using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Heads;
using MLNetNlp.Transformers.Inputs;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>ALBERT: BERT with narrow embeddings, and layers that share their weights: one group of them runs again and again.</summary>
/// <remarks>Lan et al. 2019, "ALBERT: A Lite BERT for Self-supervised Learning of Language Representations".</remarks>
public sealed class AlbertEncoder : TextEncoder
{
    private static readonly LayerNames Names = new()
    {
        Query = "attention.query",
        Key = "attention.key",
        Value = "attention.value",
        AttentionOutput = "attention.dense",
        AttentionNorm = "attention.LayerNorm",
        Intermediate = "ffn",
        Output = "ffn_output",
        OutputNorm = "full_layer_layer_norm",
    };

    private readonly TokenEmbeddings _embeddings;
    private readonly Dense _mapping;
    private readonly EncoderLayer[] _layers;

    /// <summary>Builds the encoder; its weights are unset until they are loaded.</summary>
    /// <param name="config">Sizes and settings.</param>
    /// <param name="pooler">Whether to build the pooler.</param>
    /// <exception cref="NotSupportedException">Several layers in a group.</exception>
    public AlbertEncoder(ModelConfig config, bool pooler)
        : base(nameof(AlbertEncoder), config)
    {
        var size = config.Fields.Count("embedding_size", 128);
        var groupCount = config.Fields.Count("num_hidden_groups", 1);
        if (config.Fields.Count("inner_group_num", 1) is > 1 and var inner)
        {
            throw new NotSupportedException(
                $"'{ModelConfig.FileName}': 'inner_group_num' is {inner}; ALBERT is supported with 1, as all published models have it.");
        }

        EncoderLayer[] groups = [.. Enumerable.Range(0, groupCount).Select(_ => new PostNormLayer(config, Names, outputDropout: 0))];
        // The reference's arithmetic: the group's number is cut from a quotient of reals.
        _layers = [.. Enumerable.Range(0, config.HiddenLayerCount).Select(i => groups[(int)(i / ((double)config.HiddenLayerCount / groupCount))])];
        _embeddings = new TokenEmbeddings(config, new() { Size = size });
        _mapping = new Dense(size, config.HiddenSize);
        register_module("embeddings", _embeddings);
        ModuleGroup.Register(this, [("encoder.embedding_hidden_mapping_in", _mapping),
            .. groups.Select((group, i) => ($"encoder.albert_layer_groups.{i}.albert_layers.0", (nn.Module)group))]);
        if (!pooler)
            return;
        Pooler = new Dense(config.HiddenSize, config.HiddenSize);
        register_module("pooler", Pooler);
    }

    internal static EncoderFamily Family { get; } = new()
    {
        ModelType = "albert",
        ClassPrefix = "Albert",
        BaseModelPrefix = "albert",
        Spelling = new Dictionary<string, IReadOnlyList<string>> { ["classifier_dropout"] = ["classifier_dropout_prob"] },
        Defaults = new() { HiddenActivation = "gelu_new", HiddenDropout = 0, AttentionDropout = 0, ClassifierDropout = 0.1 },
        Create = (config, pooler) => new AlbertEncoder(config, pooler),
        ClassificationHead = (config, labels) => new PooledClassificationHead(config, labels),
    };

    private protected override IReadOnlyList<EncoderLayer> Layers => _layers;

    private protected override TokenEmbeddings Tokens => _embeddings;

    private protected override Tensor Embed(TokenBatch batch) => _mapping.forward(_embeddings.forward(batch));
}
