using System.CommandLine;
using System.Text.Json.Nodes;
using MLNetNlp.Cli.Data;
using MLNetNlp.Cli.Models;
using MLNetNlp.Cli.Output;

namespace MLNetNlp.Cli.Commands;

/// <summary><c>mlnetnlp evaluate</c>.</summary>
internal sealed class EvaluateCommand(Option<bool> verbose)
{
    private readonly Option<string> _model = new("--model") { Description = "The zip of a trained model.", HelpName = "FILE.zip", Required = true };
    private readonly Option<string> _data = new("--data") { Description = "Labelled rows to measure the model on.", HelpName = "FILE", Required = true };
    private readonly Option<string?> _text = new("--text") { Description = "The file's text column. [default: as when trained]", HelpName = "COL" };
    private readonly Option<string?> _text2 = new("--text2") { Description = "The file's second text column. [default: as when trained]", HelpName = "COL" };
    private readonly Option<string?> _label = new("--label") { Description = "The file's label column. [default: as when trained]", HelpName = "COL" };
    private readonly Option<string?> _metrics = new("--metrics") { Description = "Write every figure to this JSON file.", HelpName = "FILE.json" };

    public static Command Create(Option<bool> verbose)
    {
        var self = new EvaluateCommand(verbose);
        var command = new Command("evaluate", "Measure a trained model on labelled rows.") { self._model, self._data, self._text, self._text2, self._label, self._metrics };
        command.SetAction((parsed, cancellation) => Task.Run(() => self.Run(parsed, cancellation), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var output = parsed.InvocationConfiguration.Output;
        using var metricsFile = parsed.GetValue(_metrics) is { } path ? new OutputFile(path, "--metrics") : null;
        var modelPath = parsed.GetValue(_model)!;
        var dataPath = parsed.GetValue(_data)!;
        var fileColumns = FileColumns.Of(dataPath);

        var ml = MlContexts.Create(null, output, parsed.GetValue(verbose));
        using var model = ClassificationModel.Open(ml, modelPath);
        var headers = new ColumnHeaders(parsed.GetValue(_text), parsed.GetValue(_text2), parsed.GetValue(_label));
        var view = new RecordView([RecordSource.File(dataPath)], model.ColumnsToEvaluate(fileColumns, headers));
        var evaluation = ClassificationEvaluation.Of(ml, view, model.LabelColumn, model.Transform, modelPath, cancellation);
        foreach (var line in evaluation.Report)
            output.WriteLine(line);
        if (metricsFile is not null)
        {
            var json = new JsonObject { ["task"] = "classification", ["model"] = modelPath, ["data"] = dataPath };
            foreach (var (name, value) in evaluation.Json)
                json[name] = value?.DeepClone();
            MetricsJson.Write(metricsFile, json);
        }

        return CommandLine.Done;
    }
}
