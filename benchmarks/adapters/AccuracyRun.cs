using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace MLNetNlp.Benchmarks.Adapters;

/// <summary>Trains one kind on a public data set and measures it on the test set.</summary>
internal static class AccuracyRun
{
    public static void Run(string set, string folder, Kind kind, Settings settings)
    {
        var split = settings.Text("split", "test");
        var (train, test, isPair) = Read(set, settings.Text("data", "../shared/data"), split);
        var limit = settings.Whole("limit", int.MaxValue);
        var clock = new EpochClock();
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromEnumerable(Spread(train, limit));
        var trainer = ml.MulticlassClassification.Trainers.TextClassification(new TextClassificationTrainer.Options
        {
            Sentence1ColumnName = nameof(Example.Text),
            Sentence2ColumnName = isPair ? nameof(Example.Text2) : null,
            Model = folder == "mini" ? PretrainedModel.Mini : PretrainedModel.FromDirectory(folder),
            Adapter = kind.Adapter,
            Tokenization = new() { MaxLength = 128 },
            Training = new()
            {
                MaxEpochs = settings.Whole("epochs", 3),
                BatchSize = settings.Whole("batch", 32),
                LearningRate = settings.Real("rate", kind.LearningRate),
                WarmupRatio = 0.1,
                Seed = settings.Whole("seed", 1),
                Progress = clock,
            },
        });
        var model = ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Append(trainer).Fit(data);
        var peak = ProcessMemory.PeakMegabytes;
        var accuracy = ml.MulticlassClassification.Evaluate(model.Transform(ml.Data.LoadFromEnumerable(Spread(test, limit)))).MicroAccuracy;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{set} {Path.GetFileName(folder)} {kind.Name} seed {settings.Whole("seed", 1)} rate {settings.Real("rate", kind.LearningRate)}: "
            + $"{split} accuracy {accuracy:f4}, {clock.TrainableParameters} trainable, seconds per epoch {string.Join(" ", clock.Seconds.Select(s => s.ToString("f1", CultureInfo.InvariantCulture)))}, ")
            + FormattableString.Invariant($"peak memory {peak:f0} MiB"));
    }

    /// <summary>Rows from all over a set: Rotten Tomatoes is sorted by label.</summary>
    private static IEnumerable<Example> Spread(Example[] rows, int limit) => rows.Length <= limit ? rows : Enumerable.Range(0, limit).Select(i => rows[(int)((long)i * rows.Length / limit)]);

    private static (Example[] Train, Example[] Test, bool IsPair) Read(string set, string data, string split) => set switch
    {
        "mr" => (Example.ReadMr(Path.Combine(data, "mr/split/train.tsv")), Example.ReadMr(Path.Combine(data, $"mr/split/{split}.tsv")), false),
        "mrpc" => (Example.ReadMrpc(Path.Combine(data, "mrpc/msr_paraphrase_train.txt")), Example.ReadMrpc(Path.Combine(data, "mrpc/msr_paraphrase_test.txt")), true),
        _ => throw new ArgumentException($"There is no data set '{set}'; mr or mrpc is needed.", nameof(set)),
    };
}
