using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Heads;
using MLNetNlp.Transformers.Inputs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>DistilBERT: BERT without token types and pooler, under names of its own.</summary>
/// <remarks>Sanh et al. 2019, "DistilBERT, a distilled version of BERT". Every LayerNorm's epsilon is 1e-12; its configuration has no field for it.</remarks>
public sealed class DistilBertEncoder : TextEncoder
{
    private static readonly LayerNames Names = new()
    {
        Query = "attention.q_lin",
        Key = "attention.k_lin",
        Value = "attention.v_lin",
        AttentionOutput = "attention.out_lin",
        AttentionNorm = "sa_layer_norm",
        Intermediate = "ffn.lin1",
        Output = "ffn.lin2",
        OutputNorm = "output_layer_norm",
    };

    private readonly TokenEmbeddings _embeddings;
    private readonly EncoderLayer[] _layers;

    /// <summary>Builds the encoder; its weights are unset until they are loaded.</summary>
    /// <param name="config">Sizes and settings.</param>
    public DistilBertEncoder(ModelConfig config)
        : base(nameof(DistilBertEncoder), config)
    {
        _embeddings = new TokenEmbeddings(config, new());
        _layers = [.. Enumerable.Range(0, config.HiddenLayerCount).Select(_ => new PostNormLayer(config, Names, attentionDropout: 0))];
        register_module("embeddings", _embeddings);
        ModuleGroup.Register(this, [("transformer.layer", new ModuleList<EncoderLayer>(_layers))]);
    }

    internal static EncoderFamily Family { get; } = new()
    {
        ModelType = "distilbert",
        ClassPrefix = "DistilBert",
        BaseModelPrefix = "distilbert",
        Spelling = new Dictionary<string, IReadOnlyList<string>>
        {
            ["hidden_size"] = ["dim"],
            ["num_hidden_layers"] = ["n_layers"],
            ["num_attention_heads"] = ["n_heads"],
            ["intermediate_size"] = ["hidden_dim"],
            ["hidden_act"] = ["activation"],
            ["hidden_dropout_prob"] = ["dropout"],
            ["attention_probs_dropout_prob"] = ["attention_dropout"],
            ["classifier_dropout"] = ["seq_classif_dropout"],
            ["type_vocab_size"] = [],
            ["layer_norm_eps"] = [],
        },
        Defaults = new() { TypeVocabularySize = 0, ClassifierDropout = 0.2 },
        Create = (config, _) => new DistilBertEncoder(config),
        ClassificationHead = (config, labels) => new PreClassificationHead(config, labels),
    };

    private protected override IReadOnlyList<EncoderLayer> Layers => _layers;

    private protected override TokenEmbeddings Tokens => _embeddings;

    private protected override Tensor Embed(TokenBatch batch) => _embeddings.forward(batch);
}
