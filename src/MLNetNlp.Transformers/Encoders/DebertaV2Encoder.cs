using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Heads;
using MLNetNlp.Transformers.Inputs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>DeBERTa v2 and v3: disentangled attention over log-bucketed distances, in most models instead of absolute positions.</summary>
/// <remarks>
/// He et al. 2020, "DeBERTa: Decoding-enhanced BERT with Disentangled Attention"; He et al. 2021, "DeBERTaV3". Padding's vectors are 0 in the embeddings, and a
/// padding token attends to all tokens alike. The pooler belongs to the head of a task, not to the encoder.
/// </remarks>
public sealed class DebertaV2Encoder : TextEncoder
{
    private static readonly LayerNames Names = new()
    {
        Query = "attention.self.query_proj",
        Key = "attention.self.key_proj",
        Value = "attention.self.value_proj",
    };

    private readonly TokenEmbeddings _embeddings;
    private readonly EncoderLayer[] _layers;
    private readonly EmbeddingTable? _distances;
    private readonly LayerNormalization? _distanceNorm;
    private readonly ConvolutionBlock? _convolution;
    private readonly int _span;
    private readonly int _maxDistance;
    private readonly bool _hasBuckets;

    /// <summary>Builds the encoder; its weights are unset until they are loaded.</summary>
    /// <param name="config">Sizes and settings.</param>
    public DebertaV2Encoder(ModelConfig config)
        : base(nameof(DebertaV2Encoder), config)
    {
        var fields = config.Fields;
        var size = fields.Count("embedding_size", config.HiddenSize);
        _embeddings = new TokenEmbeddings(config, new()
        {
            Size = size,
            HasPositions = fields.Bool("position_biased_input") ?? true,
            ProjectsSum = size != config.HiddenSize,
            ClearsPadding = true,
        });
        string[] terms = [.. fields.StringsOrParts("pos_att_type", '|').Select(term => term.Trim().ToLowerInvariant())
            .Where(term => term is "c2p" or "p2c").Distinct()];
        var isRelative = fields.Bool("relative_attention") ?? false;
        var isShared = fields.Bool("share_att_key") ?? false;
        Func<Dense, Dense, PositionScores>? positions = isRelative && terms.Length > 0
            ? (query, key) => new DisentangledScores(config, terms, query, key, isShared) : null;
        _layers = [.. Enumerable.Range(0, config.HiddenLayerCount)
            .Select(_ => new PostNormLayer(config, Names, new SelfAttention(config, positions: positions, scaleTerms: 1 + terms.Length)))];
        register_module("embeddings", _embeddings);
        List<(string, nn.Module)> parts = [("encoder.layer", new ModuleList<EncoderLayer>(_layers))];
        if (isRelative)
        {
            _maxDistance = fields.Integer("max_relative_positions") is > 0 and var limit ? limit : config.MaxPositionEmbeddings;
            _hasBuckets = fields.Integer("position_buckets") is > 0;
            _span = _hasBuckets ? fields.Integer("position_buckets")!.Value : _maxDistance;
            parts.Add(("encoder.rel_embeddings", _distances = new EmbeddingTable(2 * _span, config.HiddenSize)));
        }

        if (fields.String("norm_rel_ebd")?.Split('|').Any(norm => norm.Trim() == "layer_norm") ?? false)
            parts.Add(("encoder.LayerNorm", _distanceNorm = new LayerNormalization(config.HiddenSize, config.LayerNormEpsilon)));
        if (fields.Integer("conv_kernel_size") is > 0 and var kernel)
            parts.Add(("encoder.conv", _convolution = new ConvolutionBlock(config, kernel)));
        ModuleGroup.Register(this, parts);
    }

    internal static EncoderFamily Family { get; } = new()
    {
        ModelType = "deberta-v2",
        ClassPrefix = "DebertaV2",
        BaseModelPrefix = "deberta",
        Spelling = new Dictionary<string, IReadOnlyList<string>> { ["classifier_dropout"] = ["cls_dropout"] },
        Defaults = new() { TypeVocabularySize = 0, LayerNormEpsilon = 1e-7 },
        Create = (config, _) => new DebertaV2Encoder(config),
        ClassificationHead = (config, labels) => new ContextClassificationHead(config, labels),
    };

    private protected override IReadOnlyList<EncoderLayer> Layers => _layers;

    private protected override TokenEmbeddings Tokens => _embeddings;

    private protected override Tensor Embed(TokenBatch batch) => _embeddings.forward(batch);

    private protected override IReadOnlyList<AttentionInput> PrepareAttention(TokenBatch batch, AttentionInput common)
    {
        var input = common with { Bias = AttentionMasks.Pairs(batch, Config.AttentionHeadCount), Relative = Distances(batch) };
        return [.. Enumerable.Repeat(input, _layers.Length)];
    }

    private protected override Tensor AfterLayer(int layer, Tensor input, Tensor output, TokenBatch batch) =>
        layer == 0 && _convolution is not null ? _convolution.Forward(input, output, batch) : output;

    private RelativeVectors? Distances(TokenBatch batch)
    {
        if (_distances is null)
            return null;
        using var scope = NewDisposeScope();
        var positions = arange(0, batch.Length, dtype: int64, device: batch.InputIds.device);
        var distances = positions.unsqueeze(1) - positions.unsqueeze(0);
        if (_hasBuckets)
            distances = Buckets(distances);
        var index = (distances + _span).clamp(0, 2 * _span - 1);
        var vectors = _distances.Rows(0, 2 * _span);
        if (_distanceNorm is not null)
            vectors = _distanceNorm.forward(vectors);
        return new RelativeVectors(vectors.MoveToOuterDisposeScope(), index.MoveToOuterDisposeScope());
    }

    /// <summary>Distances up to half the buckets stay; farther ones share buckets on a logarithmic scale up to the largest distance.</summary>
    private Tensor Buckets(Tensor distances)
    {
        var half = _span / 2;
        var magnitude = distances.abs();
        // In float32 as the reference: where it rounds up depends on the last bit.
        var ratio = tensor((float)((_maxDistance - 1) / (double)half), device: distances.device).log();
        var far = ((magnitude.clamp_min(half).to(float32) / half).log() / ratio * (half - 1)).ceil().to(int64) + half;
        return where(magnitude.le(half), distances, far * distances.sign());
    }
}
