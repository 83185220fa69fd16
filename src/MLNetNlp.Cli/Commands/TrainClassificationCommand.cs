using System.CommandLine;
using System.Text.Json.Nodes;
using MLNetNlp.Cli.Models;

namespace MLNetNlp.Cli.Commands;

/// <summary><c>mlnetnlp train classification</c>.</summary>
internal sealed class TrainClassificationCommand(Option<bool> verbose)
{
    private readonly TrainingFileOptions _files = new("Labelled rows to learn from", "Labelled rows to validate on.");
    private readonly Option<string> _text = new("--text") { Description = "The text column.", HelpName = "COL", Required = true };
    private readonly Option<string?> _text2 = new("--text2") { Description = "The second text column, to classify pairs.", HelpName = "COL" };
    private readonly Option<string> _label = new("--label") { Description = "The label column. Rows without a label are skipped.", HelpName = "COL", Required = true };

    private readonly Option<bool> _binary = new("--binary")
    {
        Description = "Labels are true or false (1 or 0, yes or no), and the model has one probability.",
    };

    private readonly Option<string> _model = ModelOptions.Pretrained();

    private readonly Option<int> _maxLength = NumberOptions.Whole("--max-length", "Most tokens of a text or pair; longer ones are cut.", 5, new TokenizationOptions().MaxLength);
    private readonly Option<string> _classWeights = ChoiceOptions.OneOf("--class-weights", "balanced: errors on rare classes count for more.", "none", "balanced");
    private readonly TrainingOptionSet _training = new();

    public static Command Create(Option<bool> verbose)
    {
        var self = new TrainClassificationCommand(verbose);
        var command = new Command("classification", "Fine-tune an encoder to classify one text, or a pair of texts.");
        self._files.AddInputsTo(command);
        foreach (var option in (Option[])[self._text, self._text2, self._label, self._binary, self._model, self._maxLength, self._classWeights])
            command.Options.Add(option);
        self._training.AddTo(command);
        self._files.AddOutputsTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => self.Run(parsed, cancellation), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        using var run = new TrainingRun(parsed.InvocationConfiguration.Output, cancellation);
        var options = _training.Read(parsed, run.Progress, cancellation);
        var (adapter, storage) = (_training.Adapter(parsed), _training.AdapterStorage(parsed));
        CheckOptions(parsed);

        var modelName = parsed.GetValue(_model)!;
        var model = ModelChoice.Parse(modelName);
        run.Open(_files, parsed);
        var data = ReadData(parsed);
        run.Output.WriteLine($"training    {data.TrainSummary}");
        if (data.ValidationSummary is not null)
            run.Output.WriteLine($"validation  {data.ValidationSummary}");

        var ml = MlContexts.Create(_training.Seed(parsed), run.Output, parsed.GetValue(verbose));
        var training = new ClassificationTraining(ml, data, model, options)
        {
            MaxLength = parsed.GetValue(_maxLength),
            Freezing = _training.Freezing(parsed),
            Adapter = adapter,
            AdapterStorage = storage,
            BalanceClasses = parsed.GetValue(_classWeights) == "balanced",
        };
        var fitted = run.Fit(training.Fit);
        using var disposable = fitted as IDisposable;
        run.Save(ml, fitted, data.Train.Schema);
        var evaluation = data.Validation is null
            ? null
            : ClassificationEvaluation.Of(ml, data.Validation, data.LabelColumn, fitted.Transform, run.ModelPath, cancellation);
        run.WriteSaved();
        var facts = new JsonObject
        {
            ["task"] = "classification",
            ["model"] = modelName,
            ["rows"] = data.TrainSummary.Rows,
            ["skippedRows"] = data.TrainSummary.Skipped,
            ["classes"] = new JsonArray([.. data.TrainSummary.Classes.Keys.Select(name => (JsonNode?)name)]),
        };
        run.Finish(facts, evaluation?.Report, evaluation?.Json);
        return CommandLine.Done;
    }

    private void CheckOptions(ParseResult parsed)
    {
        _files.CheckValidation(parsed, _training.StopsEarly(parsed));
        var columns = new[] { parsed.GetValue(_text), parsed.GetValue(_text2), parsed.GetValue(_label) }.OfType<string>().ToList();
        if (columns.Distinct().Count() != columns.Count)
            throw new UsageException("--text, --text2 and --label must name different columns.");
    }

    private ClassificationData ReadData(ParseResult parsed) => ClassificationData.Read(
        _files.Train(parsed),
        _files.Validation(parsed),
        _files.Split(parsed, _training.Seed(parsed)),
        new ColumnHeaders(parsed.GetValue(_text), parsed.GetValue(_text2), parsed.GetValue(_label)),
        parsed.GetValue(_binary));
}
