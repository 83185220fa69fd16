using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Inputs;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>An encoder's input: the sum of word, token type and position embeddings, as many of them as the family has, then LayerNorm and dropout.</summary>
internal sealed class TokenEmbeddings : nn.Module<TokenBatch, Tensor>
{
    private readonly EmbeddingOptions _options;
    private readonly EmbeddingTable _words;
    private readonly EmbeddingTable? _positions;
    private readonly EmbeddingTable? _types;
    private readonly bool _hasSecondType;
    private readonly Dense? _projection;
    private readonly double _dropout;

    public TokenEmbeddings(ModelConfig config, EmbeddingOptions options)
        : base(nameof(TokenEmbeddings))
    {
        _options = options;
        var size = options.Size ?? config.HiddenSize;
        _words = new EmbeddingTable(options.WordCount ?? config.VocabularySize, size);
        register_module(options.Words, _words);
        if (options.HasPositions)
            register_module("position_embeddings", _positions = new EmbeddingTable(config.MaxPositionEmbeddings, size));
        if (config.TypeVocabularySize > 0)
            register_module("token_type_embeddings", _types = new EmbeddingTable(config.TypeVocabularySize, size));
        _hasSecondType = config.TypeVocabularySize > 1;
        if (options.ProjectsSum)
            register_module("embed_proj", _projection = new Dense(size, config.HiddenSize, bias: false));
        Norm = new LayerNormalization(options.ProjectsSum ? config.HiddenSize : size, config.LayerNormEpsilon, options.HasNormBias);
        if (options.Norm is { } norm)
            register_module(norm, Norm);
        _dropout = config.HiddenDropout;
    }

    /// <summary>The table of words.</summary>
    public EmbeddingTable Words => _words;

    /// <summary>The LayerNorm at the end.</summary>
    public LayerNormalization Norm { get; }

    /// <summary>One row per token, padding included: [batch * length, size].</summary>
    public override Tensor forward(TokenBatch batch)
    {
        using var scope = NewDisposeScope();
        var sum = Sum(batch).view(batch.BatchSize * batch.Length, -1);
        var normalised = Norm.forward(_projection is null ? sum : _projection.forward(sum));
        if (_options.ClearsPadding && batch.HasPadding)
            normalised = normalised * batch.AttentionMask.view(-1, 1).to(normalised.dtype);
        if (training && _dropout > 0)
            normalised = Dropout.OverwriteOrCopy(normalised, _dropout);
        return normalised.MoveToOuterDisposeScope();
    }

    private Tensor Sum(TokenBatch batch)
    {
        var words = LookUp(batch);
        var positions = Positions(batch);
        if (_types is null)
            return positions is null ? words : words + positions;
        if (_hasSecondType && batch.HasSecondSegment)
        {
            var types = words + _types.forward(batch.TokenTypeIds.view(-1)).view(batch.BatchSize, batch.Length, -1);
            return positions is null ? types : types + positions;
        }

        // Without a second sentence every token has type 0, and the sum with the positions is often one small tensor for the whole batch.
        return words + (positions is null ? _types.First(1) : positions + _types.First(1));
    }

    /// <summary>The words' vectors, a prompt's before them: [batch, length, size].</summary>
    private Tensor LookUp(TokenBatch batch)
    {
        if (batch.Prompt is not { } prompt)
            return _words.forward(batch.InputIds.view(-1)).view(batch.BatchSize, batch.Length, -1);
        var (count, size) = (prompt.shape[0], prompt.shape[1]);
        var own = batch.InputIds.narrow(1, count, batch.Length - count).reshape(-1);
        return cat([prompt.unsqueeze(0).expand(batch.BatchSize, count, size), _words.forward(own).view(batch.BatchSize, -1, size)], 1);
    }

    /// <summary>[length, size] or [batch, length, size]; null where none are added.</summary>
    private Tensor? Positions(TokenBatch batch)
    {
        if (_positions is null || !_options.AddsPositions)
            return null;
        if (_options.PaddingPosition is not { } padding)
            return _positions.Rows(batch.FirstPosition, batch.Length);
        var tokens = batch.InputIds.ne(padding).to(int64);
        var counts = batch.FirstPosition == 0 ? tokens.cumsum(1) : tokens.cumsum(1) + batch.FirstPosition;
        var numbers = counts * tokens + padding;
        return _positions.forward(numbers.view(-1)).view(batch.BatchSize, batch.Length, -1);
    }

    /// <summary>The parts are registered under the checkpoint's names, not once more under the fields'.</summary>
    protected override void RegisterComponents()
    {
    }
}
