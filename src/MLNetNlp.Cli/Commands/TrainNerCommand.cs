using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using MLNetNlp.Cli.Models;
using MLNetNlp.Cli.Output;
using MLNetNlp.Metrics.Tagging;

namespace MLNetNlp.Cli.Commands;

/// <summary><c>mlnetnlp train ner</c>.</summary>
internal sealed class TrainNerCommand(Option<bool> verbose)
{
    private static readonly string Schemes = string.Join(", ", Enum.GetNames<TagScheme>());

    private readonly Option<string[]> _train = new("--train")
    {
        Description = "Sentences with entities to learn from: .conll, .jsonl, .tsv or .csv; several files are read one after the other.",
        HelpName = "FILE",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _validation = new("--validation") { Description = "Sentences to validate on.", HelpName = "FILE" };

    private readonly Option<double?> _validationFraction =
        NumberOptions.RealOrNone("--validation-fraction", "Hold this share of the sentences back to validate on.", x => x is > 0 and < 1, "a number between 0 and 1");

    private readonly Option<string?> _text = new("--text")
    {
        Description = "The column of the tokens, by spaces (.tsv, .csv), or the property of the text or the tokens (.jsonl).",
        HelpName = "COL",
    };

    private readonly Option<string?> _label = new("--label")
    {
        Description = "The column of the tags, by spaces (.tsv, .csv), or the property of the tags or the spans (.jsonl).",
        HelpName = "COL",
    };

    private readonly ConllColumnOptions _columns = new();

    private readonly Option<string> _model = new("--model")
    {
        Description = "The pretrained encoder: the embedded one, a folder, or a hub id.",
        HelpName = "mini|DIR|org/name",
        DefaultValueFactory = _ => "mini",
    };

    private readonly Option<int> _maxLength =
        NumberOptions.Whole("--max-length", "Most tokens of a window; longer sentences are read in several.", 5, new TokenizationOptions().MaxLength);

    private readonly Option<int?> _stride =
        NumberOptions.WholeOrNone("--stride", "Tokens that windows of a long text share. [default: a quarter of --max-length]", 0);

    private readonly Option<string> _alignment =
        ChoiceOptions.OneOf("--alignment", "Which sub-words of a word carry its tag: the first, all (B- turned into I-), or all the same.", "first", "all", "same");

    private readonly Option<string> _scheme = ChoiceOptions.OneOf("--scheme", $"The scheme of the tags: auto, {Schemes}.", ["auto", .. Enum.GetNames<TagScheme>()]);

    private readonly Option<string> _trainingScheme = ChoiceOptions.OneOf(
        "--training-scheme", $"The scheme that tags are converted into and the model predicts: same, {Schemes}.", ["same", .. Enum.GetNames<TagScheme>()]);

    private readonly Option<bool> _constrained = new("--constrained") { Description = "Predict only sequences of tags that the scheme allows (Viterbi)." };
    private readonly Option<bool> _crf = new("--crf") { Description = "Train a conditional random field over the tags." };
    private readonly TrainingOptionSet _training = new();
    private readonly Option<string> _output = new("--output") { Description = "Where the trained model goes.", HelpName = "FILE.zip", Required = true };
    private readonly Option<string?> _metrics = new("--metrics") { Description = "Write every figure to this JSON file.", HelpName = "FILE.json" };

    public static Command Create(Option<bool> verbose)
    {
        var self = new TrainNerCommand(verbose);
        var command = new Command("ner", "Fine-tune an encoder to find entities, or to tag words in any other way.")
        {
            self._train, self._validation, self._validationFraction, self._text, self._label,
        };
        self._columns.AddTo(command);
        Option[] options = [self._model, self._maxLength, self._stride, self._alignment, self._scheme, self._trainingScheme, self._constrained, self._crf];
        foreach (var option in options)
            command.Options.Add(option);
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
        if (parsed.GetValue(_validation) is not null && parsed.GetValue(_validationFraction) is not null)
            throw new UsageException("--validation and --validation-fraction exclude each other.");
        if (_training.StopsEarly(parsed) && parsed.GetValue(_validation) is null && parsed.GetValue(_validationFraction) is null)
            throw new UsageException("--early-stopping needs --validation FILE or --validation-fraction X.");

        var modelName = parsed.GetValue(_model)!;
        var model = ModelChoice.Parse(modelName);
        using var modelFile = new OutputFile(parsed.GetValue(_output)!, "--output");
        using var metricsFile = parsed.GetValue(_metrics) is { } path ? new OutputFile(path, "--metrics") : null;
        var ml = MlContexts.Create(_training.Seed(parsed), output, parsed.GetValue(verbose));
        var headers = _columns.Read(parsed, parsed.GetValue(_text), parsed.GetValue(_label));
        var data = EntityData.Of(ml, EntityData.Read(parsed.GetValue(_train)!, headers));
        var validation = parsed.GetValue(_validation) is { } file ? EntityData.Of(ml, EntityData.Read([file], headers), data.TextColumn, data.LabelColumn) : null;
        if (validation is not null && validation.HasSpans != data.HasSpans)
            throw new CliException("--train and --validation hold labels of two kinds: tags and spans.");
        output.WriteLine($"training    {data}");
        if (validation is not null)
            output.WriteLine($"validation  {validation}");

        NamedEntityRecognitionTransformer? fitted = null;
        var trainer = ml.MulticlassClassification.Trainers.NamedEntityRecognition(Configure(parsed, data, validation, model, options));
        display.Run(() => fitted = (NamedEntityRecognitionTransformer)trainer.Fit(data.View));
        using var disposable = fitted;
        cancellation.ThrowIfCancellationRequested();
        modelFile.Write(stream => ml.Model.Save(fitted, data.View.Schema, stream));
        var seconds = clock.Elapsed.TotalSeconds;

        var evaluation = validation is null ? null : EntityEvaluation.Of(ml, fitted!.Transform(validation.View), validation);
        output.WriteLine(FormattableString.Invariant($"saved {modelFile.Path} ({new FileInfo(modelFile.Path).Length / 1e6:0.0} MB) after {seconds:0.0} s"));
        if (evaluation is not null)
            output.WriteLine("\nvalidation\n" + evaluation.Report);
        if (metricsFile is not null)
            MetricsJson.Write(metricsFile, Describe(data, modelName, seconds, history, evaluation));
        return CommandLine.Done;
    }

    private NamedEntityRecognitionTrainer.Options Configure(
        ParseResult parsed, EntityData data, EntityData? validation, PretrainedModel model, TrainingOptions training) => new()
        {
            Sentence1ColumnName = data.TextColumn,
            LabelColumnName = data.LabelColumn,
            Model = model,
            Training = training,
            Freezing = _training.Freezing(parsed),
            Adapter = _training.Adapter(parsed),
            AdapterStorage = _training.AdapterStorage(parsed),
            Tokenization = new() { MaxLength = parsed.GetValue(_maxLength), Stride = parsed.GetValue(_stride) },
            ValidationSet = validation?.View,
            ValidationFraction = parsed.GetValue(_validationFraction) ?? 0,
            LabelAlignment = parsed.GetValue(_alignment) switch
            {
                "all" => LabelAlignment.AllSubwords,
                "same" => LabelAlignment.SameLabelEverywhere,
                _ => LabelAlignment.FirstSubword,
            },
            Scheme = SchemeOf(parsed, _scheme),
            TrainingScheme = SchemeOf(parsed, _trainingScheme),
            ConstrainedDecoding = parsed.GetValue(_constrained),
            ConditionalRandomField = parsed.GetValue(_crf),
        };

    private static TagScheme? SchemeOf(ParseResult parsed, Option<string> option) =>
        Enum.TryParse<TagScheme>(parsed.GetValue(option), out var scheme) ? scheme : null;

    private static JsonObject Describe(EntityData data, string model, double seconds, TrainingHistory history, EntityEvaluation? evaluation)
    {
        var types = data.Rows.Types();
        var json = new JsonObject
        {
            ["task"] = "ner",
            ["model"] = model,
            ["sentences"] = data.Rows.Count,
            ["entities"] = types.Values.Sum(),
            ["types"] = new JsonArray([.. types.Keys.Select(name => (JsonNode?)name)]),
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
