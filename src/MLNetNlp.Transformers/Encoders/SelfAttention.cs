using MLNetNlp.Transformers.Checkpoints;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>Multi-head self-attention with its output projection: the one implementation of all families, whose differences are its parameters.</summary>
/// <remarks>
/// Works on [batch * length, hidden], so that every linear layer is one matrix product. Masks, windows and biases by position come in
/// <see cref="AttentionInput.Bias"/>, rotations in <see cref="AttentionInput.Rotary"/>; scores that need content and distance both are
/// <see cref="PositionScores"/>. The layer registers the parts under its family's names.
/// </remarks>
internal sealed class SelfAttention
{
    private readonly long _heads;
    private readonly long _headSize;
    private readonly float _scale;
    private readonly double _dropout;
    private readonly Dense[] _projections;
    private readonly PositionScores? _positions;

    /// <summary>Builds the layers without weights.</summary>
    /// <param name="config">Sizes and the dropout of the weights.</param>
    /// <param name="fused">Query, key and value in one matrix.</param>
    /// <param name="bias">Whether the linear layers have biases.</param>
    /// <param name="positions">What positions add to the scores; made from queries' and keys' projections. Null: nothing.</param>
    /// <param name="scaleTerms">The scores are divided by the root of the head's size times this. Default 1.</param>
    public SelfAttention(ModelConfig config, bool fused = false, bool bias = true, Func<Dense, Dense, PositionScores>? positions = null, int scaleTerms = 1)
    {
        var size = config.HiddenSize;
        _heads = config.AttentionHeadCount;
        _headSize = size / _heads;
        _scale = (float)(1 / Math.Sqrt(_headSize * scaleTerms));
        _dropout = config.AttentionDropout;
        _projections = fused ? [new Dense(size, 3 * size, bias)] : [new Dense(size, size, bias), new Dense(size, size, bias), new Dense(size, size, bias)];
        _positions = positions?.Invoke(_projections[0], _projections[1]);
        Output = new Dense(size, size, bias);
    }

    /// <summary>Query, key and value, or the one layer that is all three.</summary>
    public IReadOnlyList<Dense> Projections => _projections;

    /// <summary>The output projection.</summary>
    public Dense Output { get; }

    /// <summary>The layers under a family's names.</summary>
    public IEnumerable<(string Path, nn.Module Module)> Parts(LayerNames names)
    {
        (string, nn.Module)[] projections = names.Fused is { } fused
            ? [(fused, _projections[0])]
            : [(names.Query, _projections[0]), (names.Key, _projections[1]), (names.Value, _projections[2])];
        return [.. projections, (names.AttentionOutput, Output), .. _positions?.Parts ?? []];
    }

    /// <summary>Attends: [batch * length, hidden] to the same shape, in a tensor that nothing else uses.</summary>
    public Tensor Forward(Tensor hidden, AttentionInput input)
    {
        using var scope = NewDisposeScope();
        var parts = _projections.Length > 1 ? null
            : _projections[0].forward(hidden).view(input.BatchSize, input.Length, 3, _heads, _headSize).unbind(2);
        var keys = Project(1, hidden, parts, input);
        var queries = Project(0, hidden, parts, input);
        if (input.Rotary is { } rotary)
            (queries, keys) = (rotary.Rotate(queries), rotary.Rotate(keys));
        var bias = Bias(queries, keys, input);
        if (input.Prefix is { } prefix)
            keys = cat([prefix.Keys, keys], 1);
        var dropout = input.Training ? _dropout : 0;
        Tensor context;
        if (input.Attentions is null && AttentionProducts.IsFusedFaster(queries))
        {
            context = AttentionProducts.Fused(queries, keys, Values(hidden, parts, input), bias, _scale, dropout, _heads);
        }
        else
        {
            var probabilities = AttentionProducts.Probabilities(queries, keys, bias, _scale);
            input.Attentions?.Add(probabilities.view(input.BatchSize, _heads, input.Length, -1).MoveToOuterDisposeScope());
            // The values are made when they are needed: they are still in the processor's cache then.
            context = AttentionProducts.Apply(probabilities, Values(hidden, parts, input), dropout);
        }

        var merged = context.view(input.BatchSize, _heads, input.Length, _headSize).transpose(1, 2).reshape(input.BatchSize * input.Length, _heads * _headSize);
        return Output.forward(merged).MoveToOuterDisposeScope();
    }

    /// <summary>Queries (0), keys (1) or values (2): [batch * heads, length, head size].</summary>
    private Tensor Project(int part, Tensor hidden, Tensor[]? parts, AttentionInput input)
    {
        var byToken = parts?[part] ?? _projections[part].forward(hidden).view(input.BatchSize, input.Length, _heads, _headSize);
        return byToken.transpose(1, 2).reshape(input.BatchSize * _heads, input.Length, _headSize);
    }

    private Tensor Values(Tensor hidden, Tensor[]? parts, AttentionInput input)
    {
        var values = Project(2, hidden, parts, input);
        return input.Prefix is { } prefix ? cat([prefix.Values, values], 1) : values;
    }

    private Tensor? Bias(Tensor queries, Tensor keys, AttentionInput input)
    {
        var bias = input.Bias;
        if (_positions is not null)
        {
            var scores = _positions.Compute(queries, keys, input).mul_(_scale);
            bias = bias is null ? scores : scores.add_(bias);
        }

        if (bias is not null && input.Prefix is { } prefix)
            bias = F.pad(bias, (prefix.Keys.shape[1], 0));
        return bias is null || bias.dtype == queries.dtype ? bias : bias.clamp_min(Lowest(queries.dtype)).to(queries.dtype);
    }

    // The lowest float32 is minus infinity in 16 bits, and a softmax over nothing else is no number.
    private static float Lowest(ScalarType type) => type switch
    {
        ScalarType.Float16 => -65504f,
        ScalarType.BFloat16 => -3.3895314e38f,
        _ => float.MinValue,
    };
}
