using System.Diagnostics;
using Microsoft.ML;
using SentimentSample;

const string ModelPath = "model.zip";
if (args is ["predict", var savedModel, ..])
    Predict(savedModel, args[2..]);
else
    TrainAndEvaluate(args is ["--seed", var text] && int.TryParse(text, out var seed) ? seed : 1);
return 0;

static void TrainAndEvaluate(int seed)
{
    var data = Path.Combine(AppContext.BaseDirectory, "data");
    var clock = Stopwatch.StartNew();
    Console.WriteLine("Fine-tuning the embedded model on 960 reviews ...");
    var model = Sentiment.Train(ModelPath, Path.Combine(data, "reviews.train.tsv"), seed, new EpochReport());
    Console.WriteLine(FormattableString.Invariant($"  {clock.Elapsed.TotalSeconds:0} s. Saved {ModelPath} ({new FileInfo(ModelPath).Length / 1e6:0.0} MB)."));

    Console.WriteLine();
    Console.WriteLine("On 240 reviews that it has not seen:");
    var metrics = Sentiment.Evaluate(new MLContext(), model, Path.Combine(data, "reviews.test.tsv"));
    Console.WriteLine(FormattableString.Invariant($"  MicroAccuracy    {metrics.MicroAccuracy:0.0000}"));
    Console.WriteLine(FormattableString.Invariant($"  MacroAccuracy    {metrics.MacroAccuracy:0.0000}"));
    Console.WriteLine(FormattableString.Invariant($"  LogLoss          {metrics.LogLoss:0.0000}"));
    Console.WriteLine(FormattableString.Invariant($"  LogLossReduction {metrics.LogLossReduction:0.0000}"));
    Console.WriteLine(metrics.ConfusionMatrix.GetFormattedConfusionTable());

    Console.WriteLine($"A second process loads {ModelPath}:");
    var self = new ProcessStartInfo(Environment.ProcessPath!);
    if (Path.GetFileNameWithoutExtension(self.FileName) == "dotnet")
        self.ArgumentList.Add(typeof(Sentiment).Assembly.Location);
    self.ArgumentList.Add("predict");
    self.ArgumentList.Add(ModelPath);
    using var process = Process.Start(self)!;
    process.WaitForExit();
    if (process.ExitCode != 0)
        throw new InvalidOperationException($"The second process ended with exit code {process.ExitCode}.");
}

static void Predict(string modelPath, string[] texts)
{
    if (texts.Length == 0)
    {
        texts =
        [
            "The staff remembered my name on the second day. I felt at home.",
            "Two hours on hold, and then they hung up on me.",
            "I expected nothing and got a lovely evening out of it.",
            "Not bad at all, I would go again.",
            "Oh great, another update that deletes my playlists.",
            "The lamp arrived in three pieces. It is sold as one.",
        ];
    }

    Sentiment.ModelPath = modelPath;
    var clock = Stopwatch.StartNew();
    foreach (var text in texts)
    {
        var output = Sentiment.Predict(new Sentiment.ModelInput { Text = text });
        var first = clock.IsRunning ? FormattableString.Invariant($"   (loading and first prediction: {clock.Elapsed.TotalSeconds:0.00} s)") : "";
        clock.Stop();
        Console.WriteLine(FormattableString.Invariant($"  {output.PredictedLabel,-8} {output.Score.Max():0.00}  {text}{first}"));
    }
}
