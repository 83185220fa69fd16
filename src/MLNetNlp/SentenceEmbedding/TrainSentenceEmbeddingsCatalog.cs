using Microsoft.ML;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.Losses;

namespace MLNetNlp;

/// <summary>The training of sentence embeddings in ML.NET's catalog of text transforms.</summary>
public static class TrainSentenceEmbeddingsCatalog
{
    /// <summary>Trains a sentence encoder so that texts that belong together get vectors that lie near each other.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Transforms.Text</c>.</param>
    /// <param name="outputColumnName">Output column of the fitted transformer: a vector of Single of known size.</param>
    /// <param name="sentence1ColumnName">Text column: the first of a pair, the anchor, or the only text. The fitted transformer embeds it.</param>
    /// <param name="sentence2ColumnName">Text column: the second of a pair, the positive; null: single texts.</param>
    /// <param name="labelColumnName">A score (Single), whether the texts belong together (Boolean), or a class (key); null: there is none.</param>
    /// <param name="negativeColumnNames">Text columns of hard negatives; null: none.</param>
    /// <param name="loss">What training lowers; null: by the columns.</param>
    /// <param name="batchSize">Examples in one training step.</param>
    /// <param name="maxEpochs">Passes over the training set.</param>
    /// <param name="model">The model to start from; null: <see cref="PretrainedModel.Mini"/>.</param>
    /// <param name="validationSet">Data with the same columns that is measured after every epoch; the weights of the best epoch are kept. Null: none.</param>
    /// <returns>An estimator whose fitted transformer adds <paramref name="outputColumnName"/>, as that of <c>EmbedSentences</c> does.</returns>
    /// <example><code language="csharp">
    /// var trainer = ml.Transforms.Text.TrainSentenceEmbeddings("Vector", "Question", "Answer");
    /// SentenceEmbeddingTransformer embedder = trainer.Fit(pairs);
    /// </code></example>
    public static SentenceEmbeddingTrainer TrainSentenceEmbeddings(
        this TransformsCatalog.TextTransforms catalog,
        string outputColumnName = "Features",
        string sentence1ColumnName = "Sentence1",
        string? sentence2ColumnName = null,
        string? labelColumnName = null,
        string[]? negativeColumnNames = null,
        ISentenceLoss? loss = null,
        int batchSize = 32,
        int maxEpochs = 3,
        PretrainedModel? model = null,
        IDataView? validationSet = null) =>
        new(CatalogEnvironment.Of(catalog), new SentenceEmbeddingTrainer.Options
        {
            OutputColumnName = outputColumnName,
            Sentence1ColumnName = sentence1ColumnName,
            Sentence2ColumnName = sentence2ColumnName,
            LabelColumnName = labelColumnName,
            NegativeColumnNames = negativeColumnNames ?? [],
            Loss = loss,
            Model = model ?? PretrainedModel.Mini,
            Training = new() { BatchSize = batchSize, MaxEpochs = maxEpochs },
            ValidationSet = validationSet,
        });

    /// <summary>Trains a sentence encoder so that texts that belong together get vectors that lie near each other.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Transforms.Text</c>.</param>
    /// <param name="options">Columns, loss, model, training and the rest.</param>
    /// <returns>An estimator whose fitted transformer adds the vectors, as that of <c>EmbedSentences</c> does.</returns>
    public static SentenceEmbeddingTrainer TrainSentenceEmbeddings(this TransformsCatalog.TextTransforms catalog, SentenceEmbeddingTrainer.Options options) =>
        new(CatalogEnvironment.Of(catalog), options);
}
