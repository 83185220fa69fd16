using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Heads;
using MLNetNlp.Transformers.Inputs;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>ELECTRA: BERT whose embeddings may be narrower than its layers, with a linear layer between; without pooler.</summary>
/// <remarks>Clark et al. 2020, "ELECTRA: Pre-training Text Encoders as Discriminators Rather Than Generators".</remarks>
public sealed class ElectraEncoder : TextEncoder
{
    private readonly TokenEmbeddings _embeddings;
    private readonly Dense? _projection;
    private readonly EncoderLayer[] _layers;

    /// <summary>Builds the encoder; its weights are unset until they are loaded.</summary>
    /// <param name="config">Sizes and settings.</param>
    public ElectraEncoder(ModelConfig config)
        : base(nameof(ElectraEncoder), config)
    {
        var size = config.Fields.Count("embedding_size", 128);
        _embeddings = new TokenEmbeddings(config, new() { Size = size, AddsPositions = !RelativeKeyScores.AreUsed(config) });
        _layers = [.. Enumerable.Range(0, config.HiddenLayerCount)
            .Select(_ => new PostNormLayer(config, LayerNames.Bert, new SelfAttention(config, positions: RelativeKeyScores.Factory(config))))];
        register_module("embeddings", _embeddings);
        if (size != config.HiddenSize)
            register_module("embeddings_project", _projection = new Dense(size, config.HiddenSize));
        ModuleGroup.Register(this, [("encoder.layer", new ModuleList<EncoderLayer>(_layers))]);
    }

    internal static EncoderFamily Family { get; } = new()
    {
        ModelType = "electra",
        ClassPrefix = "Electra",
        BaseModelPrefix = "electra",
        HasRelativeKeys = true,
        Create = (config, _) => new ElectraEncoder(config),
        ClassificationHead = (config, labels) => new DenseClassificationHead(config, labels, x => F.gelu(x)),
    };

    private protected override IReadOnlyList<EncoderLayer> Layers => _layers;

    private protected override TokenEmbeddings Tokens => _embeddings;

    private protected override Tensor Embed(TokenBatch batch)
    {
        var embedded = _embeddings.forward(batch);
        return _projection is null ? embedded : _projection.forward(embedded);
    }

    private protected override IReadOnlyList<AttentionInput> PrepareAttention(TokenBatch batch, AttentionInput common) =>
        base.PrepareAttention(batch, RelativeKeyScores.AreUsed(Config) ? common with { Relative = RelativeKeyScores.Distances(batch) } : common);
}
