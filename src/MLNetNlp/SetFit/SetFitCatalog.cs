using Microsoft.ML;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>SetFit, classification from a few examples, in ML.NET's catalogs of multiclass and binary trainers.</summary>
public static class SetFitCatalog
{
    /// <summary>Learns to classify texts from a few examples (8, say) of each class of a key column.</summary>
    /// <param name="trainers">The catalog: <c>mlContext.MulticlassClassification.Trainers</c>.</param>
    /// <param name="labelColumnName">Key column. The number of classes is the key's cardinality. Rows without a label are left out.</param>
    /// <param name="scoreColumnName">Output column of the probabilities.</param>
    /// <param name="outputColumnName">Output column of the predicted label.</param>
    /// <param name="sentence1ColumnName">Text column. Rows without text are left out of the training.</param>
    /// <param name="model">The sentence encoder that is trained; null: <see cref="PretrainedModel.Mini"/>.</param>
    /// <returns>
    /// An estimator that adds <paramref name="outputColumnName"/> (key, with the label's values) and <paramref name="scoreColumnName"/> (one probability a
    /// class, with slot names).
    /// </returns>
    /// <example><code language="csharp">
    /// var fewShots = ml.Data.SampleFewShot(data, "Label", perClass: 8, seed: 1);
    /// var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
    ///     .Append(ml.MulticlassClassification.Trainers.SetFit(sentence1ColumnName: "Text"))
    ///     .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
    /// ITransformer model = pipeline.Fit(fewShots);
    /// </code></example>
    public static SetFitTrainer SetFit(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        string outputColumnName = "PredictedLabel",
        string sentence1ColumnName = "Sentence1",
        PretrainedModel? model = null) =>
        new(CatalogEnvironment.Of(trainers), new SetFitTrainer.Options
        {
            LabelColumnName = labelColumnName,
            ScoreColumnName = scoreColumnName,
            PredictionColumnName = outputColumnName,
            Sentence1ColumnName = sentence1ColumnName,
            Model = model ?? PretrainedModel.Mini,
        });

    /// <summary>Learns to classify texts from a few examples of each class of a key column.</summary>
    /// <param name="trainers">The catalog: <c>mlContext.MulticlassClassification.Trainers</c>.</param>
    /// <param name="options">Columns, model, pairs, loss, head and the rest.</param>
    /// <returns>An estimator that adds the predicted label (key, with the label's values) and the score (one probability a class, with slot names).</returns>
    public static SetFitTrainer SetFit(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers, SetFitTrainer.Options options) =>
        new(CatalogEnvironment.Of(trainers), options);

    /// <summary>Learns from a few examples whether a Boolean label is true for a text.</summary>
    /// <param name="trainers">The catalog: <c>mlContext.BinaryClassification.Trainers</c>.</param>
    /// <param name="labelColumnName">Boolean column.</param>
    /// <param name="scoreColumnName">Output column of the score: the log-odds that the label is true.</param>
    /// <param name="outputColumnName">Output column of the predicted label.</param>
    /// <param name="sentence1ColumnName">Text column. Rows without text are left out of the training.</param>
    /// <param name="model">The sentence encoder that is trained; null: <see cref="PretrainedModel.Mini"/>.</param>
    /// <returns>
    /// An estimator that adds <paramref name="outputColumnName"/> (Boolean), <paramref name="scoreColumnName"/> (Single, log-odds) and <c>Probability</c>
    /// (Single, of true).
    /// </returns>
    public static BinarySetFitTrainer SetFit(
        this BinaryClassificationCatalog.BinaryClassificationTrainers trainers,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        string outputColumnName = "PredictedLabel",
        string sentence1ColumnName = "Sentence1",
        PretrainedModel? model = null) =>
        new(CatalogEnvironment.Of(trainers), new BinarySetFitTrainer.Options
        {
            LabelColumnName = labelColumnName,
            ScoreColumnName = scoreColumnName,
            PredictionColumnName = outputColumnName,
            Sentence1ColumnName = sentence1ColumnName,
            Model = model ?? PretrainedModel.Mini,
        });

