using Microsoft.ML;
using Microsoft.ML.Data;

namespace SentimentSample;

/// <summary>Tells whether a review is positive or negative.</summary>
public partial class Sentiment
{
    private static readonly Lazy<PredictionEngine<ModelInput, ModelOutput>> LazyEngine = new(CreatePredictEngine, isThreadSafe: true);

    /// <summary>A review.</summary>
    public class ModelInput
    {
        /// <summary><c>positive</c> or <c>negative</c>; not needed for a prediction.</summary>
        [LoadColumn(0)]
        public string Label { get; set; } = "";

        /// <summary>What the review is about; the model does not look at it.</summary>
        [LoadColumn(1)]
        public string Domain { get; set; } = "";

        /// <summary>The review itself.</summary>
        [LoadColumn(2)]
        public string Text { get; set; } = "";
    }

    /// <summary>What the model says of a review.</summary>
    public class ModelOutput
    {
        /// <summary><c>positive</c> or <c>negative</c>.</summary>
        public string PredictedLabel { get; set; } = "";

        /// <summary>One probability a class.</summary>
        public float[] Score { get; set; } = [];
    }

    /// <summary>The zip that <see cref="Predict"/> loads, once.</summary>
    public static string ModelPath { get; set; } = "model.zip";

    /// <summary>Predicts one review. A prediction engine is for one thread; a web service would use a pool of them.</summary>
    public static ModelOutput Predict(ModelInput input) => LazyEngine.Value.Predict(input);

    // Nothing of MLNetNlp is registered or called here: the zip says which assembly it needs.
    private static PredictionEngine<ModelInput, ModelOutput> CreatePredictEngine()
    {
        var mlContext = new MLContext();
        ITransformer model = mlContext.Model.Load(ModelPath, out _);
        return mlContext.Model.CreatePredictionEngine<ModelInput, ModelOutput>(model);
    }
}
