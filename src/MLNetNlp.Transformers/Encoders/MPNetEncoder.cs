using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Heads;
using MLNetNlp.Transformers.Inputs;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>MPNet: BERT with RoBERTa's count of positions and, in every attention, a learned bias for the distance between two tokens.</summary>
/// <remarks>
/// Song et al. 2020, "MPNet: Masked and Permuted Pre-training for Language Understanding". The biases, one per head and bucket of distances, are shared by all
/// layers; there are 32 buckets whatever the configuration says: it sizes the table only.
/// </remarks>
public sealed class MPNetEncoder : TextEncoder
{
    private const int PaddingPosition = 1;
    private const int BucketCount = 32;
    private const int MaxDistance = 128;

    private static readonly LayerNames Names = new()
    {
        Query = "attention.attn.q",
        Key = "attention.attn.k",
        Value = "attention.attn.v",
        AttentionOutput = "attention.attn.o",
        AttentionNorm = "attention.LayerNorm",
    };

    private readonly TokenEmbeddings _embeddings;
    private readonly EncoderLayer[] _layers;
    private readonly EmbeddingTable _biases;

    /// <summary>Builds the encoder; its weights are unset until they are loaded.</summary>
    /// <param name="config">Sizes and settings.</param>
    /// <param name="pooler">Whether to build the pooler.</param>
    /// <exception cref="NotSupportedException">Fewer rows of biases than there are buckets.</exception>
    public MPNetEncoder(ModelConfig config, bool pooler)
        : base(nameof(MPNetEncoder), config)
    {
        var rows = config.Fields.Count("relative_attention_num_buckets", BucketCount);
        if (rows < BucketCount)
        {
            throw new NotSupportedException(
                $"'{ModelConfig.FileName}': 'relative_attention_num_buckets' is {rows}; MPNet's distances fall into {BucketCount} buckets, "
                + "so as many are needed.");
        }

        _embeddings = new TokenEmbeddings(config, new() { PaddingPosition = PaddingPosition });
        _layers = [.. Enumerable.Range(0, config.HiddenLayerCount).Select(_ => new PostNormLayer(config, Names))];
        _biases = new EmbeddingTable(rows, config.AttentionHeadCount);
        register_module("embeddings", _embeddings);
        ModuleGroup.Register(this, [("encoder.layer", new ModuleList<EncoderLayer>(_layers)), ("encoder.relative_attention_bias", _biases)]);
        if (!pooler)
            return;
        Pooler = new Dense(config.HiddenSize, config.HiddenSize);
        ModuleGroup.Register(this, [("pooler.dense", Pooler)]);
    }

    internal static EncoderFamily Family { get; } = new()
    {
        ModelType = "mpnet",
        ClassPrefix = "MPNet",
        BaseModelPrefix = "mpnet",
        Spelling = new Dictionary<string, IReadOnlyList<string>> { ["type_vocab_size"] = [] },
        Defaults = new() { TypeVocabularySize = 0, PaddingTokenId = 1 },
        MaxSequenceLength = config => config.MaxPositionEmbeddings - PaddingPosition - 1,
        Create = (config, pooler) => new MPNetEncoder(config, pooler),
        ClassificationHead = (config, labels) => new DenseClassificationHead(config, labels, x => x.tanh()),
    };

    private protected override IReadOnlyList<EncoderLayer> Layers => _layers;

    private protected override TokenEmbeddings Tokens => _embeddings;

    private protected override Tensor Embed(TokenBatch batch) => _embeddings.forward(batch);

    private protected override IReadOnlyList<AttentionInput> PrepareAttention(TokenBatch batch, AttentionInput common)
    {
        var (size, length, heads) = (batch.BatchSize, batch.Length, Config.AttentionHeadCount);
        using var scope = NewDisposeScope();
        var byPair = _biases.forward(Buckets(length, batch.InputIds.device).view(-1)).view(length, length, heads).permute(2, 0, 1);
        var biases = byPair.unsqueeze(0).expand(size, heads, length, length).reshape(size * heads, length, length);
        if (AttentionMasks.Padding(batch, heads) is { } mask)
            biases = biases + mask;
        return [.. Enumerable.Repeat(common with { Bias = biases.MoveToOuterDisposeScope() }, Layers.Count)];
    }

    /// <summary>
    /// The bucket of each query's distance to each key, [length, length]: near ones have one each, far ones share, keys behind have the upper half.
    /// </summary>
    private static Tensor Buckets(long length, Device device)
    {
        const int half = BucketCount / 2;
        const int near = half / 2;
        var positions = arange(0, length, dtype: int64, device: device);
        var behind = positions.unsqueeze(1) - positions.unsqueeze(0);
        var distance = behind.abs();
        // In float32 as the reference: where it cuts depends on the last bit.
        var far = ((distance.to(float32) / near).log() / Math.Log((double)MaxDistance / near) * (half - near)).to(int64) + near;
        far = far.clamp_max(half - 1);
        return behind.lt(0).to(int64) * half + where(distance.lt(near), distance, far);
    }
}
