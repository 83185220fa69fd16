using MLNetNlp.Transformers.Encoders;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>Learned vectors that stand before every text: as embeddings in front of its tokens', or as keys and values in every layer's attention.</summary>
internal sealed class VirtualTokens : AddedModule
{
    // By its name TorchSharp finds the field again when the module moves to another device.
    [ComponentName(Name = "prompt_embeddings")]
    private readonly Parameter _table;

    [ComponentName(Name = "encoder")]
    private PromptEncoder? _encoder;

    private readonly Action<Parameter, long>? _initialize;

    /// <summary>Tokens whose vectors are not set yet.</summary>
    /// <param name="count">Number of virtual tokens.</param>
    /// <param name="width">Numbers of each.</param>
    /// <param name="like">The model's tensor whose type and device are taken.</param>
    /// <param name="isPrefix">Whether they are keys and values rather than embeddings.</param>
    /// <param name="encoder">Makes the vectors from a table of smaller ones; null: the table holds them.</param>
    /// <param name="initialize">Fills the table by a seed; null: from N(0, 1), as PEFT does.</param>
    public VirtualTokens(long count, long width, Tensor like, bool isPrefix, PromptEncoder? encoder = null, Action<Parameter, long>? initialize = null)
        : base(nameof(VirtualTokens))
    {
        _table = new Parameter(zeros(new[] { count, width }, dtype: like.dtype, device: like.device));
        encoder?.to(like.device);
        _encoder = encoder;
        _initialize = initialize;
        Count = count;
        IsPrefix = isPrefix;
        RegisterComponents();
    }

    /// <summary>Number of virtual tokens.</summary>
    public long Count { get; }

    /// <summary>Whether they are keys and values rather than embeddings.</summary>
    public bool IsPrefix { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Tensors => [("prompt_embeddings", Compute())];

    /// <inheritdoc/>
    public override void Initialize(long seed)
    {
        if (_initialize is null)
            Draw(_table, seed, "table", 1, isGaussian: true);
        else
            _initialize(_table, seed);
        _encoder?.Initialize(seed);
    }

    /// <summary>Puts what the network makes in the table's place, and the network away.</summary>
    public override void FinishTraining()
    {
        if (_encoder is null)
            return;
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        _encoder.eval();
        _table.set_(Compute());
        register_module("encoder", null!);
        _encoder.Dispose();
        _encoder = null;
    }

    /// <summary>The vectors: [count, width].</summary>
    public Tensor Compute() => _encoder is null ? _table : _encoder.forward(_table);

    /// <summary>The keys and values of each layer, for a batch.</summary>
    /// <param name="layers">Number of layers.</param>
    /// <param name="heads">Heads of each.</param>
    /// <param name="batchSize">Texts, which all get the same.</param>
    public IReadOnlyList<KeyValuePrefix> ForLayers(int layers, int heads, long batchSize)
    {
        using var scope = NewDisposeScope();
        var vectors = Compute().view(Count, layers * 2, heads, -1).permute(1, 2, 0, 3);
        return [.. Enumerable.Range(0, layers).Select(layer => new KeyValuePrefix(Repeat(2 * layer), Repeat(2 * layer + 1)))];

        Tensor Repeat(long part)
        {
            var byHead = vectors.select(0, part);
            return byHead.unsqueeze(0).expand(batchSize, heads, Count, byHead.shape[2]).reshape(batchSize * heads, Count, -1).MoveToOuterDisposeScope();
        }
    }
}
