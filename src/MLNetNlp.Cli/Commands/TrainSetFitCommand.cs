using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.ML;
using MLNetNlp.Cli.Models;
using MLNetNlp.Cli.Output;

namespace MLNetNlp.Cli.Commands;

/// <summary><c>mlnetnlp train setfit</c>.</summary>
internal sealed class TrainSetFitCommand(Option<bool> verbose)
{
    private readonly Option<string[]> _train = new("--train")
    {
        Description = "Labelled rows to learn from; several files are read one after the other.",
        HelpName = "FILE",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _validation = new("--validation") { Description = "Labelled rows to measure the model on when it is trained.", HelpName = "FILE" };
    private readonly Option<string> _text = new("--text") { Description = "The text column.", HelpName = "COL", Required = true };
    private readonly Option<string> _label = new("--label") { Description = "The label column. Rows without a label are skipped.", HelpName = "COL", Required = true };
    private readonly Option<int?> _shots = NumberOptions.WholeOrNone("--shots", "Learn from so many rows of each class, drawn by the seed. [default: all]", 1);

    private readonly Option<bool> _binary = new("--binary")
    {
        Description = "Labels are true or false (1 or 0, yes or no), and the model has one probability.",
    };

    private readonly SetFitOptionSet _setFit = new();
    private readonly Option<string> _output = new("--output") { Description = "Where the trained model goes.", HelpName = "FILE.zip", Required = true };
    private readonly Option<string?> _metrics = new("--metrics") { Description = "Write every figure to this JSON file.", HelpName = "FILE.json" };

    public static Command Create(Option<bool> verbose)
    {
        var self = new TrainSetFitCommand(verbose);
        var command = new Command("setfit", "Learn to classify texts from a few examples of each class.")
        {
            self._train, self._validation, self._text, self._label, self._shots, self._binary,
        };
        self._setFit.AddTo(command);
        command.Options.Add(self._output);
        command.Options.Add(self._metrics);
        command.SetAction((parsed, cancellation) => Task.Run(() => self.Run(parsed, cancellation), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var output = parsed.InvocationConfiguration.Output;
        var clock = Stopwatch.StartNew();
        var display = ProgressDisplay.For(output);
        var history = new TrainingHistory();
        if (_setFit.Training.StopsEarly(parsed))
            throw new UsageException("--early-stopping is not for SetFit: its few steps are not validated on the way.");
        var choice = _setFit.Read(parsed, new ProgressFan(history, display), cancellation);
        var (text, label, binary) = (parsed.GetValue(_text)!, parsed.GetValue(_label)!, parsed.GetValue(_binary));
        if (text == label)
            throw new UsageException("--text and --label must name different columns.");
        using var modelFile = new OutputFile(parsed.GetValue(_output)!, "--output");
        using var metricsFile = parsed.GetValue(_metrics) is { } path ? new OutputFile(path, "--metrics") : null;
        var data = ClassificationData.Read(parsed.GetValue(_train)!, parsed.GetValue(_validation), null, new ColumnHeaders(text, null, label), binary);
        output.WriteLine($"training    {data.TrainSummary}");
        if (data.ValidationSummary is not null)
            output.WriteLine($"validation  {data.ValidationSummary}");

        var seed = _setFit.Training.Seed(parsed);
        var ml = MlContexts.Create(seed, output, parsed.GetValue(verbose));
        var shots = parsed.GetValue(_shots);
        IDataView train = shots is { } perClass ? ml.Data.SampleFewShot(data.Train, label, perClass, seed ?? 0) : data.Train;
        if (shots is not null)
            output.WriteLine($"learning    {train.GetRowCount()} rows, up to {shots} of each class");
        ITransformer? fitted = null;
        display.Run(() => fitted = SetFitTraining.Pipeline(ml, choice, text, label, binary).Fit(train));
        using var disposable = fitted as IDisposable;
        cancellation.ThrowIfCancellationRequested();
        modelFile.Write(stream => ml.Model.Save(fitted, data.Train.Schema, stream));
        var seconds = clock.Elapsed.TotalSeconds;
        var evaluation = data.Validation is null ? null : ClassificationEvaluation.Of(ml, data.Validation, label, fitted!.Transform, modelFile.Path, cancellation);
        output.WriteLine(FormattableString.Invariant($"saved {modelFile.Path} ({new FileInfo(modelFile.Path).Length / 1e6:0.0} MB) after {seconds:0.0} s"));
        foreach (var line in evaluation is null ? [] : (string[])["", "validation", .. evaluation.Report])
            output.WriteLine(line);
        if (metricsFile is null)
            return CommandLine.Done;
        var json = new JsonObject
        {
            ["task"] = "setfit",
            ["model"] = _setFit.ModelName(parsed),
            ["rows"] = train.GetRowCount() ?? data.TrainSummary.Rows,
            ["skippedRows"] = data.TrainSummary.Skipped,
            ["classes"] = new JsonArray([.. data.TrainSummary.Classes.Keys.Select(name => (JsonNode?)name)]),
            ["seconds"] = Math.Round(seconds, 3),
            ["trainableParameters"] = history.TrainableParameters,
            ["steps"] = history.Epochs.Sum(epoch => epoch.Steps),
            ["history"] = history.ToJson(),
        };
        if (evaluation is not null)
            json["validation"] = evaluation.Json;
        MetricsJson.Write(metricsFile, json);
        return CommandLine.Done;
    }
}
