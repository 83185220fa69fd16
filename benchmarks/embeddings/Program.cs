// embeddings before DATA-FOLDER MODEL-FOLDER                  STS-B dev and test of a model as it is
// embeddings train DATA-FOLDER MODEL-FOLDER LOSS [OPTION=VALUE ...]   trains on sts-train.csv by CoSentLoss or CosineSimilarityLoss, then measures
// embeddings unlabelled DATA-FOLDER MODEL-FOLDER LOSS [OPTION=VALUE ...]   trains on sentences of sts-train.csv alone by SimCseLoss or
//                                                             DenoisingAutoEncoderLoss, from CLS pooling, and measures before and after
// Options: epochs (2; 1), batch (16), rate (2e-5; 3e-5), seed (1), clip (1), dropout (true), sampling (the loss's), sentences (2000), output (FILE.zip).
using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using MLNetNlp;
using MLNetNlp.Benchmarks.Embeddings;
using MLNetNlp.Transformers.Losses;

var ml = new MLContext(seed: 1);
var (folder, model) = (args[1], PretrainedModel.FromDirectory(args[2]));
if (args[0] == "before")
{
    var none = ml.Data.LoadFromEnumerable(StsPair.Read(Path.Combine(folder, "sts-dev.csv")).Take(1));
    Report(ml.Transforms.Text.EmbedSentences("Vector", "First", model).Fit(none));
    return;
}

var unlabelled = args[0] == "unlabelled";
var options = new SentenceEmbeddingTrainer.Options
{
    OutputColumnName = "Vector",
    Sentence1ColumnName = "First",
    Sentence2ColumnName = unlabelled ? null : "Second",
    LabelColumnName = unlabelled ? null : "Score",
    Model = model,
    Pooling = unlabelled ? PoolingMode.Cls : null,
    Loss = args[3] switch
    {
        nameof(CoSentLoss) => new CoSentLoss(),
        nameof(CosineSimilarityLoss) => new CosineSimilarityLoss(),
        nameof(SimCseLoss) => new SimCseLoss(),
        nameof(DenoisingAutoEncoderLoss) => new DenoisingAutoEncoderLoss(),
        var name => throw new ArgumentException($"There is no loss '{name}' here."),
    },
    BatchSampling = Setting("sampling", "") is { Length: > 0 } sampling ? Enum.Parse<BatchSampling>(sampling) : null,
    Training = new()
    {
        MaxEpochs = int.Parse(Setting("epochs", unlabelled ? "1" : "2"), CultureInfo.InvariantCulture),
        BatchSize = int.Parse(Setting("batch", "16"), CultureInfo.InvariantCulture),
        LearningRate = double.Parse(Setting("rate", unlabelled ? "3e-5" : "2e-5"), CultureInfo.InvariantCulture),
        Seed = int.Parse(Setting("seed", "1"), CultureInfo.InvariantCulture),
        MaxGradientNorm = double.Parse(Setting("clip", "1"), CultureInfo.InvariantCulture),
        Dropout = bool.Parse(Setting("dropout", "true")),
        Progress = new LossLines(),
    },
};
var clock = Stopwatch.StartNew();
ml.Log += (_, message) =>
{
    if (message.RawMessage.StartsWith("Epoch", StringComparison.Ordinal) || message.RawMessage.StartsWith("Trained", StringComparison.Ordinal))
        Console.WriteLine(message.RawMessage);
};
var rows = StsPair.Read(Path.Combine(folder, "sts-train.csv"));
if (unlabelled)
{
    var count = int.Parse(Setting("sentences", "2000"), CultureInfo.InvariantCulture);
    rows = [.. rows.Select(row => row.First).Distinct().Take(count).Select(text => new StsPair { First = text })];
    Report(ml.Transforms.Text.EmbedSentences("Vector", "First", model, PoolingMode.Cls).Fit(ml.Data.LoadFromEnumerable(rows)));
}

var data = ml.Data.LoadFromEnumerable(rows);
var trained = ml.Transforms.Text.TrainSentenceEmbeddings(options).Fit(data);
Console.WriteLine(FormattableString.Invariant($"{args[3]}: trained in {clock.Elapsed.TotalSeconds:f0} s"));
if (Setting("output", "") is { Length: > 0 } output)
    ml.Model.Save(trained, data.Schema, output);
Report(trained);

void Report(ITransformer embedder)
{
    foreach (var part in new[] { "dev", "test" })
    {
        var (spearman, pearson) = StsPair.Measure(ml, embedder, "First", "Vector", StsPair.Read(Path.Combine(folder, $"sts-{part}.csv")));
        Console.WriteLine(FormattableString.Invariant($"{part}: Spearman {spearman:f6}, Pearson {pearson:f6}"));
    }
}

string Setting(string name, string byDefault) =>
    args.Select(argument => argument.Split('=', 2)).LastOrDefault(parts => parts.Length == 2 && parts[0] == name)?[1] ?? byDefault;
