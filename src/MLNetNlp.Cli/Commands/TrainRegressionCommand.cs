using System.CommandLine;
using System.Text.Json.Nodes;
using MLNetNlp.Cli.Models;

namespace MLNetNlp.Cli.Commands;

/// <summary><c>mlnetnlp train regression</c>.</summary>
internal sealed class TrainRegressionCommand(Option<bool> verbose)
{
    private static readonly SentenceSimilarityTrainer.Options Defaults = new();

    private readonly TrainingFileOptions _files = new("Pairs with a score to learn from", "Pairs with a score to validate on.");
    private readonly Option<string> _text = new("--text") { Description = "The column of the first text.", HelpName = "COL", Required = true };
    private readonly Option<string> _text2 = new("--text2") { Description = "The column of the second text.", HelpName = "COL", Required = true };
    private readonly Option<string> _label = new("--label") { Description = "The column of the score, a number. Rows without are skipped.", HelpName = "COL", Required = true };

    private readonly Option<string> _loss =
        ChoiceOptions.OneOf("--loss", "mse: squared error; bce: cross-entropy between --label-min and --label-max, which scores then keep to.", "mse", "bce");

    private readonly Option<double> _labelMin = NumberOptions.Real("--label-min", "With bce, the lowest score.", double.IsFinite, "a number", Defaults.LabelMinimum);
    private readonly Option<double> _labelMax = NumberOptions.Real("--label-max", "With bce, the highest score.", double.IsFinite, "a number", Defaults.LabelMaximum);

    private readonly Option<string> _model = ModelOptions.Pretrained();

    private readonly Option<int> _maxLength = NumberOptions.Whole("--max-length", "Most tokens of a pair; longer ones are cut.", 5, new TokenizationOptions().MaxLength);
    private readonly TrainingOptionSet _training = new();

    public static Command Create(Option<bool> verbose)
    {
        var self = new TrainRegressionCommand(verbose);
        var command = new Command("regression", "Fine-tune an encoder to score how alike two texts are.");
        self._files.AddInputsTo(command);
        foreach (var option in (Option[])[self._text, self._text2, self._label, self._loss, self._labelMin, self._labelMax, self._model, self._maxLength])
            command.Options.Add(option);
        self._training.AddTo(command);
        self._files.AddOutputsTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => self.Run(parsed, cancellation), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        using var run = new TrainingRun(parsed.InvocationConfiguration.Output, cancellation);
        var options = Options(parsed, run.Progress, cancellation);
        run.Open(_files, parsed);
        var data = ReadData(parsed);
        run.Output.WriteLine($"training    {data.Rows} rows{(data.SkippedRows > 0 ? $", {data.SkippedRows} skipped for want of a label" : "")}");
        if (data.Validation is not null)
            run.Output.WriteLine($"validation  {data.ValidationRows} rows");

        var ml = MlContexts.Create(_training.Seed(parsed), run.Output, parsed.GetValue(verbose));
        using var fitted = run.Fit(() => ml.Regression.Trainers.SentenceSimilarity(options with { ValidationSet = data.Validation }).Fit(data.Train));
        run.Save(ml, fitted, data.Train.Schema);
        run.WriteSaved();
        var evaluation = data.Validation is null ? null : RegressionEvaluation.Of(ml, data.Validation, fitted.Transform, options.ScoreColumnName);
        var facts = new JsonObject
        {
            ["task"] = "regression",
            ["model"] = parsed.GetValue(_model)!,
            ["rows"] = data.Rows,
            ["skippedRows"] = data.SkippedRows,
        };
        run.Finish(facts, evaluation?.Report, evaluation?.Json);
        return CommandLine.Done;
    }

    private SentenceSimilarityTrainer.Options Options(ParseResult parsed, IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        _files.CheckValidation(parsed, _training.StopsEarly(parsed));
        if (new[] { parsed.GetValue(_text), parsed.GetValue(_text2), parsed.GetValue(_label) }.Distinct().Count() < 3)
            throw new UsageException("--text, --text2 and --label must name different columns.");
        if (parsed.GetValue(_labelMin) >= parsed.GetValue(_labelMax))
            throw new UsageException("--label-min must be less than --label-max.");
        return Defaults with
        {
            Sentence1ColumnName = parsed.GetValue(_text)!,
            Sentence2ColumnName = parsed.GetValue(_text2)!,
            LabelColumnName = parsed.GetValue(_label)!,
            Loss = parsed.GetValue(_loss) == "bce" ? SimilarityLoss.BinaryCrossEntropy : SimilarityLoss.MeanSquaredError,
            LabelMinimum = (float)parsed.GetValue(_labelMin),
            LabelMaximum = (float)parsed.GetValue(_labelMax),
            Model = ModelChoice.Parse(parsed.GetValue(_model)!),
            Training = _training.Read(parsed, progress, cancellation),
            Freezing = _training.Freezing(parsed),
            Adapter = _training.Adapter(parsed),
            AdapterStorage = _training.AdapterStorage(parsed),
            Tokenization = new() { MaxLength = parsed.GetValue(_maxLength) },
        };
    }

    private RegressionData ReadData(ParseResult parsed) => RegressionData.Read(
        _files.Train(parsed),
        _files.Validation(parsed),
        _files.Split(parsed, _training.Seed(parsed)),
        new ColumnHeaders(parsed.GetValue(_text), parsed.GetValue(_text2), parsed.GetValue(_label)));
}
