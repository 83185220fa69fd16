using Microsoft.ML;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>Embeddings with logistic regression in ML.NET's catalogs of multiclass and binary trainers.</summary>
public static class EmbeddingsLogisticRegressionCatalog
{
    /// <summary>Learns to classify texts into the classes of a key column by logistic regression on sentence embeddings; the encoder stays as it is.</summary>
    /// <param name="trainers">The catalog: <c>mlContext.MulticlassClassification.Trainers</c>.</param>
    /// <param name="labelColumnName">Key column. The number of classes is the key's cardinality. Rows without a label are left out.</param>
    /// <param name="scoreColumnName">Output column of the probabilities.</param>
    /// <param name="outputColumnName">Output column of the predicted label.</param>
    /// <param name="sentence1ColumnName">Text column. Rows without text are left out of the training.</param>
    /// <param name="model">A sentence-transformers folder or any encoder's; null: <see cref="PretrainedModel.Mini"/>.</param>
    /// <returns>
    /// An estimator that adds <paramref name="outputColumnName"/> (key, with the label's values) and <paramref name="scoreColumnName"/> (one probability a
    /// class, with slot names).
    /// </returns>
    /// <example><code language="csharp">
    /// var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
    ///     .Append(ml.MulticlassClassification.Trainers.EmbeddingsLogisticRegression(sentence1ColumnName: "Text"))
    ///     .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
    /// </code></example>
    public static EmbeddingsLogisticRegressionTrainer EmbeddingsLogisticRegression(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        string outputColumnName = "PredictedLabel",
        string sentence1ColumnName = "Sentence1",
        PretrainedModel? model = null) =>
        new(CatalogEnvironment.Of(trainers), new EmbeddingsLogisticRegressionTrainer.Options
        {
            LabelColumnName = labelColumnName,
            ScoreColumnName = scoreColumnName,
            PredictionColumnName = outputColumnName,
            Sentence1ColumnName = sentence1ColumnName,
            Model = model ?? PretrainedModel.Mini,
        });

    /// <summary>Learns to classify texts into the classes of a key column by logistic regression on sentence embeddings; the encoder stays as it is.</summary>
    /// <param name="trainers">The catalog: <c>mlContext.MulticlassClassification.Trainers</c>.</param>
    /// <param name="options">Columns, model, regularisation, class weights and the rest.</param>
    /// <returns>An estimator that adds the predicted label (key, with the label's values) and the score (one probability a class, with slot names).</returns>
    public static EmbeddingsLogisticRegressionTrainer EmbeddingsLogisticRegression(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers, EmbeddingsLogisticRegressionTrainer.Options options) =>
        new(CatalogEnvironment.Of(trainers), options);

    /// <summary>Learns whether a Boolean label is true for a text by logistic regression on sentence embeddings; the encoder stays as it is.</summary>
    /// <param name="trainers">The catalog: <c>mlContext.BinaryClassification.Trainers</c>.</param>
    /// <param name="labelColumnName">Boolean column.</param>
    /// <param name="scoreColumnName">Output column of the score: the log-odds that the label is true.</param>
    /// <param name="outputColumnName">Output column of the predicted label.</param>
    /// <param name="sentence1ColumnName">Text column. Rows without text are left out of the training.</param>
    /// <param name="model">A sentence-transformers folder or any encoder's; null: <see cref="PretrainedModel.Mini"/>.</param>
    /// <returns>
    /// An estimator that adds <paramref name="outputColumnName"/> (Boolean), <paramref name="scoreColumnName"/> (Single, log-odds) and <c>Probability</c>
    /// (Single, of true).
    /// </returns>
    public static BinaryEmbeddingsLogisticRegressionTrainer EmbeddingsLogisticRegression(
        this BinaryClassificationCatalog.BinaryClassificationTrainers trainers,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        string outputColumnName = "PredictedLabel",
        string sentence1ColumnName = "Sentence1",
        PretrainedModel? model = null) =>
        new(CatalogEnvironment.Of(trainers), new BinaryEmbeddingsLogisticRegressionTrainer.Options
        {
            LabelColumnName = labelColumnName,
            ScoreColumnName = scoreColumnName,
            PredictionColumnName = outputColumnName,
            Sentence1ColumnName = sentence1ColumnName,
            Model = model ?? PretrainedModel.Mini,
        });

    /// <summary>Learns whether a Boolean label is true for a text by logistic regression on sentence embeddings; the encoder stays as it is.</summary>
    /// <param name="trainers">The catalog: <c>mlContext.BinaryClassification.Trainers</c>.</param>
    /// <param name="options">Columns, model, regularisation, class weights and the rest.</param>
    /// <returns>An estimator that adds the predicted label (Boolean), the score (log-odds) and the probability of true.</returns>
    public static BinaryEmbeddingsLogisticRegressionTrainer EmbeddingsLogisticRegression(
        this BinaryClassificationCatalog.BinaryClassificationTrainers trainers, BinaryEmbeddingsLogisticRegressionTrainer.Options options) =>
        new(CatalogEnvironment.Of(trainers), options);
}
