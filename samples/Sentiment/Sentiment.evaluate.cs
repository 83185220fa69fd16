using Microsoft.ML;
using Microsoft.ML.Data;

namespace SentimentSample;

public partial class Sentiment
{
    /// <summary>Measures a model on reviews that it has not seen, with ML.NET's evaluator.</summary>
    public static MulticlassClassificationMetrics Evaluate(MLContext mlContext, ITransformer model, string testPath) =>
        mlContext.MulticlassClassification.Evaluate(model.Transform(LoadIDataViewFromFile(mlContext, testPath)));
}
