using MLNetNlp.Transformers.Checkpoints;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>Multi-head self-attention with its output projection, residual connection and LayerNorm.</summary>
/// <remarks>
/// Works on [batch * length, hidden], so that every linear layer is one matrix product. Scaling and mask ride along in the product of queries and keys
/// (<c>baddbmm</c>), and residuals are added in place: each saves a pass over memory forward, and one backward.
/// </remarks>
internal sealed class BertAttention : nn.Module
{
    private readonly long _heads;
    private readonly long _headSize;
    private readonly float _scale;
    private readonly double _attentionDropout;
    private readonly double _hiddenDropout;
    private readonly Dense _query;
    private readonly Dense _key;
    private readonly Dense _value;
    private readonly Dense _output;
    private readonly LayerNormalization _norm;

    public BertAttention(ModelConfig config)
        : base(nameof(BertAttention))
    {
        _heads = config.AttentionHeadCount;
        _headSize = config.HiddenSize / config.AttentionHeadCount;
        _scale = (float)(1 / Math.Sqrt(_headSize));
        _attentionDropout = config.AttentionDropout;
        _hiddenDropout = config.HiddenDropout;
        _query = new Dense(config.HiddenSize, config.HiddenSize);
        _key = new Dense(config.HiddenSize, config.HiddenSize);
        _value = new Dense(config.HiddenSize, config.HiddenSize);
        _output = new Dense(config.HiddenSize, config.HiddenSize);
        _norm = new LayerNormalization(config.HiddenSize, config.LayerNormEpsilon);
        register_module("self", new ModuleGroup(("query", _query), ("key", _key), ("value", _value)));
        register_module("output", new ModuleGroup(("dense", _output), ("LayerNorm", _norm)));
    }

    /// <summary>Attends.</summary>
    /// <param name="hidden">[batch * length, hidden].</param>
    /// <param name="batch">Number of texts.</param>
    /// <param name="mask">Additive, [batch * heads, 1, length], or null.</param>
    /// <param name="attentions">Where the probabilities go, [batch, heads, query, key]; null when nobody wants them.</param>
    public Tensor Forward(Tensor hidden, long batch, Tensor? mask, List<Tensor>? attentions)
    {
        using var scope = NewDisposeScope();
        var length = hidden.shape[0] / batch;
        var keys = PerHead(_key, hidden, batch, length).transpose(1, 2);
        var queries = PerHead(_query, hidden, batch, length);
        // Not beta 0 over unset memory: libtorch 1.13 multiplies it all the same where matrices are small, and 0 times NaN is NaN.
        var scores = (mask ?? zeros([1, 1, 1], dtype: hidden.dtype, device: hidden.device)).baddbmm(queries, keys, beta: 1, alpha: _scale);
        var probabilities = scores.softmax(-1);
        attentions?.Add(probabilities.view(batch, _heads, length, length).MoveToOuterDisposeScope());
        if (training && _attentionDropout > 0)
            probabilities = Dropout.Copy(probabilities, _attentionDropout);
        var context = bmm(probabilities, PerHead(_value, hidden, batch, length))
            .view(batch, _heads, length, _headSize).transpose(1, 2).reshape(batch * length, _heads * _headSize);
        var output = _output.forward(context);
        if (training && _hiddenDropout > 0)
            output = Dropout.OverwriteOrCopy(output, _hiddenDropout);
        return _norm.forward(output.add_(hidden)).MoveToOuterDisposeScope();
    }

    private Tensor PerHead(Dense projection, Tensor hidden, long batch, long length) =>
        projection.forward(hidden).view(batch, length, _heads, _headSize).transpose(1, 2).reshape(batch * _heads, length, _headSize);

    /// <summary>The parts are registered under the checkpoint's names, not once more under the fields'.</summary>
    protected override void RegisterComponents()
    {
    }
}
