// setfit DATA-FOLDER sst2|emotion SHOTS SEEDS MODEL [WAY ...]   accuracy of few-shot learning, each seed's and their mean, with the seconds from call to model,
// by the clock and of processor time
// MODEL: a folder, or "mini". WAY: setfit, embeddings (vectors with logistic regression), finetuning (a classifier on the whole model); all by default.
using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Transforms;
using MLNetNlp;
using MLNetNlp.Benchmarks.SetFit;

var (set, shots, seeds) = (DataSet.Read(args[0], args[1]), int.Parse(args[2], CultureInfo.InvariantCulture), int.Parse(args[3], CultureInfo.InvariantCulture));
var model = args[4] == "mini" ? PretrainedModel.Mini : PretrainedModel.FromDirectory(args[4]);
foreach (var way in args.Length > 5 ? args[5..] : ["setfit", "embeddings", "finetuning"])
{
    List<double> accuracies = [];
    List<double> seconds = [];
    List<double> processor = [];
    for (var seed = 0; seed < seeds; seed++)
    {
        var ml = new MLContext(seed);
        var sample = ml.Data.LoadFromEnumerable(set.Sample(shots, seed));
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        ITransformer fitted = ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(Trainer(ml, way)).Fit(sample);
        seconds.Add(clock.Elapsed.TotalSeconds);
        processor.Add((Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
        var metrics = ml.MulticlassClassification.Evaluate(fitted.Transform(ml.Data.LoadFromEnumerable(set.Test)));
        accuracies.Add(metrics.MicroAccuracy);
        (fitted as IDisposable)?.Dispose();
        Console.Error.WriteLine(FormattableString.Invariant($"{args[1]} {shots} {args[4]} {way} seed {seed}: {accuracies[^1]:f4} in {seconds[^1]:f1} s, {processor[^1]:f1} s of processor"));
    }

    var mean = accuracies.Average();
    var deviation = Math.Sqrt(accuracies.Average(a => (a - mean) * (a - mean)));
    Console.WriteLine(FormattableString.Invariant(
        $"{args[1]} {shots} {args[4]} {way}: mean {mean:f4}, sd {deviation:f4}, seconds {seconds.Min():f1} to {seconds.Max():f1}, of processor {processor.Min():f1} to {processor.Max():f1} ({string.Join(", ", accuracies.Select(a => a.ToString("f4", CultureInfo.InvariantCulture)))})"));
}

IEstimator<ITransformer> Trainer(MLContext ml, string way) => way switch
{
    "finetuning" => ml.MulticlassClassification.Trainers.TextClassification(new TextClassificationTrainer.Options
    {
        Sentence1ColumnName = "Text",
        Model = model,
        Training = new() { MaxEpochs = 20, BatchSize = 8, LearningRate = 5e-5 },
    }),
    "embeddings" => ml.MulticlassClassification.Trainers.SetFit(new SetFitTrainer.Options { Sentence1ColumnName = "Text", Model = model, TrainBody = false }),
    _ => ml.MulticlassClassification.Trainers.SetFit(new SetFitTrainer.Options { Sentence1ColumnName = "Text", Model = model }),
};
