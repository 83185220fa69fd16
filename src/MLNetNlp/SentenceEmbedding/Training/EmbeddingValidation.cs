using MLNetNlp.Transformers.Losses;

namespace MLNetNlp;

/// <summary>What sentence embeddings are measured on while they train: by figures that follow from the examples' shape, and by the loss.</summary>
/// <remarks>
/// Pairs with a score: Spearman's correlation of cosine and score. Pairs that belong together or not: the average precision of the cosine. Pairs alone: the mean
/// reciprocal rank, within the first ten, of an anchor's positives in a search among all positives. Triplets: the share of examples whose positive is nearer to
/// the anchor than every negative. Else the loss, negated, since higher is better.
/// </remarks>
/// <param name="Examples">The validation set, with a pool of its own.</param>
/// <param name="Label">What its label holds.</param>
/// <param name="HasLoss">Whether the examples have the shape that the first training set's loss takes.</param>
internal sealed record EmbeddingValidation(EmbeddingExamples Examples, EmbeddingLabelKind Label, bool HasLoss)
{
    /// <summary>The guide's vectors of the texts, for a loss that needs them.</summary>
    public GuideVectors? Guide { get; init; }

    /// <summary>Something that measures the encoder as it is.</summary>
    public EmbeddingMeasurer Measurer(SentenceEncoderTraining training, ISentenceLoss loss) => new(this, training, loss);
}
