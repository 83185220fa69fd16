using Microsoft.ML;

namespace MLNetNlp.Tests.SetFit;

/// <summary>What the tests of SetFit train: a tiny body on eight examples of each topic.</summary>
internal static class FewShots
{
    private static readonly Lazy<SetFitTransformer> LazyTopics = new(() => Fit(TopicOptions!));

    /// <summary>How the tiny body trains here: faster than setfit's own setting, for it begins with random weights.</summary>
    public static TrainingOptions Training { get; } = SetFitOptions.DefaultTraining with { LearningRate = 2e-3, MaxEpochs = 2, Seed = 3, Device = "cpu" };

    public static SetFitTrainer.Options TopicOptions { get; } = new()
    {
        Sentence1ColumnName = "Text",
        Model = TinyModel.Model,
        Training = Training,
        Tokenization = new() { MaxLength = 32 },
    };

    /// <summary>A model of three topics, trained once a test run.</summary>
    public static SetFitTransformer Topics => LazyTopics.Value;

    public static IDataView Keyed(IEnumerable<Review> rows)
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(rows.ToArray());
        return ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
    }

    public static SetFitTransformer Fit(SetFitTrainer.Options options, IEnumerable<Review>? rows = null) =>
        new MLContext(1).MulticlassClassification.Trainers.SetFit(options).Fit(Keyed(rows ?? Texts.Reviews(24)));

    public static double Accuracy(SetFitTransformer model) =>
        new MLContext().MulticlassClassification.Evaluate(model.Transform(Keyed(Texts.Reviews(90, seed: 9)))).MicroAccuracy;

    /// <summary>Runs something and gives what it warned of.</summary>
    public static List<string> Warnings(Action<MLContext> run)
    {
        var ml = new MLContext(1);
        List<string> warnings = [];
        ml.Log += (_, e) =>
        {
            if (e.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning)
                warnings.Add(e.RawMessage);
        };
        run(ml);
        return warnings;
    }
}
