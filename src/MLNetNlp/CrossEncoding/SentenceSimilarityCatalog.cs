using Microsoft.ML;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>Sentence similarity in ML.NET's catalog of regression trainers.</summary>
public static class SentenceSimilarityCatalog
{
    /// <summary>Fine-tunes a BERT-family encoder to tell how alike two texts are.</summary>
    /// <param name="trainers">The catalog: <c>mlContext.Regression.Trainers</c>.</param>
    /// <param name="labelColumnName">Single column: how alike the two texts are, in any unit. Rows without a label (NaN) are left out.</param>
    /// <param name="scoreColumnName">Output column of the score, in the label's unit.</param>
    /// <param name="sentence1ColumnName">Text column. Missing counts as empty.</param>
    /// <param name="sentence2ColumnName">Text column with the second text of a pair. Missing counts as empty.</param>
    /// <param name="batchSize">Pairs in one training step.</param>
    /// <param name="maxEpochs">Passes over the training set.</param>
    /// <param name="model">The model that is fine-tuned; null: <see cref="PretrainedModel.Mini"/>.</param>
    /// <param name="validationSet">
    /// Data with the same columns that is measured after every epoch; the weights of the epoch with the highest Spearman correlation are kept. Null: none.
    /// </param>
    /// <returns>An estimator that adds <paramref name="scoreColumnName"/> (Single).</returns>
    /// <example><code language="csharp">
    /// ITransformer model = ml.Regression.Trainers.SentenceSimilarity(labelColumnName: "Similarity", maxEpochs: 4).Fit(pairs);
    /// RegressionMetrics metrics = ml.Regression.Evaluate(model.Transform(testPairs), "Similarity");
    /// </code></example>
    public static SentenceSimilarityTrainer SentenceSimilarity(
        this RegressionCatalog.RegressionTrainers trainers,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        string sentence1ColumnName = "Sentence1",
        string sentence2ColumnName = "Sentence2",
        int batchSize = 32,
        int maxEpochs = 10,
        PretrainedModel? model = null,
        IDataView? validationSet = null) =>
        new(CatalogEnvironment.Of(trainers), new SentenceSimilarityTrainer.Options
        {
            LabelColumnName = labelColumnName,
            ScoreColumnName = scoreColumnName,
            Sentence1ColumnName = sentence1ColumnName,
            Sentence2ColumnName = sentence2ColumnName,
            Model = model ?? PretrainedModel.Mini,
            Training = new() { BatchSize = batchSize, MaxEpochs = maxEpochs },
            ValidationSet = validationSet,
        });

    /// <summary>Fine-tunes a BERT-family encoder to tell how alike two texts are.</summary>
    /// <param name="trainers">The catalog: <c>mlContext.Regression.Trainers</c>.</param>
    /// <param name="options">Columns, loss, model, training and the rest.</param>
    /// <returns>An estimator that adds the score (Single).</returns>
    public static SentenceSimilarityTrainer SentenceSimilarity(
        this RegressionCatalog.RegressionTrainers trainers, SentenceSimilarityTrainer.Options options) =>
        new(CatalogEnvironment.Of(trainers), options);
}
