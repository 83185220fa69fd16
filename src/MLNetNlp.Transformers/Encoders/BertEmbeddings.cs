using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Inputs;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>BERT's input: word + token type + position embeddings, then LayerNorm and dropout.</summary>
internal sealed class BertEmbeddings : nn.Module<TokenBatch, Tensor>
{
    private readonly EmbeddingTable _words;
    private readonly EmbeddingTable _positions;
    private readonly EmbeddingTable _types;
    private readonly LayerNormalization _norm;
    private readonly double _dropout;

    public BertEmbeddings(ModelConfig config)
        : base(nameof(BertEmbeddings))
    {
        _words = new EmbeddingTable(config.VocabularySize, config.HiddenSize);
        _positions = new EmbeddingTable(config.MaxPositionEmbeddings, config.HiddenSize);
        _types = new EmbeddingTable(config.TypeVocabularySize, config.HiddenSize);
        _norm = new LayerNormalization(config.HiddenSize, config.LayerNormEpsilon);
        _dropout = config.HiddenDropout;
        register_module("word_embeddings", _words);
        register_module("position_embeddings", _positions);
        register_module("token_type_embeddings", _types);
        register_module("LayerNorm", _norm);
    }

    /// <summary>One row per token, padding included: [batch * length, hidden].</summary>
    public override Tensor forward(TokenBatch batch)
    {
        using var scope = NewDisposeScope();
        var words = _words.forward(batch.InputIds.view(-1)).view(batch.BatchSize, batch.Length, -1);
        // Without a second sentence every token has type 0, and the sum with the positions is one small tensor for the whole batch.
        var sum = batch.HasSecondSegment
            ? words + _types.forward(batch.TokenTypeIds.view(-1)).view(batch.BatchSize, batch.Length, -1) + _positions.First(batch.Length)
            : words + (_positions.First(batch.Length) + _types.First(1));
        var normalised = _norm.forward(sum.view(batch.BatchSize * batch.Length, -1));
        if (training && _dropout > 0)
            normalised = Dropout.OverwriteOrCopy(normalised, _dropout);
        return normalised.MoveToOuterDisposeScope();
    }

    /// <summary>The parts are registered under the checkpoint's names, not once more under the fields'.</summary>
    protected override void RegisterComponents()
    {
    }
}
