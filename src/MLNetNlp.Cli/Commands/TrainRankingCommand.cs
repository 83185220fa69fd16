using System.CommandLine;
using System.Text.Json.Nodes;
using MLNetNlp.Cli.Models;

namespace MLNetNlp.Cli.Commands;

/// <summary><c>mlnetnlp train ranking</c>.</summary>
internal sealed class TrainRankingCommand(Option<bool> verbose)
{
    private static readonly CrossEncoderTrainer.Options Defaults = new();

    private readonly TrainingFileOptions _files = new("Pairs of query and document with a grade to learn from", "Pairs with a grade to validate on.", "groups");
    private readonly Option<string> _text = new("--text") { Description = "The column of the query.", HelpName = "COL", Required = true };
    private readonly Option<string> _text2 = new("--text2") { Description = "The column of the document.", HelpName = "COL", Required = true };

    private readonly Option<string> _label = new("--label")
    {
        Description = "The column that says how relevant the document is, a number: higher is better. Rows without are skipped.",
        HelpName = "COL",
        Required = true,
    };

    private readonly Option<string?> _group = new("--group") { Description = "Rows of one value here are ranked against each other. [default: the query]", HelpName = "COL" };

    private readonly Option<string> _loss = ChoiceOptions.OneOf("--loss",
        "logistic and margin compare documents of a group; margin-mse takes a teacher's scores; bce (labels from 0 to 1) and mse look at each by itself.",
        "logistic", "margin", "margin-mse", "bce", "mse");

    private readonly Option<double> _margin = NumberOptions.Real("--margin", "With margin, the difference of scores that is enough.", x => x > 0, "a number above 0", Defaults.Margin);

    private readonly Option<string> _model = ModelOptions.Pretrained();

    private readonly Option<int> _maxLength = NumberOptions.Whole("--max-length", "Most tokens of a pair; longer ones are cut.", 5, new TokenizationOptions().MaxLength);
    private readonly TrainingOptionSet _training = new();

    public static Command Create(Option<bool> verbose)
    {
        var self = new TrainRankingCommand(verbose);
        var command = new Command("ranking", "Fine-tune an encoder to put the documents of a query in order.");
        self._files.AddInputsTo(command);
        foreach (var option in (Option[])[self._text, self._text2, self._label, self._group, self._loss, self._margin, self._model, self._maxLength])
            command.Options.Add(option);
        self._training.AddTo(command);
        self._files.AddOutputsTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => self.Run(parsed, cancellation), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        using var run = new TrainingRun(parsed.InvocationConfiguration.Output, cancellation);
        _files.CheckValidation(parsed, _training.StopsEarly(parsed));
        var headers = Headers(parsed);
        var options = Options(parsed, run.Progress, cancellation);
        run.Open(_files, parsed);
        var data = RankingData.Read(_files.Train(parsed), _files.Validation(parsed), headers);
        run.Output.WriteLine($"training    {data.Rows} rows in {data.Groups} groups{(data.SkippedRows > 0 ? $", {data.SkippedRows} skipped for want of a label or a group" : "")}");
        if (data.Validation is not null)
            run.Output.WriteLine($"validation  {data.ValidationRows} rows");

        var ml = MlContexts.Create(_training.Seed(parsed), run.Output, parsed.GetValue(verbose));
        var trainer = ml.Ranking.Trainers.CrossEncoder(options with
        {
            RowGroupColumnName = data.GroupColumn,
            ValidationSet = data.Validation is null ? null : data.Keyed(ml, data.Validation),
        });
        using var fitted = run.Fit(() => trainer.Fit(data.Keyed(ml, data.Train)));
        run.Save(ml, fitted, data.Train.Schema);
        var evaluation = data.Validation is null ? null : RankingEvaluation.Of(ml, data.Validation, fitted.Transform, options.ScoreColumnName, cancellation);
        run.WriteSaved();
        var facts = new JsonObject
        {
            ["task"] = "ranking",
            ["model"] = parsed.GetValue(_model)!,
            ["rows"] = data.Rows,
            ["skippedRows"] = data.SkippedRows,
            ["groups"] = data.Groups,
        };
        run.Finish(facts, evaluation?.Report, evaluation?.Json);
        return CommandLine.Done;
    }

    private ColumnHeaders Headers(ParseResult parsed)
    {
        var (text, text2, label) = (parsed.GetValue(_text)!, parsed.GetValue(_text2)!, parsed.GetValue(_label)!);
        var group = parsed.GetValue(_group) ?? text;
        if (new[] { text, text2, label }.Distinct().Count() < 3)
            throw new UsageException("--text, --text2 and --label must name different columns.");
        if (group == text2 || group == label)
            throw new UsageException("--group must name another column than --text2 and --label.");
        return new ColumnHeaders(text, text2, label, group);
    }

    private CrossEncoderTrainer.Options Options(ParseResult parsed, IProgress<TrainingProgress> progress, CancellationToken cancellation) => Defaults with
    {
        Sentence1ColumnName = parsed.GetValue(_text)!,
        Sentence2ColumnName = parsed.GetValue(_text2)!,
        LabelColumnName = parsed.GetValue(_label)!,
        Loss = parsed.GetValue(_loss) switch
        {
            "margin" => RankingLoss.PairwiseMargin,
            "margin-mse" => RankingLoss.MarginMse,
            "bce" => RankingLoss.BinaryCrossEntropy,
            "mse" => RankingLoss.MeanSquaredError,
            _ => RankingLoss.PairwiseLogistic,
        },
        Margin = parsed.GetValue(_margin),
        Model = ModelChoice.Parse(parsed.GetValue(_model)!),
        Training = _training.Read(parsed, progress, cancellation),
        Freezing = _training.Freezing(parsed),
        Adapter = _training.Adapter(parsed),
        AdapterStorage = _training.AdapterStorage(parsed),
        Tokenization = new() { MaxLength = parsed.GetValue(_maxLength) },
        ValidationFraction = _files.ValidationFraction(parsed) ?? 0,
    };
}
