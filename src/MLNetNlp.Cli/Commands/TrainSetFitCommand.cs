using System.CommandLine;
using System.Text.Json.Nodes;
using Microsoft.ML;
using MLNetNlp.Cli.Models;

namespace MLNetNlp.Cli.Commands;

/// <summary><c>mlnetnlp train setfit</c>.</summary>
internal sealed class TrainSetFitCommand(Option<bool> verbose)
{
    private static readonly string[] Strategies = ["one-vs-rest", "multi-output", "classifier-chain"];

    private readonly TrainingFileOptions _files =
        new("Labelled rows to learn from", "Labelled rows to measure the model on when it is trained.", heldBack: null);

    private readonly Option<string> _text = new("--text") { Description = "The text column.", HelpName = "COL", Required = true };
    private readonly Option<string> _label = new("--label") { Description = "The label column. Rows without a label are skipped.", HelpName = "COL", Required = true };
    private readonly Option<int?> _shots = NumberOptions.WholeOrNone("--shots", "Learn from so many rows of each class, drawn by the seed. [default: all]", 1);

    private readonly Option<bool> _binary = new("--binary")
    {
        Description = "Labels are true or false (1 or 0, yes or no), and the model has one probability.",
    };

    private readonly Option<string?> _multiLabel = new("--multi-label")
    {
        Description = "Texts have any number of labels, which this separates in the label column; alone it stands for none.",
        HelpName = "SEPARATOR",
    };

    private readonly Option<string> _strategy =
        ChoiceOptions.OneOf("--strategy", $"How a logistic head learns several labels: {string.Join(", ", Strategies)}.", Strategies);

    private readonly SetFitOptionSet _setFit = new();

    public static Command Create(Option<bool> verbose)
    {
        var self = new TrainSetFitCommand(verbose);
        var command = new Command("setfit", "Learn to classify texts from a few examples of each class.");
        self._files.AddInputsTo(command);
        foreach (var option in (Option[])[self._text, self._label, self._shots, self._binary, self._multiLabel, self._strategy])
            command.Options.Add(option);
        self._setFit.AddTo(command);
        self._files.AddOutputsTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => self.Run(parsed, cancellation), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        using var run = new TrainingRun(parsed.InvocationConfiguration.Output, cancellation);
        if (_setFit.Training.StopsEarly(parsed))
            throw new UsageException("--early-stopping is not for SetFit: its few steps are not validated on the way.");
        var choice = _setFit.Read(parsed, run.Progress, cancellation) with { Strategy = ChoiceOptions.ValueOf<MultiLabelStrategy>(parsed.GetValue(_strategy)!) };
        var (text, label, binary) = (parsed.GetValue(_text)!, parsed.GetValue(_label)!, parsed.GetValue(_binary));
        if (text == label)
            throw new UsageException("--text and --label must name different columns.");
        if (parsed.GetValue(_multiLabel) is { } separator)
            return RunMultiLabel(parsed, run, choice, separator, cancellation);
        if (choice.Strategy != MultiLabelStrategy.OneVsRest)
            throw new UsageException("--strategy needs --multi-label.");
        run.Open(_files, parsed);
        var data = ClassificationData.Read(_files.Train(parsed), _files.Validation(parsed), null, new ColumnHeaders(text, null, label), binary);
        run.Output.WriteLine($"training    {data.TrainSummary}");
        if (data.ValidationSummary is not null)
            run.Output.WriteLine($"validation  {data.ValidationSummary}");

        var seed = _setFit.Training.Seed(parsed);
        var ml = MlContexts.Create(seed, run.Output, parsed.GetValue(verbose));
        var shots = parsed.GetValue(_shots);
        IDataView train = shots is { } perClass ? ml.Data.SampleFewShot(data.Train, label, perClass, seed ?? 0) : data.Train;
        if (shots is not null)
            run.Output.WriteLine($"learning    {train.GetRowCount()} rows, up to {shots} of each class");
        var fitted = run.Fit(() => SetFitTraining.Pipeline(ml, choice, text, label, binary).Fit(train));
        using var disposable = fitted as IDisposable;
        run.Save(ml, fitted, data.Train.Schema);
        var evaluation = data.Validation is null ? null : ClassificationEvaluation.Of(ml, data.Validation, label, fitted.Transform, run.ModelPath, cancellation);
        run.WriteSaved();
        var facts = new JsonObject
        {
            ["task"] = "setfit",
            ["model"] = _setFit.ModelName(parsed),
            ["rows"] = train.GetRowCount() ?? data.TrainSummary.Rows,
            ["skippedRows"] = data.TrainSummary.Skipped,
            ["classes"] = new JsonArray([.. data.TrainSummary.Classes.Keys.Select(name => (JsonNode?)name)]),
        };
        run.Finish(facts, evaluation?.Report, evaluation?.Json);
        return CommandLine.Done;
    }

    private int RunMultiLabel(ParseResult parsed, TrainingRun run, SetFitChoice choice, string separator, CancellationToken cancellation)
    {
        if (separator.Length == 0)
            throw new UsageException("--multi-label is empty; what separates labels is needed, a comma for example.");
        if (parsed.GetValue(_binary) || parsed.GetValue(_shots) is not null || choice.BalanceClasses)
            throw new UsageException("--multi-label does not go with --binary, --shots and --class-weights balanced.");
        if (choice.Strategy != MultiLabelStrategy.OneVsRest && choice.Head != "logistic")
            throw new UsageException("--strategy needs --head logistic.");
        run.Open(_files, parsed);
        var (text, label) = (parsed.GetValue(_text)!, parsed.GetValue(_label)!);
        var ml = MlContexts.Create(_setFit.Training.Seed(parsed), run.Output, parsed.GetValue(verbose));
        var data = MultiLabelData.Read(ml, _files.Train(parsed), _files.Validation(parsed), text, label, separator);
        run.Output.WriteLine($"training    {data.TrainSummary}");
        using var fitted = run.Fit(() => ml.MulticlassClassification.Trainers.MultiLabelSetFit(choice.Configure(new MultiLabelSetFitTrainer.Options(), text, label)).Fit(data.Train));
        run.Save(ml, fitted, data.Input);
        var evaluation = data.Validation is null ? null : MultiLabelEvaluation.Of(data.Validation, fitted.Transform, separator, run.ModelPath, cancellation);
        run.WriteSaved();
        var facts = new JsonObject
        {
            ["task"] = "setfit",
            ["model"] = _setFit.ModelName(parsed),
            ["rows"] = data.TrainSummary.Rows,
            ["skippedRows"] = data.TrainSummary.Skipped,
            ["labels"] = new JsonArray([.. data.TrainSummary.Classes.Keys.Select(name => (JsonNode?)name)]),
        };
        run.Finish(facts, evaluation?.Report, evaluation?.Json);
        return CommandLine.Done;
    }
}
