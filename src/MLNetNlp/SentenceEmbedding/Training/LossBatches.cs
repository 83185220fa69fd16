using MLNetNlp.Transformers.Inputs;
using MLNetNlp.Transformers.Losses;
using MLNetNlp.Transformers.Sentences;
using static TorchSharp.torch;

namespace MLNetNlp;

/// <summary>Hands batches of one set of examples to its loss.</summary>
/// <param name="encoder">What is trained.</param>
/// <param name="examples">The set.</param>
/// <param name="loss">Its loss, prepared.</param>
/// <param name="paddingId">The id that fills up short texts.</param>
/// <param name="device">Where the encoder is.</param>
/// <param name="guide">The guide's vectors of the texts; null: there is none.</param>
internal sealed class LossBatches(
    SentenceEncoder encoder, EmbeddingExamples examples, ISentenceLoss loss, int paddingId, Device device, GuideVectors? guide) : IDisposable
{
    private readonly Tensor? _guide = guide?.ToTensor(device).DetachFromDisposeScope();

    /// <summary>Seed of noise; changes with the epoch.</summary>
    public long NoiseSeed { get; set; }

    /// <summary>Adds the gradient of the mean loss of some examples, times a weight, and returns the loss.</summary>
    public double Backward(int[] rows, double weight)
    {
        if (loss is not IEmbeddingLoss)
            return With(rows, batch => loss.Backward(encoder, batch, weight));
        using var value = Compute(rows);
        var number = value.to(float32).item<float>();
        if (float.IsFinite(number))
            (weight == 1 ? value : value * weight).backward();
        return number;
    }

    /// <summary>The mean loss of some examples.</summary>
    public Tensor Compute(int[] rows)
    {
        if (loss is not IEmbeddingLoss vectorLoss)
            return With(rows, batch => loss.Compute(encoder, batch));
        using var labels = examples.Labels(rows, device);
        return vectorLoss.Compute(ColumnEmbeddings.Compute(encoder, examples, rows, paddingId, device), labels);
    }

    /// <summary>The mean loss of some examples from the vectors of all texts of the pool, [texts, dimension].</summary>
    public Tensor Compute(int[] rows, Tensor vectors)
    {
        if (loss is not IEmbeddingLoss vectorLoss)
            return Compute(rows);
        using var labels = examples.Labels(rows, device);
        return vectorLoss.Compute(ColumnEmbeddings.Lookup(vectors, examples, rows), labels);
    }

    public void Dispose() => _guide?.Dispose();

    private T With<T>(int[] rows, Func<SentenceBatch, T> use)
    {
        using var labels = examples.Labels(rows, device);
        List<TokenBatch> columns = [];
        try
        {
            if (loss.Inputs.Noise is { } noise)
                columns.Add(Damaged(noise, rows));
            for (var column = 0; column < examples.Columns; column++)
                columns.Add(TokenBatch.Create(examples.Pool.Texts, Array.ConvertAll(rows, row => examples.TextsOf(row)[column]), paddingId, device));
            return use(new SentenceBatch
            {
                Columns = columns,
                Labels = labels,
                GuideEmbeddings = _guide is null ? null : ColumnEmbeddings.Lookup(_guide, examples, rows),
            });
        }
        finally
        {
            columns.ForEach(batch => batch.Dispose());
        }
    }

    private TokenBatch Damaged(DeletionNoise noise, int[] rows)
    {
        var texts = new TokenizedTexts();
        foreach (var row in rows)
        {
            var random = new SeededRandom(SeededRandom.Derive(NoiseSeed, row));
            examples.Pool.Tokenizer.AppendIds(noise.Apply(examples.Pool.Strings[examples.TextsOf(row)[0]], random), examples.Pool.MaxLength, texts.Ids);
            texts.Commit();
        }

        return TokenBatch.Create(texts, [.. Enumerable.Range(0, texts.Count)], paddingId, device);
    }
}
