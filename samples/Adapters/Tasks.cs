using Microsoft.ML;
using MLNetNlp;

namespace AdaptersSample;

/// <summary>The two tasks: each trains an adapter over the embedded model, which stays as it is.</summary>
internal static class Tasks
{
    private static readonly LoraOptions Lora = new() { Rank = 8, Alpha = 16, Targets = [LoraOptions.AllLinear] };

    public static ITransformer TrainSentiment(MLContext ml, string path, out IDataView data)
    {
        data = ml.Data.LoadFromTextFile<Review>(path, hasHeader: true);
        return ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.TextClassification(new TextClassificationTrainer.Options
            {
                Sentence1ColumnName = "Text",
                Adapter = Lora,
                AdapterStorage = AdapterStorage.AdapterOnly,
                Tokenization = new() { MaxLength = 64 },
                Training = new() { MaxEpochs = 4, BatchSize = 32, LearningRate = 2e-3 },
            }))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(data);
    }

    public static double MeasureSentiment(MLContext ml, ITransformer model, string path) =>
        ml.MulticlassClassification.Evaluate(model.Transform(ml.Data.LoadFromTextFile<Review>(path, hasHeader: true))).MicroAccuracy;

    public static ITransformer TrainEntities(MLContext ml, string path, out IDataView data)
    {
        data = ml.Data.LoadFromConllFile(path);
        return ml.MulticlassClassification.Trainers.NamedEntityRecognition(new NamedEntityRecognitionTrainer.Options
        {
            Sentence1ColumnName = "Tokens",
            Adapter = Lora,
            AdapterStorage = AdapterStorage.AdapterOnly,
            Training = new() { MaxEpochs = 16, BatchSize = 16, LearningRate = 3e-3 },
        }).Fit(data);
    }

    public static double MeasureEntities(MLContext ml, ITransformer model, string path) =>
        ml.MulticlassClassification.EvaluateEntities(model.Transform(ml.Data.LoadFromConllFile(path))).F1;
}
