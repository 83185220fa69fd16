using MLNetNlp.Metrics.Similarity;
using MLNetNlp.Transformers.Inference;
using MLNetNlp.Transformers.Losses;
using MLNetNlp.Transformers.Training;
using static TorchSharp.torch;

namespace MLNetNlp;

/// <summary>What sentence embeddings are measured on while they train: by figures that follow from the examples' shape, and by the loss.</summary>
/// <remarks>
/// Pairs with a score: Spearman's correlation of cosine and score. Triplets: the share of examples whose positive is nearer to the anchor than every
/// negative. Else the loss, negated, since higher is better.
/// </remarks>
/// <param name="Examples">The validation set, with a pool of its own.</param>
/// <param name="HasLoss">Whether the examples have the shape that the first training set's loss takes.</param>
internal sealed record EmbeddingValidation(EmbeddingExamples Examples, bool HasLoss)
{
    /// <summary>Whether there is a figure besides the loss.</summary>
    public static bool HasMetric(EmbeddingExamples examples) => examples is { Columns: 2, NumberCount: 1 } or { Columns: > 2 };

    /// <summary>Something that measures the encoder as it is.</summary>
    public Func<ValidationResult> Measurer(SentenceEncoderTraining training, ISentenceLoss loss)
    {
        var (encoder, options) = (training.Encoder, training.Options);
        var runner = new BatchRunner(encoder, training.PaddingId, training.Device, options.BatchSize);
        var vectors = new float[Examples.Pool.Count * encoder.Dimension];
        var lossBatches = new LossBatches(encoder, Examples, loss, training.PaddingId, training.Device);
        var batches = HasLoss ? new EmbeddingSet(Examples, loss).Batches(options.BatchSize, training.Seed, epoch: 0) : [];
        return () =>
        {
            runner.Run(Examples.Pool.Texts, vectors, options.CancellationToken);
            double? mean = HasLoss ? MeanLoss(lossBatches, batches, vectors, training.Device) : null;
            return Metric(vectors, encoder.Dimension) is var (name, value)
                ? new ValidationResult(name, value, mean)
                : new ValidationResult("negated loss", -mean!.Value, mean);
        };
    }

    private double MeanLoss(LossBatches losses, IReadOnlyList<int[]> batches, float[] vectors, Device device)
    {
        using var all = tensor(vectors, [Examples.Pool.Count, vectors.Length / Examples.Pool.Count], device: device);
        var sum = 0.0;
        foreach (var batch in batches)
        {
            using var scope = NewDisposeScope();
            sum += losses.Compute(batch, all).to(float32).item<float>() * (double)batch.Length;
        }

        return sum / Examples.Count;
    }

    private (string Name, double Value)? Metric(float[] vectors, int dimension)
    {
        if (!HasMetric(Examples))
            return null;
        if (Examples.Columns > 2)
            return ("triplet accuracy", Enumerable.Range(0, Examples.Count).Count(PositiveIsNearest) / (double)Examples.Count);
        var cosines = new double[Examples.Count];
        var scores = new double[Examples.Count];
        for (var i = 0; i < cosines.Length; i++)
            (cosines[i], scores[i]) = (Cosine(Examples.TextsOf(i)[0], Examples.TextsOf(i)[1]), Examples.NumbersOf(i)[0]);
        return ("spearman", Correlation.Spearman(cosines, scores));

        bool PositiveIsNearest(int example)
        {
            var texts = Examples.TextsOf(example);
            var positive = Cosine(texts[0], texts[1]);
            foreach (var negative in texts[2..])
            {
                if (Cosine(texts[0], negative) >= positive)
                    return false;
            }

            return true;
        }

        double Cosine(int left, int right)
        {
            var x = vectors.AsSpan(left * dimension, dimension);
            var y = vectors.AsSpan(right * dimension, dimension);
            var (dot, xx, yy) = (0.0, 0.0, 0.0);
            for (var i = 0; i < dimension; i++)
                (dot, xx, yy) = (dot + x[i] * (double)y[i], xx + x[i] * (double)x[i], yy + y[i] * (double)y[i]);
            return dot / Math.Max(Math.Sqrt(xx) * Math.Sqrt(yy), 1e-12);
        }
    }
}
