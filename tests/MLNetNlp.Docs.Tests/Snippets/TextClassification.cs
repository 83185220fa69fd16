using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Docs.Tests.Snippets;

/// <summary>The blocks of docs/text-classification.md.</summary>
internal static class TextClassification
{
    #region types
    public class Review
    {
        [LoadColumn(0)] public string Label { get; set; } = "";
        [LoadColumn(1)] public string Text { get; set; } = "";
    }

    public class ReviewPrediction
    {
        public string PredictedLabel { get; set; } = "";
        public float[] Score { get; set; } = [];
    }
    #endregion

    public static void Train()
    {
        #region train
        var ml = new MLContext(seed: 1);
        IDataView data = ml.Data.LoadFromTextFile<Review>("reviews.tsv", hasHeader: true);
        var split = ml.Data.TrainTestSplit(data, testFraction: 0.2);

        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.TextClassification(sentence1ColumnName: "Text", maxEpochs: 3))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

        ITransformer model = pipeline.Fit(split.TrainSet);
        MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(model.Transform(split.TestSet));
        Console.WriteLine($"accuracy {metrics.MicroAccuracy:0.000}, log-loss {metrics.LogLoss:0.000}");
        ml.Model.Save(model, data.Schema, "model.zip");
        #endregion

        IDataView trainingSet = split.TrainSet, validationSet = split.TestSet, messages = data, testMessages = data;

        #region predict
        ITransformer loaded = new MLContext().Model.Load("model.zip", out _);
        var engine = ml.Model.CreatePredictionEngine<Review, ReviewPrediction>(loaded);
        ReviewPrediction prediction = engine.Predict(new Review { Text = "Not bad at all." });
        #endregion

        #region options
        var trainer = ml.MulticlassClassification.Trainers.TextClassification(new TextClassificationTrainer.Options
        {
            LabelColumnName = "Label",
            Sentence1ColumnName = "Text",
            Model = PretrainedModel.Mini,
            Tokenization = new() { MaxLength = 256 },
            Training = new() { MaxEpochs = 5, BatchSize = 16, LearningRate = 3e-5, WarmupRatio = 0.06, Seed = 42 },
        });
        #endregion

        #region pairs
        var pairs = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.TextClassification(sentence1ColumnName: "Question", sentence2ColumnName: "Answer", maxEpochs: 3))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        #endregion

        #region binary
        var spam = ml.BinaryClassification.Trainers.TextClassification(labelColumnName: "IsSpam", sentence1ColumnName: "Message", maxEpochs: 3);
        ITransformer spamModel = spam.Fit(messages);
        CalibratedBinaryClassificationMetrics spamMetrics = ml.BinaryClassification.Evaluate(spamModel.Transform(testMessages), labelColumnName: "IsSpam");
        #endregion

        #region own model
        var fromFolder = PretrainedModel.FromDirectory("models/bert-base-uncased");
        var fromHub = PretrainedModel.FromHub("google-bert/bert-base-uncased", revision: "main");
        #endregion

        #region validation
        var toKey = ml.Transforms.Conversion.MapValueToKey("Label").Fit(trainingSet);
        var early = ml.MulticlassClassification.Trainers.TextClassification(new TextClassificationTrainer.Options
        {
            Sentence1ColumnName = "Text",
            ValidationSet = toKey.Transform(validationSet),
            Training = new() { MaxEpochs = 20, EarlyStoppingPatience = 2 },
        });
        ITransformer best = toKey.Append(early.Fit(toKey.Transform(trainingSet)));
        #endregion

        #region careful
        var careful = new TextClassificationTrainer.Options
        {
            Sentence1ColumnName = "Text",
            ClassWeights = ClassWeights.Balanced,
            Freezing = new() { Embeddings = true, Layers = 2 },
            Training = new() { MaxEpochs = 6, LayerwiseLearningRateDecay = 0.9, LabelSmoothing = 0.1 },
        };
        #endregion

        #region logging
        ml.Log += (_, message) => Console.WriteLine(message.Message);
        using var stop = new CancellationTokenSource(TimeSpan.FromHours(1));
        var training = new TrainingOptions
        {
            Progress = new Progress<TrainingProgress>(p => Console.WriteLine($"{p.Step}/{p.TotalSteps} loss {p.Loss:0.000} {p.SamplesPerSecond:0}/s")),
            CancellationToken = stop.Token,
            CheckpointFolder = "checkpoints",
            Resume = true,
        };
        #endregion

        #region export
        var classifier = ((IEnumerable<ITransformer>)model).OfType<TextClassificationTransformer>().Single();
        classifier.SaveToDirectory("exported");
        #endregion

        #region pool
        var engines = new ThreadLocal<PredictionEngine<Review, ReviewPrediction>>(() => ml.Model.CreatePredictionEngine<Review, ReviewPrediction>(loaded));
        ReviewPrediction answer = engines.Value!.Predict(new Review { Text = "Never again." });
        #endregion
    }
}
