using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Sentences;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Gives a loss batches of any size in the memory of a small one: same value, same gradient, at the cost of a second forward pass.</summary>
/// <remarks>
/// Vectors are computed in mini-batches without a graph, the loss and its gradient by the vectors over the whole batch, and then each mini-batch once more,
/// with a graph, to carry that gradient on to the encoder. Dropout draws the same in both passes. With <see cref="MultipleNegativesRankingLoss"/> inside it is
/// sentence-transformers' <c>CachedMultipleNegativesRankingLoss</c>. Gao et al. 2021, "Scaling Deep Contrastive Learning Batch Size under Memory Limited
/// Setup" (GradCache).
/// </remarks>
public sealed class GradientCachedLoss : ISentenceLoss
{
    /// <summary>A loss in mini-batches.</summary>
    /// <param name="loss">The inner loss.</param>
    /// <param name="miniBatchSize">Texts in one forward pass. Default 32. Speed and memory hang on it, results do not.</param>
    public GradientCachedLoss(IEmbeddingLoss loss, int miniBatchSize = 32)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (miniBatchSize < 1)
            throw new ArgumentOutOfRangeException(nameof(miniBatchSize), miniBatchSize, $"'{nameof(miniBatchSize)}' is {miniBatchSize}; 1 or more is needed.");
        Loss = loss;
        MiniBatchSize = miniBatchSize;
    }

    /// <summary>The inner loss.</summary>
    public IEmbeddingLoss Loss { get; }

    /// <summary>Texts in one forward pass.</summary>
    public int MiniBatchSize { get; }

    /// <inheritdoc/>
    public EmbeddingLossInputs Inputs => Loss.Inputs;

    /// <inheritdoc/>
    public nn.Module? Weights => Loss.Weights;

    /// <inheritdoc/>
    public ISentenceLoss Prepare(SentenceLossSetting setting)
    {
        var prepared = Loss.Prepare(setting);
        return ReferenceEquals(prepared, Loss) ? this : new GradientCachedLoss((IEmbeddingLoss)prepared, MiniBatchSize);
    }

    /// <inheritdoc/>
    public Tensor Compute(SentenceEncoder encoder, SentenceBatch batch) => Loss.Compute(encoder, batch);

    /// <inheritdoc/>
    public double Backward(SentenceEncoder encoder, SentenceBatch batch, double weight)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = NewDisposeScope();
        Part[] parts = [.. batch.Columns.SelectMany((column, number) => Parts(column, number))];
        Tensor[] embeddings = [.. batch.Columns.Select((_, column) => Embed(encoder, batch, parts.Where(part => part.Column == column)).requires_grad_())];

        var loss = Loss.Compute(embeddings, batch.Labels);
        var value = loss.to(float32).item<float>();
        if (!float.IsFinite(value))
            return value;
        (weight == 1 ? loss : loss * weight).backward();
        foreach (var part in parts)
        {
            using var inner = NewDisposeScope();
            var gradient = embeddings[part.Column].grad!.narrow(0, part.Start, part.Count);
            manual_seed(part.Seed);
            using var texts = batch.Columns[part.Column].Rows(part.Start, part.Count);
            (encoder.call(texts) * gradient).sum().backward();
        }

        return value;
    }

    private static Tensor Embed(SentenceEncoder encoder, SentenceBatch batch, IEnumerable<Part> parts)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        List<Tensor> vectors = [];
        foreach (var part in parts)
        {
            manual_seed(part.Seed);
            using var texts = batch.Columns[part.Column].Rows(part.Start, part.Count);
            vectors.Add(encoder.call(texts));
        }

        return cat(vectors).MoveToOuterDisposeScope();
    }

    private IEnumerable<Part> Parts(TokenBatch column, int number)
    {
        for (var start = 0L; start < column.BatchSize; start += MiniBatchSize)
        {
            using var seed = randint(long.MaxValue, [1], dtype: ScalarType.Int64);
            yield return new Part(number, start, Math.Min(MiniBatchSize, column.BatchSize - start), seed.item<long>());
        }
    }

    /// <summary>Some rows of a column, and the seed that dropout draws from in both passes.</summary>
    private readonly record struct Part(int Column, long Start, long Count, long Seed);
}
