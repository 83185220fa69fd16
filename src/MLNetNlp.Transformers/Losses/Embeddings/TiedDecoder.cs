using MLNetNlp.Transformers.Encoders;
using MLNetNlp.Transformers.Heads;
using MLNetNlp.Transformers.Inputs;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>A decoder that shares the encoder's embeddings and layers, and has of its own an attention to the sentence's vector and a word predictor.</summary>
/// <remarks>
/// Hugging Face's <c>BertLMHeadModel</c> with cross-attention, whose other weights are tied to the encoder's. Only its own weights are registered here, under
/// their names there.
/// </remarks>
internal sealed class TiedDecoder : nn.Module
{
    private readonly BertEncoder _encoder;
    private readonly SentenceAttention[] _attentions;
    private readonly WordPredictor _predictor;

    public TiedDecoder(BertEncoder encoder, int seed)
        : base(nameof(TiedDecoder))
    {
        _encoder = encoder;
        var config = encoder.Config;
        _attentions = [.. Enumerable.Range(0, config.HiddenLayerCount).Select(_ => new SentenceAttention(config))];
        _predictor = new WordPredictor(config);
        ModuleGroup.Register(this,
        [
            .. _attentions.SelectMany((attention, i) => attention.Parts.Select(part => ($"bert.encoder.layer.{i}.{part.Path}", part.Module))),
            ("cls.predictions", _predictor),
        ]);
        WeightInitialization.Initialize(this, named_parameters().Select(p => p.name), config.InitializerRange, seed);
    }

    /// <summary>Scores of every word as the next: [batch, length, vocabulary].</summary>
    /// <param name="words">What was written so far.</param>
    /// <param name="sentence">The vector that says what to write: [batch, hidden].</param>
    public Tensor Forward(TokenBatch words, Tensor sentence)
    {
        using var scope = NewDisposeScope();
        var hidden = _encoder.Decode(words, (layer, attended) => _attentions[layer].Forward(attended, sentence, training));
        return _predictor.Forward(hidden, _encoder.Words).MoveToOuterDisposeScope();
    }

    /// <summary>The parts are registered under the checkpoint's names, not once more under the fields'.</summary>
    protected override void RegisterComponents()
    {
    }
}
