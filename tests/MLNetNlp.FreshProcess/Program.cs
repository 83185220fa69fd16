// MLNetNlp.FreshProcess ZIP TEXT...: loads a multiclass model zip and prints one JSON line: whether MLNetNlp was loaded before, and each text's prediction.
using System.Diagnostics;
using System.Text.Json;
using Microsoft.ML;

var loadedBefore = AppDomain.CurrentDomain.GetAssemblies().Any(a => a.GetName().Name == "MLNetNlp");
var ml = new MLContext();
var clock = Stopwatch.StartNew();
var model = ml.Model.Load(args[0], out _);
var engine = ml.Model.CreatePredictionEngine<Input, Output>(model);
var predictions = args.Skip(1).Select(text => engine.Predict(new Input { Text = text })).Select(p => new { Label = p.PredictedLabel, p.Score }).ToArray();
clock.Stop();
Console.WriteLine(JsonSerializer.Serialize(new
{
    LoadedBefore = loadedBefore,
    Seconds = clock.Elapsed.TotalSeconds,
    SinceProcessStart = (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalSeconds,
    ProcessorSeconds = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds,
    PeakMegabytes = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6,
    Predictions = predictions,
}));

internal sealed class Input
{
    public string Label { get; set; } = "";

    public string Text { get; set; } = "";
}

internal sealed class Output
{
    public string PredictedLabel { get; set; } = "";

    public float[] Score { get; set; } = [];
}
