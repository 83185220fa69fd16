using System.CommandLine;
using System.Text.Json.Nodes;
using MLNetNlp.Cli.Models;
using MLNetNlp.Cli.Output;

namespace MLNetNlp.Cli.Commands;

/// <summary><c>mlnetnlp benchmark setfit</c>.</summary>
internal sealed class BenchmarkSetFitCommand(Option<bool> verbose)
{
    private readonly Option<string[]> _train = new("--train")
    {
        Description = "Labelled rows to draw from; several files are read one after the other.",
        HelpName = "FILE",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> _test = new("--test") { Description = "Labelled rows to measure on.", HelpName = "FILE", Required = true };
    private readonly Option<string> _text = new("--text") { Description = "The text column.", HelpName = "COL", Required = true };
    private readonly Option<string> _label = new("--label") { Description = "The label column. Rows without a label are skipped.", HelpName = "COL", Required = true };
    private readonly Option<int> _shots = NumberOptions.Whole("--shots", "Rows of each class in a sample.", 1, 8);
    private readonly Option<int> _seeds = NumberOptions.Whole("--seeds", "Number of samples.", 1, 5);
    private readonly SetFitOptionSet _setFit = new();
    private readonly Option<string?> _metrics = new("--metrics") { Description = "Write every figure to this JSON file.", HelpName = "FILE.json" };

    public static Command Create(Option<bool> verbose)
    {
        var self = new BenchmarkSetFitCommand(verbose);
        var command = new Command("setfit", "Learn from a few examples of each class, several times with others, and measure every model: mean and deviation.")
        {
            self._train, self._test, self._text, self._label, self._shots, self._seeds,
        };
        self._setFit.AddTo(command);
        command.Options.Add(self._metrics);
        command.SetAction((parsed, cancellation) => Task.Run(() => self.Run(parsed, cancellation), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var output = parsed.InvocationConfiguration.Output;
        var choice = _setFit.Read(parsed, new ProgressFan(), cancellation);
        var (text, label) = (parsed.GetValue(_text)!, parsed.GetValue(_label)!);
        if (text == label)
            throw new UsageException("--text and --label must name different columns.");
        using var metricsFile = parsed.GetValue(_metrics) is { } path ? new OutputFile(path, "--metrics") : null;
        var data = ClassificationData.Read(parsed.GetValue(_train)!, parsed.GetValue(_test), null, new ColumnHeaders(text, null, label), false);
        output.WriteLine($"drawn from  {data.TrainSummary}");
        output.WriteLine($"test        {data.ValidationSummary}");
        var ml = MlContexts.Create(_setFit.Training.Seed(parsed), output, parsed.GetValue(verbose));
        var (shots, seeds, first) = (parsed.GetValue(_shots), parsed.GetValue(_seeds), _setFit.Training.Seed(parsed) ?? 0);
        var pipeline = SetFitTraining.Pipeline(ml, choice, text, label, binary: false);
        List<FewShotRun> runs = [];
        output.WriteLine("");
        output.WriteLine("seed   micro   macro  log-loss  seconds");
        for (var seed = first; seed < first + seeds; seed++)
        {
            cancellation.ThrowIfCancellationRequested();
            var run = ml.MulticlassClassification.EvaluateFewShot(data.Train, data.Validation!, pipeline, shots, 1, seed, label).Runs[0];
            runs.Add(run);
            output.WriteLine(FormattableString.Invariant(
                $"{seed,4}  {run.Metrics.MicroAccuracy:f4}  {run.Metrics.MacroAccuracy:f4}  {run.Metrics.LogLoss,8:f4}  {run.TrainingTime.TotalSeconds,7:f1}"));
        }

        var all = new FewShotEvaluation(shots, runs);
        output.WriteLine(FormattableString.Invariant(
            $"mean  {all.MicroAccuracy.Mean:f4}  {all.MacroAccuracy.Mean:f4}  {all.LogLoss.Mean,8:f4}  {all.TrainingSeconds.Mean,7:f1}"));
        output.WriteLine(FormattableString.Invariant(
            $"  sd  {all.MicroAccuracy.StandardDeviation:f4}  {all.MacroAccuracy.StandardDeviation:f4}  {all.LogLoss.StandardDeviation,8:f4}  {all.TrainingSeconds.StandardDeviation,7:f1}"));
        if (metricsFile is not null)
            MetricsJson.Write(metricsFile, Describe(parsed, all));
        return CommandLine.Done;
    }

    private JsonObject Describe(ParseResult parsed, FewShotEvaluation all) => new()
    {
        ["task"] = "setfit",
        ["model"] = _setFit.ModelName(parsed),
        ["shots"] = all.PerClass,
        ["microAccuracy"] = Figure(all.MicroAccuracy),
        ["macroAccuracy"] = Figure(all.MacroAccuracy),
        ["logLoss"] = Figure(all.LogLoss),
        ["trainingSeconds"] = Figure(all.TrainingSeconds),
        ["runs"] = new JsonArray([.. all.Runs.Select(run => (JsonNode?)new JsonObject
        {
            ["seed"] = run.Seed,
            ["seconds"] = Math.Round(run.TrainingTime.TotalSeconds, 3),
            ["metrics"] = MetricsJson.Of(run.Metrics),
        })]),
    };

    private static JsonObject Figure(FewShotFigure figure) => new()
    {
        ["mean"] = MetricsJson.Number(figure.Mean),
        ["standardDeviation"] = MetricsJson.Number(figure.StandardDeviation),
    };
}
