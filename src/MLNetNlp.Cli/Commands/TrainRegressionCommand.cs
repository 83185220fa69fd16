using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using MLNetNlp.Cli.Data;
using MLNetNlp.Cli.Models;
using MLNetNlp.Cli.Output;

namespace MLNetNlp.Cli.Commands;

/// <summary><c>mlnetnlp train regression</c>.</summary>
internal sealed class TrainRegressionCommand(Option<bool> verbose)
{
    private static readonly SentenceSimilarityTrainer.Options Defaults = new();

    private readonly Option<string[]> _train = new("--train")
    {
        Description = "Pairs with a score to learn from; several files are read one after the other.",
        HelpName = "FILE",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _validation = new("--validation") { Description = "Pairs with a score to validate on.", HelpName = "FILE" };

    private readonly Option<double?> _validationFraction =
        NumberOptions.RealOrNone("--validation-fraction", "Hold this share of the training rows back to validate on.", x => x is > 0 and < 1, "a number between 0 and 1");

    private readonly Option<string> _text = new("--text") { Description = "The column of the first text.", HelpName = "COL", Required = true };
    private readonly Option<string> _text2 = new("--text2") { Description = "The column of the second text.", HelpName = "COL", Required = true };
    private readonly Option<string> _label = new("--label") { Description = "The column of the score, a number. Rows without are skipped.", HelpName = "COL", Required = true };

    private readonly Option<string> _loss =
        ChoiceOptions.OneOf("--loss", "mse: squared error; bce: cross-entropy between --label-min and --label-max, which scores then keep to.", "mse", "bce");

    private readonly Option<double> _labelMin = NumberOptions.Real("--label-min", "With bce, the lowest score.", double.IsFinite, "a number", Defaults.LabelMinimum);
    private readonly Option<double> _labelMax = NumberOptions.Real("--label-max", "With bce, the highest score.", double.IsFinite, "a number", Defaults.LabelMaximum);

    private readonly Option<string> _model = new("--model")
    {
        Description = "The pretrained encoder: the embedded one, a folder, or a hub id.",
        HelpName = "mini|DIR|org/name",
        DefaultValueFactory = _ => "mini",
    };

    private readonly Option<int> _maxLength = NumberOptions.Whole("--max-length", "Most tokens of a pair; longer ones are cut.", 5, new TokenizationOptions().MaxLength);
    private readonly TrainingOptionSet _training = new();
    private readonly Option<string> _output = new("--output") { Description = "Where the trained model goes.", HelpName = "FILE.zip", Required = true };
    private readonly Option<string?> _metrics = new("--metrics") { Description = "Write every figure to this JSON file.", HelpName = "FILE.json" };

    public static Command Create(Option<bool> verbose)
    {
        var self = new TrainRegressionCommand(verbose);
        var command = new Command("regression", "Fine-tune an encoder to score how alike two texts are.")
        {
            self._train, self._validation, self._validationFraction, self._text, self._text2, self._label, self._loss, self._labelMin, self._labelMax, self._model,
            self._maxLength,
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
        var options = Options(parsed, new ProgressFan(history, display), cancellation);
        using var modelFile = new OutputFile(parsed.GetValue(_output)!, "--output");
        using var metricsFile = parsed.GetValue(_metrics) is { } path ? new OutputFile(path, "--metrics") : null;
        var data = ReadData(parsed);
        output.WriteLine($"training    {data.Rows} rows{(data.SkippedRows > 0 ? $", {data.SkippedRows} skipped for want of a label" : "")}");
        if (data.Validation is not null)
            output.WriteLine($"validation  {data.ValidationRows} rows");

        var ml = MlContexts.Create(_training.Seed(parsed), output, parsed.GetValue(verbose));
        CrossEncoderTransformer? fitted = null;
        display.Run(() => fitted = ml.Regression.Trainers.SentenceSimilarity(options with { ValidationSet = data.Validation }).Fit(data.Train));
        using var disposable = fitted;
        cancellation.ThrowIfCancellationRequested();
        modelFile.Write(stream => ml.Model.Save(fitted, data.Train.Schema, stream));
        var seconds = clock.Elapsed.TotalSeconds;
        output.WriteLine(FormattableString.Invariant($"saved {modelFile.Path} ({new FileInfo(modelFile.Path).Length / 1e6:0.0} MB) after {seconds:0.0} s"));
        var evaluation = data.Validation is null ? null : RegressionEvaluation.Of(ml, data.Validation, fitted!.Transform, options.ScoreColumnName);
        if (evaluation is not null)
        {
            output.WriteLine("");
            output.WriteLine("validation");
            foreach (var line in evaluation.Report)
                output.WriteLine(line);
        }

        if (metricsFile is not null)
        {
            var json = new JsonObject
            {
                ["task"] = "regression",
                ["model"] = parsed.GetValue(_model)!,
                ["rows"] = data.Rows,
                ["skippedRows"] = data.SkippedRows,
                ["seconds"] = Math.Round(seconds, 3),
                ["trainableParameters"] = history.TrainableParameters,
                ["steps"] = history.Epochs.Sum(epoch => epoch.Steps),
                ["history"] = history.ToJson(),
            };
            if (evaluation is not null)
                json["validation"] = evaluation.Json;
            MetricsJson.Write(metricsFile, json);
        }

        return CommandLine.Done;
    }

    private SentenceSimilarityTrainer.Options Options(ParseResult parsed, IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        var validates = parsed.GetValue(_validation) is not null || parsed.GetValue(_validationFraction) is not null;
        if (parsed.GetValue(_validation) is not null && parsed.GetValue(_validationFraction) is not null)
            throw new UsageException("--validation and --validation-fraction exclude each other.");
        if (_training.StopsEarly(parsed) && !validates)
            throw new UsageException("--early-stopping needs --validation FILE or --validation-fraction X.");
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
        parsed.GetValue(_train)!,
        parsed.GetValue(_validation),
        parsed.GetValue(_validationFraction) is { } fraction ? new SampleSplit(fraction, _training.Seed(parsed) ?? 0) : null,
        new ColumnHeaders(parsed.GetValue(_text), parsed.GetValue(_text2), parsed.GetValue(_label)));
}
