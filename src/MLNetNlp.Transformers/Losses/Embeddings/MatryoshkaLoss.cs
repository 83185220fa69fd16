using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Applies a loss to the first numbers of each vector as well, so that vectors may be cut short afterwards.</summary>
/// <remarks>
/// <c>loss = sum over dimensions of weight * loss(first numbers, scaled to length 1)</c>; the whole vector is scaled too. Inputs: those of the inner loss.
/// Kusupati et al. 2022, "Matryoshka Representation Learning".
/// </remarks>
public sealed class MatryoshkaLoss : IEmbeddingLoss
{
    private readonly (int Dimension, float Weight)[] _steps;

    /// <summary>A loss over several dimensions.</summary>
    /// <param name="loss">The inner loss, without weights of its own.</param>
    /// <param name="dimensions">Numbers that are kept, such as 384, 256, 128, 64; mostly the encoder's own among them.</param>
    /// <param name="weights">One weight a dimension; null: 1 each.</param>
    /// <param name="dimensionsPerStep">How many dimensions, drawn anew, each batch is for. Default -1: all.</param>
    /// <exception cref="ArgumentException">No dimension, one twice, or weights that do not fit.</exception>
    public MatryoshkaLoss(IEmbeddingLoss loss, IReadOnlyList<int> dimensions, IReadOnlyList<float>? weights = null, int dimensionsPerStep = -1)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(dimensions);
        if (dimensions.Count == 0 || dimensions.Any(d => d < 1) || dimensions.Distinct().Count() != dimensions.Count)
        {
            throw new ArgumentException($"'{nameof(dimensions)}' are {string.Join(", ", dimensions)}; at least one number above 0, and each once, is needed.",
                nameof(dimensions));
        }

        if (weights is not null && weights.Count != dimensions.Count)
            throw new ArgumentException($"There are {dimensions.Count} dimensions, but {weights.Count} weights.", nameof(weights));
        if (dimensionsPerStep != -1 && (dimensionsPerStep < 1 || dimensionsPerStep > dimensions.Count))
        {
            throw new ArgumentOutOfRangeException(nameof(dimensionsPerStep), dimensionsPerStep,
                $"'{nameof(dimensionsPerStep)}' is {dimensionsPerStep}; -1 (all) or a number from 1 to {dimensions.Count} is needed.");
        }

        Loss = loss;
        DimensionsPerStep = dimensionsPerStep;
        _steps = [.. dimensions.Select((d, i) => (d, weights is null ? 1f : LossArgument.NotNegative(weights[i], nameof(weights)))).OrderByDescending(s => s.d)];
        Inputs = loss.Inputs with { LossName = $"{nameof(MatryoshkaLoss)} of {loss.Inputs.LossName}" };
    }

    /// <summary>The inner loss.</summary>
    public IEmbeddingLoss Loss { get; }

    /// <summary>Numbers that are kept, the most first.</summary>
    public IReadOnlyList<int> Dimensions => [.. _steps.Select(s => s.Dimension)];

    /// <summary>How many dimensions each batch is for; -1: all.</summary>
    public int DimensionsPerStep { get; }

    /// <inheritdoc/>
    public EmbeddingLossInputs Inputs { get; }

    /// <inheritdoc/>
    public ISentenceLoss Prepare(SentenceLossSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        CheckDimension(setting.Dimension);
        using var trial = Loss.Prepare(setting).Weights;
        return trial is null ? this : throw new ArgumentException(
            $"{nameof(MatryoshkaLoss)} cannot have {Loss.Inputs.LossName} inside: its weights are made for one dimension.", nameof(setting));
    }

    /// <inheritdoc/>
    public Tensor Compute(IReadOnlyList<Tensor> embeddings, Tensor? labels)
    {
        Inputs.CheckBatch(embeddings, labels);
        CheckDimension(embeddings[0].shape[1]);
        using var scope = NewDisposeScope();
        var losses = Steps().Select(step => Loss.Compute([.. embeddings.Select(e => UnitRows.Of(e.narrow(1, 0, step.Dimension)))], labels) * step.Weight);
        return losses.Aggregate((sum, loss) => sum + loss).MoveToOuterDisposeScope();
    }

    private IEnumerable<(int Dimension, float Weight)> Steps()
    {
        if (DimensionsPerStep == -1)
            return _steps;
        using var order = randperm(_steps.Length);
        var drawn = order.data<long>().ToArray();
        return drawn.Take(DimensionsPerStep).Order().Select(i => _steps[i]).ToArray();
    }

    private void CheckDimension(long dimension)
    {
        if (_steps[0].Dimension > dimension)
            throw new ArgumentException($"{nameof(MatryoshkaLoss)} is to keep {_steps[0].Dimension} numbers, but the encoder's vectors have {dimension}.");
    }
}