    /// <summary>Learns from a few examples whether a Boolean label is true for a text.</summary>
    /// <param name="trainers">The catalog: <c>mlContext.BinaryClassification.Trainers</c>.</param>
    /// <param name="options">Columns, model, pairs, loss, head and the rest.</param>
    /// <returns>An estimator that adds the predicted label (Boolean), the score (log-odds) and the probability of true.</returns>
    public static BinarySetFitTrainer SetFit(
        this BinaryClassificationCatalog.BinaryClassificationTrainers trainers, BinarySetFitTrainer.Options options) =>
        new(CatalogEnvironment.Of(trainers), options);

    /// <summary>Learns from a few examples which labels a text has, any number of them.</summary>
    /// <param name="trainers">The catalog: <c>mlContext.MulticlassClassification.Trainers</c>.</param>
    /// <param name="labelColumnName">
    /// Vector column: of Boolean or Single (above 0.5 is on), a place a label, or of keys, the labels that are on. A row without any label is one that has none.
    /// </param>
    /// <param name="scoreColumnName">Output column of the probabilities.</param>
    /// <param name="outputColumnName">Output column of the predicted labels.</param>
    /// <param name="sentence1ColumnName">Text column. Rows without text are left out of the training.</param>
    /// <param name="model">The sentence encoder that is trained; null: <see cref="PretrainedModel.Mini"/>.</param>
    /// <param name="strategy">How the labels go together in the logistic regression.</param>
    /// <returns>
    /// An estimator that adds <paramref name="outputColumnName"/> (vector of Boolean) and <paramref name="scoreColumnName"/> (vector of Single, the probability
    /// of each label), both with slot names.
    /// </returns>
    public static MultiLabelSetFitTrainer MultiLabelSetFit(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        string outputColumnName = "PredictedLabel",
        string sentence1ColumnName = "Sentence1",
        PretrainedModel? model = null,
        MultiLabelStrategy strategy = MultiLabelStrategy.OneVsRest) =>
        new(CatalogEnvironment.Of(trainers), new MultiLabelSetFitTrainer.Options
        {
            LabelColumnName = labelColumnName,
            ScoreColumnName = scoreColumnName,
            PredictionColumnName = outputColumnName,
            Sentence1ColumnName = sentence1ColumnName,
            Model = model ?? PretrainedModel.Mini,
            Head = new LogisticRegressionHeadOptions { Strategy = strategy },
        });

    /// <summary>Learns from a few examples which labels a text has, any number of them.</summary>
    /// <param name="trainers">The catalog: <c>mlContext.MulticlassClassification.Trainers</c>.</param>
    /// <param name="options">Columns, model, pairs, loss, head and the rest.</param>
    /// <returns>An estimator that adds the predicted labels (vector of Boolean) and the scores (their probabilities), both with slot names.</returns>
    public static MultiLabelSetFitTrainer MultiLabelSetFit(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers, MultiLabelSetFitTrainer.Options options) =>
        new(CatalogEnvironment.Of(trainers), options);

    /// <summary>Opens a folder that <see cref="SetFitTransformerBase.SaveToDirectory"/> wrote for classes, without any training.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.MulticlassClassification</c>.</param>
    /// <param name="path">The folder.</param>
    /// <param name="sentence1ColumnName">Text column.</param>
    /// <param name="scoreColumnName">Output column of the probabilities.</param>
    /// <param name="outputColumnName">Output column of the predicted label: a key of text.</param>
    /// <exception cref="InvalidDataException">
    /// The folder is damaged, or is one of setfit's own, whose head is a Python pickle: that is never opened, and the message says how to fit a head anew.
    /// </exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static SetFitTransformer LoadSetFit(this MulticlassClassificationCatalog catalog, string path, string sentence1ColumnName = "Sentence1",
        string scoreColumnName = "Score", string outputColumnName = "PredictedLabel")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var files = Transformers.Checkpoints.ModelFiles.FromDirectory(path);
        var classifier = SetFitClassifier.Load(files, null, null);
        if (classifier.Head.HasSeveralLabels)
        {
            classifier.Dispose();
            throw new InvalidDataException($"'{path}' holds a model of several labels a text; only models of classes are opened as such.");
        }

        var output = new MulticlassOutput(outputColumnName, scoreColumnName, classifier.LabelNames, KeyValues.OfText(classifier.LabelNames));
        return new SetFitTransformer(classifier, sentence1ColumnName, output, SetFitOptions.DefaultLabelColumnName);
    }
}
