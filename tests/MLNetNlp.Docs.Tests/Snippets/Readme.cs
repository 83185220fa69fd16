using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Docs.Tests.Snippets;

/// <summary>The blocks of README.md.</summary>
internal static class Readme
{
    public static void Run()
    {
        #region pipeline
        var ml = new MLContext(seed: 1);
        IDataView data = ml.Data.LoadFromTextFile<Review>("reviews.tsv", hasHeader: true);
        var split = ml.Data.TrainTestSplit(data, testFraction: 0.2);

        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.TextClassification(new TextClassificationTrainer.Options
            {
                Sentence1ColumnName = "Text",
                Model = PretrainedModel.Mini,                 // embedded; or .FromDirectory(path), .FromHub("org/name")
                Training = new() { MaxEpochs = 3, BatchSize = 32, LearningRate = 5e-5 },
            }))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

        ITransformer model = pipeline.Fit(split.TrainSet);
        MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
        ml.Model.Save(model, data.Schema, "model.zip");

        // another process, which references the package and calls nothing else of it
        ITransformer loaded = new MLContext().Model.Load("model.zip", out _);
        var engine = ml.Model.CreatePredictionEngine<Review, ReviewPrediction>(loaded);
        #endregion
    }

    private sealed class Review
    {
        [LoadColumn(0)]
        public string Label { get; set; } = "";

        [LoadColumn(1)]
        public string Text { get; set; } = "";
    }

    private sealed class ReviewPrediction
    {
        public string PredictedLabel { get; set; } = "";
    }
}
