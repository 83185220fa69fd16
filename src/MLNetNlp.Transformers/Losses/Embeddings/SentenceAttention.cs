using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Encoders;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>A decoder layer's attention to one vector, the sentence's, with residual connection and LayerNorm.</summary>
/// <remarks>
/// BERT's <c>crossattention</c>, for one vector: a softmax over one score is 1 whatever the query, so there are no queries and no keys, and their gradient is 0
/// in the reference. Names are BERT's.
/// </remarks>
internal sealed class SentenceAttention
{
    private readonly Dense _value;
    private readonly Dense _output;
    private readonly LayerNormalization _norm;
    private readonly long _heads;
    private readonly double _weightDropout;
    private readonly double _outputDropout;

    public SentenceAttention(ModelConfig config)
    {
        _value = new Dense(config.HiddenSize, config.HiddenSize);
        _output = new Dense(config.HiddenSize, config.HiddenSize);
        _norm = new LayerNormalization(config.HiddenSize, config.LayerNormEpsilon);
        (_heads, _weightDropout, _outputDropout) = (config.AttentionHeadCount, config.AttentionDropout, config.HiddenDropout);
    }

    /// <summary>The parts under their names below the layer.</summary>
    public IEnumerable<(string Path, nn.Module Module)> Parts =>
        [("crossattention.self.value", _value), ("crossattention.output.dense", _output), ("crossattention.output.LayerNorm", _norm)];

    /// <summary>[batch * length, hidden] to the same.</summary>
    /// <param name="hidden">What the layer's attention gave.</param>
    /// <param name="sentence">[batch, hidden].</param>
    /// <param name="training">Whether dropout is on.</param>
    public Tensor Forward(Tensor hidden, Tensor sentence, bool training)
    {
        using var scope = NewDisposeScope();
        var (batch, size) = (sentence.shape[0], sentence.shape[1]);
        var length = hidden.shape[0] / batch;
        var values = _value.forward(sentence).unsqueeze(1);
        if (training && _weightDropout > 0)
        {
            var weights = Dropout.Copy(ones([batch, length, _heads, 1], dtype: values.dtype, device: values.device), _weightDropout);
            values = (values.view(batch, 1, _heads, -1) * weights).view(batch, length, size);
        }

        var context = _output.forward(values).expand(batch, length, size);
        if (training && _outputDropout > 0)
            context = Dropout.Copy(context, _outputDropout);
        return _norm.forward(context.reshape(batch * length, size) + hidden).MoveToOuterDisposeScope();
    }
}
