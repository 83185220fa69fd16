using System.Globalization;
using MLNetNlp.Metrics.Pairs;
using MLNetNlp.Metrics.Retrieval;
using MLNetNlp.Metrics.Similarity;
using MLNetNlp.Transformers.Inference;
using MLNetNlp.Transformers.Losses;
using MLNetNlp.Transformers.Search;
using MLNetNlp.Transformers.Training;
using static TorchSharp.torch;

namespace MLNetNlp;

/// <summary>Measures an encoder on a validation set while it trains. Every text is embedded once, for the figure and the loss.</summary>
internal sealed class EmbeddingMeasurer : IDisposable
{
    private const int Ranks = 10;

    private readonly EmbeddingExamples _examples;
    private readonly EmbeddingLabelKind _label;
    private readonly SentenceEncoderTraining _training;
    private readonly BatchRunner _runner;
    private readonly LossBatches? _losses;
    private readonly IReadOnlyList<int[]> _batches = [];
    private readonly float[] _vectors;
    private readonly int _dimension;

    public EmbeddingMeasurer(EmbeddingValidation validation, SentenceEncoderTraining training, ISentenceLoss loss)
    {
        (_examples, _label) = (validation.Examples, validation.Label);
        _training = training;
        _dimension = training.Encoder.Dimension;
        _runner = new BatchRunner(training.Encoder, training.PaddingId, training.Device, training.Options.BatchSize);
        _vectors = new float[_examples.Pool.Count * _dimension];
        if (!validation.HasLoss)
            return;
        _losses = new LossBatches(training.Encoder, _examples, loss, training.PaddingId, training.Device, validation.Guide);
        _batches = new EmbeddingSet(_examples, loss).Batches(training.Options.BatchSize, training.Seed, epoch: 0);
    }

    /// <summary>The figures of the encoder as it is now.</summary>
    public ValidationResult Measure()
    {
        _runner.Run(_examples.Pool.Texts, _vectors, _training.Options.CancellationToken);
        double? loss = _losses is null ? null : MeanLoss(_losses);
        return Metric() is var (name, value) ? new ValidationResult(name, value, loss) : new ValidationResult("negated loss", -loss!.Value, loss);
    }

    public void Dispose() => _losses?.Dispose();

    private double MeanLoss(LossBatches losses)
    {
        using var all = tensor(_vectors, [_examples.Pool.Count, _dimension], device: _training.Device);
        var sum = 0.0;
        foreach (var batch in _batches)
        {
            using var scope = NewDisposeScope();
            sum += losses.Compute(batch, all).to(float32).item<float>() * (double)batch.Length;
        }

        return sum / _examples.Count;
    }

    private (string Name, double Value)? Metric() => (_examples.Columns, _label) switch
    {
        ( > 2, _) => ("triplet accuracy", Enumerable.Range(0, _examples.Count).Count(PositiveIsNearest) / (double)_examples.Count),
        (2, EmbeddingLabelKind.Binary) when _examples.ClassCount > 0 => ("average precision",
            ThresholdSearch.Find(Cosines(), [.. Enumerable.Range(0, _examples.Count).Select(i => _examples.ClassOf(i) == 1)]).AveragePrecision),
        (2, EmbeddingLabelKind.Score or EmbeddingLabelKind.Binary) => ("spearman",
            Correlation.Spearman(Cosines(), [.. Enumerable.Range(0, _examples.Count).Select(i => (double)_examples.NumbersOf(i)[0])])),
        (2, EmbeddingLabelKind.None) => ($"MRR@{Ranks}", MeanReciprocalRank()),
        _ => null,
    };

    private double[] Cosines() => [.. Enumerable.Range(0, _examples.Count).Select(i => Cosine(_examples.TextsOf(i)[0], _examples.TextsOf(i)[1]))];

    /// <summary>Searches for each anchor among the positives of all.</summary>
    private double MeanReciprocalRank()
    {
        var positives = Enumerable.Range(0, _examples.Count).Select(i => (Anchor: _examples.TextsOf(i)[0], Positive: _examples.TextsOf(i)[1]))
            .GroupBy(pair => pair.Anchor, pair => Id(pair.Positive)).ToDictionary(own => own.Key, own => own.ToHashSet());
        int[] corpus = [.. Enumerable.Range(0, _examples.Count).Select(i => _examples.TextsOf(i)[1]).Distinct()];
        int[] anchors = [.. positives.Keys];
        var hits = ExactVectorIndex.Empty(_dimension).Add(VectorsOf(corpus)).Search(VectorsOf(anchors), Math.Min(Ranks, corpus.Length));
        return RetrievalEvaluator.Evaluate(
            [.. anchors.Select((anchor, i) => new RankedQuery([.. hits[i].Select(hit => Id(corpus[hit.Position]))], positives[anchor]))],
            new RetrievalOptions { MrrAt = [Ranks], AccuracyAt = [], PrecisionRecallAt = [], NdcgAt = [], MapAt = [] }).Mrr[Ranks];
    }

    private static string Id(int text) => text.ToString(CultureInfo.InvariantCulture);

    private float[] VectorsOf(int[] texts)
    {
        var vectors = new float[texts.Length * _dimension];
        for (var i = 0; i < texts.Length; i++)
            _vectors.AsSpan(texts[i] * _dimension, _dimension).CopyTo(vectors.AsSpan(i * _dimension));
        return vectors;
    }

    private bool PositiveIsNearest(int example)
    {
        var texts = _examples.TextsOf(example);
        var positive = Cosine(texts[0], texts[1]);
        foreach (var negative in texts[2..])
        {
            if (Cosine(texts[0], negative) >= positive)
                return false;
        }

        return true;
    }

    private double Cosine(int left, int right)
    {
        var x = _vectors.AsSpan(left * _dimension, _dimension);
        var y = _vectors.AsSpan(right * _dimension, _dimension);
        var (dot, xx, yy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
            (dot, xx, yy) = (dot + x[i] * (double)y[i], xx + x[i] * (double)x[i], yy + y[i] * (double)y[i]);
        return dot / Math.Max(Math.Sqrt(xx) * Math.Sqrt(yy), 1e-12);
    }
}
