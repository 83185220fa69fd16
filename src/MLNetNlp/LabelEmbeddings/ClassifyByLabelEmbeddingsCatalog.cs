using Microsoft.ML;

namespace MLNetNlp;

/// <summary>Zero-shot classification by the embeddings of labels, in ML.NET's catalog of text transforms.</summary>
public static class ClassifyByLabelEmbeddingsCatalog
{
    /// <summary>Classifies texts into classes that no example was given of: by how near a text's embedding lies to those of the labels.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Transforms.Text</c>.</param>
    /// <param name="labels">The classes: at least two, each once.</param>
    /// <param name="inputColumnName">Text column. Missing counts as empty.</param>
    /// <param name="outputColumnName">Output column of the predicted label.</param>
    /// <param name="scoreColumnName">Output column of the probabilities.</param>
    /// <param name="template">Makes a sentence of a label, which stands at <c>{label}</c>.</param>
    /// <param name="model">A sentence-transformers folder or any encoder's; null: <see cref="PretrainedModel.Mini"/>.</param>
    /// <returns>
    /// An estimator that needs no training and adds <paramref name="outputColumnName"/> (key, with the labels as values) and
    /// <paramref name="scoreColumnName"/> (one probability a label, with slot names).
    /// </returns>
    /// <exception cref="ArgumentException">An argument makes no sense; the message names it.</exception>
    /// <example><code language="csharp">
    /// var pipeline = ml.Transforms.Text.ClassifyByLabelEmbeddings(["sport", "politics", "cooking"])
    ///     .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
    /// </code></example>
    public static ClassifyByLabelEmbeddingsEstimator ClassifyByLabelEmbeddings(
        this TransformsCatalog.TextTransforms catalog,
        IReadOnlyList<string> labels,
        string inputColumnName = "Text",
        string outputColumnName = "PredictedLabel",
        string scoreColumnName = "Score",
        string template = "This text is about {label}.",
        PretrainedModel? model = null) =>
        ClassifyByLabelEmbeddings(catalog, new ClassifyByLabelEmbeddingsEstimator.Options
        {
            Labels = labels,
            InputColumnName = inputColumnName,
            PredictionColumnName = outputColumnName,
            ScoreColumnName = scoreColumnName,
            Template = template,
            Model = model ?? PretrainedModel.Mini,
        });

    /// <summary>Classifies texts into classes that no example was given of: by how near a text's embedding lies to those of the labels.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Transforms.Text</c>.</param>
    /// <param name="options">Labels, their descriptions, columns, model and the rest.</param>
    /// <returns>An estimator that needs no training and adds the predicted label and the probabilities.</returns>
    public static ClassifyByLabelEmbeddingsEstimator ClassifyByLabelEmbeddings(
        this TransformsCatalog.TextTransforms catalog, ClassifyByLabelEmbeddingsEstimator.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new ClassifyByLabelEmbeddingsEstimator(options);
    }
}
