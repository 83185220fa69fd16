using MLNetNlp.Transformers.Encoders;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetNlp.Transformers.Losses;

/// <summary>Trains by a classifier over both texts' vectors: how Sentence-BERT learnt from natural language inference.</summary>
/// <remarks>
/// <c>loss = CE(W [u; v; |u - v|; u * v] + b, class)</c> with those of the four parts that <c>features</c> names, in that order. Inputs: two texts and a class,
/// such as entailment, neutral, contradiction. The classifier trains along and is left behind. Where pairs are positives,
/// <see cref="MultipleNegativesRankingLoss"/> makes the better model. Reimers and Gurevych 2019, "Sentence-BERT".
/// </remarks>
/// <param name="features">What the classifier sees. Default both vectors and their difference.</param>
public sealed class SoftmaxLoss(SentencePairFeatures features = SentencePairFeatures.Vectors | SentencePairFeatures.Difference) : IEmbeddingLoss
{
    private Dense? _classifier;

    /// <summary>What the classifier sees.</summary>
    public SentencePairFeatures Features { get; } = features is > 0 and <= (SentencePairFeatures)7 ? features : throw new ArgumentOutOfRangeException(
        nameof(features), features, $"'{nameof(features)}' is {features}; needed are some of {string.Join(", ", Enum.GetNames<SentencePairFeatures>())}.");

    /// <inheritdoc/>
    public EmbeddingLossInputs Inputs { get; } = new(nameof(SoftmaxLoss), ["first text", "second text"]) { Label = EmbeddingLabelKind.Class };

    /// <inheritdoc/>
    public nn.Module? Weights => _classifier;

    /// <inheritdoc/>
    public ISentenceLoss Prepare(SentenceLossSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        if (setting.ClassCount < 2)
            throw new ArgumentException($"{nameof(SoftmaxLoss)} needs at least 2 classes, but the label has {setting.ClassCount}.", nameof(setting));
        var parts = (Features.HasFlag(SentencePairFeatures.Vectors) ? 2 : 0) + (Features.HasFlag(SentencePairFeatures.Difference) ? 1 : 0)
            + (Features.HasFlag(SentencePairFeatures.Product) ? 1 : 0);
        return new SoftmaxLoss(Features) { _classifier = LinearWeights.Create(parts * setting.Dimension, setting.ClassCount, setting, nameof(SoftmaxLoss)) };
    }

    /// <inheritdoc/>
    public Tensor Compute(IReadOnlyList<Tensor> embeddings, Tensor? labels)
    {
        Inputs.CheckBatch(embeddings, labels);
        if (_classifier is null)
            throw new InvalidOperationException($"{nameof(SoftmaxLoss)} has no classifier yet: call {nameof(Prepare)} first.");
        using var scope = NewDisposeScope();
        var (u, v) = (embeddings[0], embeddings[1]);
        List<Tensor> parts = Features.HasFlag(SentencePairFeatures.Vectors) ? [u, v] : [];
        if (Features.HasFlag(SentencePairFeatures.Difference))
            parts.Add((u - v).abs());
        if (Features.HasFlag(SentencePairFeatures.Product))
            parts.Add(u * v);
        return F.cross_entropy(_classifier.forward(cat(parts, 1)), labels!).MoveToOuterDisposeScope();
    }
}
