using Microsoft.ML;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>Cross-encoders in ML.NET's catalog of ranking trainers.</summary>
public static class CrossEncoderCatalog
{
    /// <summary>Fine-tunes a BERT-family encoder to rank documents: the higher the score of query and document together, the better the document.</summary>
    /// <param name="trainers">The catalog: <c>mlContext.Ranking.Trainers</c>.</param>
    /// <param name="labelColumnName">How relevant the document is: Single, or a key whose first value counts 0; higher is better. Rows without a label are left out.</param>
    /// <param name="scoreColumnName">Output column of the score.</param>
    /// <param name="rowGroupColumnName">Key column: the documents of a query have one value. Rows without a group are left out.</param>
    /// <param name="sentence1ColumnName">Text column of the query. Missing counts as empty.</param>
    /// <param name="sentence2ColumnName">Text column of the document. Missing counts as empty.</param>
    /// <param name="loss">Pointwise, pairwise, or distillation from a teacher's scores.</param>
    /// <param name="batchSize">Pairs in one training step.</param>
    /// <param name="maxEpochs">Passes over the training set.</param>
    /// <param name="model">The model that is fine-tuned; null: <see cref="PretrainedModel.Mini"/>.</param>
    /// <param name="validationSet">
    /// Data with the same columns that is measured after every epoch; the weights of the epoch with the most pairs in the right order are kept. Null: none.
    /// </param>
    /// <returns>An estimator that adds <paramref name="scoreColumnName"/> (Single).</returns>
    /// <example><code language="csharp">
    /// var pipeline = ml.Transforms.Conversion.MapValueToKey("GroupId", "Query")
    ///     .Append(ml.Ranking.Trainers.CrossEncoder("Relevance", sentence1ColumnName: "Query", sentence2ColumnName: "Passage", maxEpochs: 3));
    /// ITransformer model = pipeline.Fit(trainingData);
    /// RankingMetrics metrics = ml.Ranking.Evaluate(model.Transform(testData), "Relevance");
    /// </code></example>
    public static CrossEncoderTrainer CrossEncoder(
        this RankingCatalog.RankingTrainers trainers,
        string labelColumnName = "Label",
        string scoreColumnName = "Score",
        string rowGroupColumnName = "GroupId",
        string sentence1ColumnName = "Sentence1",
        string sentence2ColumnName = "Sentence2",
        RankingLoss loss = RankingLoss.PairwiseLogistic,
        int batchSize = 32,
        int maxEpochs = 10,
        PretrainedModel? model = null,
        IDataView? validationSet = null) =>
        new(CatalogEnvironment.Of(trainers), new CrossEncoderTrainer.Options
        {
            LabelColumnName = labelColumnName,
            ScoreColumnName = scoreColumnName,
            RowGroupColumnName = rowGroupColumnName,
            Sentence1ColumnName = sentence1ColumnName,
            Sentence2ColumnName = sentence2ColumnName,
            Loss = loss,
            Model = model ?? PretrainedModel.Mini,
            Training = new() { BatchSize = batchSize, MaxEpochs = maxEpochs },
            ValidationSet = validationSet,
        });

    /// <summary>Fine-tunes a BERT-family encoder to rank documents: the higher the score of query and document together, the better the document.</summary>
    /// <param name="trainers">The catalog: <c>mlContext.Ranking.Trainers</c>.</param>
    /// <param name="options">Columns, loss, model, training and the rest.</param>
    /// <returns>An estimator that adds the score (Single).</returns>
    public static CrossEncoderTrainer CrossEncoder(this RankingCatalog.RankingTrainers trainers, CrossEncoderTrainer.Options options) =>
        new(CatalogEnvironment.Of(trainers), options);
}
