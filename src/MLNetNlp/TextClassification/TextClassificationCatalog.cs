using Microsoft.ML;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>Text classification in ML.NET's catalogs of multiclass and binary trainers.</summary>
public static class TextClassificationCatalog
{
    /// <summary>Fine-tunes a BERT-family encoder to classify one text, or a pair of texts, into the classes of a key column.</summary>
    /// <param name="trainers">The catalog: <c>mlContext.MulticlassClassification.Trainers</c>.</param>
    /// <param name="labelColumnName">Key column. The number of classes is the key's cardinality. Rows without a label are left out.</param>
    /// <param name="scoreColumnName">Output column of the probabilities.</param>
    /// <param name="outputColumnName">Output column of the predicted label.</param>
    /// <param name="sentence1ColumnName">Text column. Missing counts as empty.</param>
    /// <param name="sentence2ColumnName">Text column with the second text of a pair; null: single texts.</param>
    /// <param name="batchSize">Examples in one training step.</param>
    /// <param name="maxEpochs">Passes over the training set.</param>
    /// <param name="model">The model that is fine-tuned; null: <see cref="PretrainedModel.Mini"/>.</param>
    /// <param name="validationSet">Data with the same columns that is measured after every epoch; the weights of the best epoch are kept. Null: none.</param>
    /// <returns>
    /// An estimator that adds <paramref name="outputColumnName"/> (key, with the label's values) and <paramref name="scoreColumnName"/> (one probability a
    /// class, with slot names).
    /// </returns>
    /// <example><code language="csharp">
    /// var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
    ///     .Append(ml.MulticlassClassification.Trainers.TextClassification(sentence1ColumnName: "Text", maxEpochs: 3))
    ///     .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
    /// ITransformer model = pipeline.Fit(trainingData);
    /// </code></example>
    public static TextClassificationTrainer TextClassification(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        string outputColumnName = "PredictedLabel",
        string sentence1ColumnName = "Sentence1",
        string? sentence2ColumnName = null,
        int batchSize = 32,
        int maxEpochs = 10,
        PretrainedModel? model = null,
        IDataView? validationSet = null) =>
        new(CatalogEnvironment.Of(trainers), new TextClassificationTrainer.Options
        {
            LabelColumnName = labelColumnName,
            ScoreColumnName = scoreColumnName,
            PredictionColumnName = outputColumnName,
            Sentence1ColumnName = sentence1ColumnName,
            Sentence2ColumnName = sentence2ColumnName,
            Model = model ?? PretrainedModel.Mini,
            Training = new() { BatchSize = batchSize, MaxEpochs = maxEpochs },
            ValidationSet = validationSet,
        });

    /// <summary>Fine-tunes a BERT-family encoder to classify one text, or a pair of texts, into the classes of a key column.</summary>
    /// <param name="trainers">The catalog: <c>mlContext.MulticlassClassification.Trainers</c>.</param>
    /// <param name="options">Columns, model, training and the rest.</param>
    /// <returns>An estimator that adds the predicted label (key, with the label's values) and the score (one probability a class, with slot names).</returns>
    public static TextClassificationTrainer TextClassification(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers, TextClassificationTrainer.Options options) =>
        new(CatalogEnvironment.Of(trainers), options);

    /// <summary>Fine-tunes a BERT-family encoder to tell for one text, or a pair of texts, whether a Boolean label is true.</summary>
    /// <param name="trainers">The catalog: <c>mlContext.BinaryClassification.Trainers</c>.</param>
    /// <param name="labelColumnName">Boolean column.</param>
    /// <param name="scoreColumnName">Output column of the score: the log-odds that the label is true.</param>
    /// <param name="outputColumnName">Output column of the predicted label.</param>
    /// <param name="sentence1ColumnName">Text column. Missing counts as empty.</param>
    /// <param name="sentence2ColumnName">Text column with the second text of a pair; null: single texts.</param>
    /// <param name="batchSize">Examples in one training step.</param>
    /// <param name="maxEpochs">Passes over the training set.</param>
    /// <param name="model">The model that is fine-tuned; null: <see cref="PretrainedModel.Mini"/>.</param>
    /// <param name="validationSet">Data with the same columns that is measured after every epoch; the weights of the best epoch are kept. Null: none.</param>
    /// <returns>
    /// An estimator that adds <paramref name="outputColumnName"/> (Boolean), <paramref name="scoreColumnName"/> (Single, log-odds) and <c>Probability</c>
    /// (Single, of true).
    /// </returns>
    /// <example><code language="csharp">
    /// var pipeline = ml.BinaryClassification.Trainers.TextClassification(labelColumnName: "IsSpam", sentence1ColumnName: "Message", maxEpochs: 3);
    /// ITransformer model = pipeline.Fit(trainingData);
    /// CalibratedBinaryClassificationMetrics metrics = ml.BinaryClassification.Evaluate(model.Transform(testData), "IsSpam");
    /// </code></example>
    public static BinaryTextClassificationTrainer TextClassification(
        this BinaryClassificationCatalog.BinaryClassificationTrainers trainers,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        string outputColumnName = "PredictedLabel",
        string sentence1ColumnName = "Sentence1",
        string? sentence2ColumnName = null,
        int batchSize = 32,
        int maxEpochs = 10,
        PretrainedModel? model = null,
        IDataView? validationSet = null) =>
        new(CatalogEnvironment.Of(trainers), new BinaryTextClassificationTrainer.Options
        {
            LabelColumnName = labelColumnName,
            ScoreColumnName = scoreColumnName,
            PredictionColumnName = outputColumnName,
            Sentence1ColumnName = sentence1ColumnName,
            Sentence2ColumnName = sentence2ColumnName,
            Model = model ?? PretrainedModel.Mini,
            Training = new() { BatchSize = batchSize, MaxEpochs = maxEpochs },
            ValidationSet = validationSet,
        });

    /// <summary>Fine-tunes a BERT-family encoder to tell for one text, or a pair of texts, whether a Boolean label is true.</summary>
    /// <param name="trainers">The catalog: <c>mlContext.BinaryClassification.Trainers</c>.</param>
    /// <param name="options">Columns, model, training and the rest.</param>
    /// <returns>An estimator that adds the predicted label (Boolean), the score (log-odds) and the probability of true.</returns>
    public static BinaryTextClassificationTrainer TextClassification(
        this BinaryClassificationCatalog.BinaryClassificationTrainers trainers, BinaryTextClassificationTrainer.Options options) =>
        new(CatalogEnvironment.Of(trainers), options);
}
