using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.ML;
using MLNetNlp.Cli.Data;
using MLNetNlp.Cli.Models;
using MLNetNlp.Cli.Output;

namespace MLNetNlp.Cli.Commands;

/// <summary><c>mlnetnlp train classification</c>.</summary>
internal sealed class TrainClassificationCommand(Option<bool> verbose)
{
    private readonly Option<string[]> _train = new("--train")
    {
        Description = "Labelled rows to learn from; several files are read one after the other.",
        HelpName = "FILE",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _validation = new("--validation") { Description = "Labelled rows to validate on.", HelpName = "FILE" };

    private readonly Option<double?> _validationFraction =
        NumberOptions.RealOrNone("--validation-fraction", "Hold this share of the training rows back to validate on.", x => x is > 0 and < 1, "a number between 0 and 1");

    private readonly Option<string> _text = new("--text") { Description = "The text column.", HelpName = "COL", Required = true };
    private readonly Option<string?> _text2 = new("--text2") { Description = "The second text column, to classify pairs.", HelpName = "COL" };
    private readonly Option<string> _label = new("--label") { Description = "The label column. Rows without a label are skipped.", HelpName = "COL", Required = true };

    private readonly Option<bool> _binary = new("--binary")
    {
        Description = "Labels are true or false (1 or 0, yes or no), and the model has one probability.",
    };

    private readonly Option<string> _model = new("--model")
    {
        Description = "The pretrained encoder: the embedded one, a folder, or a hub id.",
        HelpName = "mini|DIR|org/name",
        DefaultValueFactory = _ => "mini",
    };

    private readonly Option<int> _maxLength = NumberOptions.Whole("--max-length", "Most tokens of a text or pair; longer ones are cut.", 5, new TokenizationOptions().MaxLength);
    private readonly Option<string> _classWeights = ChoiceOptions.OneOf("--class-weights", "balanced: errors on rare classes count for more.", "none", "balanced");
    private readonly TrainingOptionSet _training = new();
    private readonly Option<string> _output = new("--output") { Description = "Where the trained model goes.", HelpName = "FILE.zip", Required = true };
    private readonly Option<string?> _metrics = new("--metrics") { Description = "Write every figure to this JSON file.", HelpName = "FILE.json" };

    public static Command Create(Option<bool> verbose)
    {
        var self = new TrainClassificationCommand(verbose);
        var command = new Command("classification", "Fine-tune an encoder to classify one text, or a pair of texts.")
        {
            self._train, self._validation, self._validationFraction, self._text, self._text2, self._label, self._binary, self._model, self._maxLength, self._classWeights,
        };
        self._training.AddTo(command);
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
        var options = _training.Read(parsed, new ProgressFan(history, display), cancellation);
        var (adapter, storage) = (_training.Adapter(parsed), _training.AdapterStorage(parsed));
        CheckOptions(parsed);

        var modelName = parsed.GetValue(_model)!;
        var model = ModelChoice.Parse(modelName);
        using var modelFile = new OutputFile(parsed.GetValue(_output)!, "--output");
        using var metricsFile = parsed.GetValue(_metrics) is { } path ? new OutputFile(path, "--metrics") : null;
        var data = ReadData(parsed);
        output.WriteLine($"training    {data.TrainSummary}");
        if (data.ValidationSummary is not null)
            output.WriteLine($"validation  {data.ValidationSummary}");

        var ml = MlContexts.Create(_training.Seed(parsed), output, parsed.GetValue(verbose));
        var training = new ClassificationTraining(ml, data, model, options)
        {
            MaxLength = parsed.GetValue(_maxLength),
            Freezing = _training.Freezing(parsed),
            Adapter = adapter,
            AdapterStorage = storage,
            BalanceClasses = parsed.GetValue(_classWeights) == "balanced",
        };
        ITransformer? fitted = null;
        display.Run(() => fitted = training.Fit());
        using var disposable = fitted as IDisposable;
        cancellation.ThrowIfCancellationRequested();
        modelFile.Write(stream => ml.Model.Save(fitted, data.Train.Schema, stream));
        var seconds = clock.Elapsed.TotalSeconds;

        var evaluation = data.Validation is null
            ? null
            : ClassificationEvaluation.Of(ml, data.Validation, data.LabelColumn, fitted!.Transform, modelFile.Path, cancellation);
        output.WriteLine(FormattableString.Invariant($"saved {modelFile.Path} ({new FileInfo(modelFile.Path).Length / 1e6:0.0} MB) after {seconds:0.0} s"));
        if (evaluation is not null)
        {
            output.WriteLine("");
            output.WriteLine("validation");
            foreach (var line in evaluation.Report)
                output.WriteLine(line);
        }

        if (metricsFile is not null)
            MetricsJson.Write(metricsFile, Describe(data, modelName, seconds, history, evaluation));
        return CommandLine.Done;
    }

    private void CheckOptions(ParseResult parsed)
    {
        var validates = parsed.GetValue(_validation) is not null || parsed.GetValue(_validationFraction) is not null;
        if (parsed.GetValue(_validation) is not null && parsed.GetValue(_validationFraction) is not null)
            throw new UsageException("--validation and --validation-fraction exclude each other.");
        if (_training.StopsEarly(parsed) && !validates)
            throw new UsageException("--early-stopping needs --validation FILE or --validation-fraction X.");
        var columns = new[] { parsed.GetValue(_text), parsed.GetValue(_text2), parsed.GetValue(_label) }.OfType<string>().ToList();
        if (columns.Distinct().Count() != columns.Count)
            throw new UsageException("--text, --text2 and --label must name different columns.");
    }

    private ClassificationData ReadData(ParseResult parsed) => ClassificationData.Read(
        parsed.GetValue(_train)!,
        parsed.GetValue(_validation),
        parsed.GetValue(_validationFraction) is { } fraction ? new SampleSplit(fraction, _training.Seed(parsed) ?? 0) : null,
        new ColumnHeaders(parsed.GetValue(_text), parsed.GetValue(_text2), parsed.GetValue(_label)),
        parsed.GetValue(_binary));

    private static JsonObject Describe(
        ClassificationData data, string model, double seconds, TrainingHistory history, ClassificationEvaluation? evaluation)
    {
        var json = new JsonObject
        {
            ["task"] = "classification",
            ["model"] = model,
            ["rows"] = data.TrainSummary.Rows,
            ["skippedRows"] = data.TrainSummary.Skipped,
            ["classes"] = new JsonArray([.. data.TrainSummary.Classes.Keys.Select(name => (JsonNode?)name)]),
            ["seconds"] = Math.Round(seconds, 3),
            ["trainableParameters"] = history.TrainableParameters,
            ["steps"] = history.Epochs.Sum(epoch => epoch.Steps),
            ["history"] = history.ToJson(),
        };
        if (evaluation is not null)
            json["validation"] = evaluation.Json;
        return json;
    }
}
