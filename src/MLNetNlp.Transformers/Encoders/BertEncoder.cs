using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Heads;
using MLNetNlp.Transformers.Inputs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>
/// BERT: post-LN transformer encoder with learned absolute positions and an optional pooler (tanh of a linear layer over [CLS]). RoBERTa, XLM-RoBERTa and
/// CamemBERT are the same but for the count of positions: from the padding id, over tokens that are not padding.
/// </summary>
/// <remarks>
/// Devlin et al. 2018, "BERT: Pre-training of Deep Bidirectional Transformers"; Liu et al. 2019, "RoBERTa"; Conneau et al. 2019, "XLM-R"; Martin et al. 2019,
/// "CamemBERT". Parameter names are Hugging Face <c>BertModel</c>'s. Relative positions (<c>position_embedding_type</c>) are <see cref="RelativeKeyScores"/>.
/// </remarks>
public sealed class BertEncoder : TextEncoder
{
    private readonly TokenEmbeddings _embeddings;
    private readonly EncoderLayer[] _layers;

    /// <summary>Builds the encoder; its weights are unset until they are loaded.</summary>
    /// <param name="config">Sizes and settings.</param>
    /// <param name="pooler">Whether to build the pooler.</param>
    /// <exception cref="NotSupportedException">A setting that this encoder does not have.</exception>
    public BertEncoder(ModelConfig config, bool pooler)
        : this(config, pooler, null)
    {
    }

    private BertEncoder(ModelConfig config, bool pooler, int? paddingPosition)
        : base(nameof(BertEncoder), config)
    {
        _embeddings = new TokenEmbeddings(config, new() { PaddingPosition = paddingPosition, AddsPositions = !RelativeKeyScores.AreUsed(config) });
        _layers = [.. Enumerable.Range(0, config.HiddenLayerCount)
            .Select(_ => new PostNormLayer(config, LayerNames.Bert, new SelfAttention(config, positions: RelativeKeyScores.Factory(config))))];
        register_module("embeddings", _embeddings);
        ModuleGroup.Register(this, [("encoder.layer", new ModuleList<EncoderLayer>(_layers))]);
        if (!pooler)
            return;
        Pooler = new Dense(config.HiddenSize, config.HiddenSize);
        ModuleGroup.Register(this, [("pooler.dense", Pooler)]);
    }

    internal static EncoderFamily Bert { get; } = new()
    {
        ModelType = "bert",
        ClassPrefix = "Bert",
        BaseModelPrefix = "bert",
        HasRelativeKeys = true,
        Create = (config, pooler) => new BertEncoder(config, pooler),
        ClassificationHead = (config, labels) => new PooledClassificationHead(config, labels),
    };

    internal static EncoderFamily Roberta { get; } = new()
    {
        ModelType = "roberta",
        ClassPrefix = "Roberta",
        BaseModelPrefix = "roberta",
        HasRelativeKeys = true,
        Defaults = new() { PaddingTokenId = 1 },
        MaxSequenceLength = config => config.MaxPositionEmbeddings - PaddingPosition(config) - 1,
        Create = (config, pooler) => new BertEncoder(config, pooler, PaddingPosition(config)),
        ClassificationHead = (config, labels) => new DenseClassificationHead(config, labels, x => x.tanh()),
    };

    internal static EncoderFamily XlmRoberta { get; } = Roberta with { ModelType = "xlm-roberta", ClassPrefix = "XLMRoberta" };

    internal static EncoderFamily Camembert { get; } = Roberta with { ModelType = "camembert", ClassPrefix = "Camembert" };

    /// <summary>Whether <see cref="Decode"/> can be called: with absolute positions, and without an adapter that changes the input.</summary>
    internal bool CanDecode => !RelativeKeyScores.AreUsed(Config) && VirtualTokens is null && Coupling is null;

    /// <summary>The table of word vectors, by which a word predictor scores words: [vocabulary, hidden].</summary>
    internal Tensor Words => ((Adapters.IAdaptableLayer)_embeddings.Words).Weight;

    /// <summary>Runs the layers as a decoder's: a token sees itself and those before it, and something follows each layer's attention.</summary>
    /// <param name="batch">Padded texts.</param>
    /// <param name="afterAttention">The layer's number and what its attention gave, [batch * length, hidden], to the same shape.</param>
    /// <returns>[batch, length, hidden].</returns>
    internal Tensor Decode(TokenBatch batch, Func<int, Tensor, Tensor> afterAttention)
    {
        using var scope = NewDisposeScope();
        var common = new AttentionInput(batch.BatchSize, batch.Length, training) { Bias = AttentionMasks.Causal(batch) };
        var hidden = Embed(batch);
        for (var i = 0; i < _layers.Length; i++)
        {
            var layer = i;
            hidden = _layers[i].Forward(hidden, common with { AfterAttention = attended => afterAttention(layer, attended) });
        }

        return hidden.view(batch.BatchSize, batch.Length, -1).MoveToOuterDisposeScope();
    }

    private protected override IReadOnlyList<EncoderLayer> Layers => _layers;

    private protected override TokenEmbeddings Tokens => _embeddings;

    private protected override Tensor Embed(TokenBatch batch) => _embeddings.forward(batch);

    private protected override IReadOnlyList<AttentionInput> PrepareAttention(TokenBatch batch, AttentionInput common) =>
        base.PrepareAttention(batch, RelativeKeyScores.AreUsed(Config) ? common with { Relative = RelativeKeyScores.Distances(batch) } : common);

    private static int PaddingPosition(ModelConfig config) => config.PaddingTokenId ?? 1;
}
