using Microsoft.ML;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>Augmented SBERT in ML.NET's catalog of text transforms.</summary>
public static class AugmentedSentenceBertCatalog
{
    /// <summary>Trains a sentence encoder from few labelled pairs: a cross-encoder, which learns faster, labels many more for it.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Transforms.Text</c>.</param>
    /// <param name="options">Columns, both trainings, and how pairs are chosen.</param>
    /// <returns>An estimator whose fitted transformer embeds texts, as that of <c>EmbedSentences</c> does.</returns>
    /// <exception cref="ArgumentException">An option has a value that makes no sense; the message names it.</exception>
    /// <example><code language="csharp">
    /// var estimator = ml.Transforms.Text.AugmentedSentenceBert(new() { Sampling = SilverSampling.Semantic, CandidatesPerText = 5 });
    /// SentenceEmbeddingTransformer embedder = estimator.Fit(labelledPairs);
    /// </code></example>
    public static AugmentedSentenceBertEstimator AugmentedSentenceBert(
        this TransformsCatalog.TextTransforms catalog, AugmentedSentenceBertEstimator.Options? options = null) =>
        new(CatalogEnvironment.Of(catalog), options ?? new AugmentedSentenceBertEstimator.Options());
}
