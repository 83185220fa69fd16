using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Docs.Tests.Snippets;

/// <summary>The blocks of docs/sentence-embeddings.md.</summary>
internal static class SentenceEmbeddings
{
    public class Review
    {
        [LoadColumn(0)] public string Label { get; set; } = "";
        [LoadColumn(1)] public string Text { get; set; } = "";
    }

    #region vector
    public class Embedded
    {
        public float[] Vector { get; set; } = [];
    }
    #endregion

    public static void Smaller(MLContext ml, IDataView data)
    {
        #region smaller
        var bytes = ml.Transforms.Text.EmbedSentences(new SentenceEmbeddingEstimator.Options
        {
            InputColumnName = "Text",
            OutputColumnName = "Vector",
            TruncateDimension = 128,
            Precision = EmbeddingPrecision.Int8,
        });
        SentenceEmbeddingTransformer small = bytes.Fit(data);
        Console.WriteLine(small.GetOutputSchema(data.Schema)["Vector"].Type);
        #endregion
    }

    public static void Use(IDataView data)
    {
        #region embed
        var ml = new MLContext(seed: 1);
        ITransformer embedder = ml.Transforms.Text.EmbedSentences("Vector", "Text").Fit(data);
        var engine = ml.Model.CreatePredictionEngine<Review, Embedded>(embedder);
        float[] vector = engine.Predict(new Review { Text = "Where can I reset my password?" }).Vector;
        #endregion

        #region logistic regression
        var route = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.EmbeddingsLogisticRegression(new EmbeddingsLogisticRegressionTrainer.Options
            {
                Sentence1ColumnName = "Text",
                Model = PretrainedModel.Mini,
                C = 1,
                ClassWeights = ClassWeights.Balanced,
            }))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        ITransformer router = route.Fit(data);
        #endregion

        #region classify
        var classify = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.Text.EmbedSentences("Features", "Text"))
            .AppendCacheCheckpoint(ml)
            .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(l1Regularization: 0, l2Regularization: 1))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        ITransformer model = classify.Fit(data);
        #endregion

        #region cluster
        var cluster = ml.Transforms.Text.EmbedSentences("Features", "Text")
            .AppendCacheCheckpoint(ml)
            .Append(ml.Clustering.Trainers.KMeans(numberOfClusters: 8));
        #endregion

        #region options
        var estimator = ml.Transforms.Text.EmbedSentences(new SentenceEmbeddingEstimator.Options
        {
            InputColumnName = "Text",
            OutputColumnName = "Vector",
            Model = PretrainedModel.FromHub("sentence-transformers/all-MiniLM-L6-v2"),
            Pooling = PoolingMode.Mean,
            Normalize = true,
            Tokenization = new() { MaxLength = 128 },
        });
        #endregion

        #region export
        SentenceEmbeddingTransformer encoder = estimator.Fit(data);
        Console.WriteLine($"{encoder.Dimension} numbers, {encoder.MaxLength} tokens at most");
        encoder.SaveToDirectory("exported");
        #endregion
    }
}
