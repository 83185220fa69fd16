using Microsoft.ML;

namespace MLNetNlp.Tests;

/// <summary>Models that many tests look at, each trained once a test run.</summary>
internal static class Trained
{
    private static readonly Lazy<ITransformer> LazyTopics = new(() => TopicPipeline(new MLContext(1)).Fit(Data(Texts.Reviews(240))));
    private static readonly Lazy<BinaryTextClassificationTransformer> LazyOpinions = new(() => OpinionTrainer(new MLContext(1)).Fit(Data(Texts.Opinions(160))));

    /// <summary>MapValueToKey, text classification, MapKeyToValue.</summary>
    public static ITransformer Topics => LazyTopics.Value;

    public static TextClassificationTransformer TopicClassifier => ((IEnumerable<ITransformer>)Topics).OfType<TextClassificationTransformer>().Single();

    public static BinaryTextClassificationTransformer Opinions => LazyOpinions.Value;

    /// <summary>How tiny models are trained here.</summary>
    public static TrainingOptions Training { get; } = new() { MaxEpochs = 8, BatchSize = 16, LearningRate = 3e-3, Seed = 3, Device = "cpu" };

    public static TextClassificationTrainer.Options TopicOptions { get; } = new()
    {
        Sentence1ColumnName = "Text",
        Model = TinyModel.Model,
        Training = Training,
        Tokenization = new() { MaxLength = 32 },
    };

    public static BinaryTextClassificationTrainer.Options OpinionOptions { get; } = new()
    {
        Sentence1ColumnName = "Text",
        Model = TinyModel.Model,
        Training = Training,
        Tokenization = new() { MaxLength = 32 },
    };

    public static IDataView Data<T>(IEnumerable<T> rows)
        where T : class => new MLContext().Data.LoadFromEnumerable(rows);

    public static IEstimator<ITransformer> TopicPipeline(MLContext ml, TextClassificationTrainer.Options? options = null) =>
        ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.TextClassification(options ?? TopicOptions))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

    public static BinaryTextClassificationTrainer OpinionTrainer(MLContext ml, BinaryTextClassificationTrainer.Options? options = null) =>
        ml.BinaryClassification.Trainers.TextClassification(options ?? OpinionOptions);
}
