using System.CommandLine;
using System.Text.Json.Nodes;
using MLNetNlp.Cli.Models;
using MLNetNlp.Metrics.Tagging;

namespace MLNetNlp.Cli.Commands;

/// <summary><c>mlnetnlp train ner</c>.</summary>
internal sealed class TrainNerCommand(Option<bool> verbose)
{
    private static readonly string Schemes = string.Join(", ", Enum.GetNames<TagScheme>());

    private readonly TrainingFileOptions _files = new("Sentences with entities to learn from: .conll, .jsonl, .tsv or .csv", "Sentences to validate on.", "sentences");

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

    private readonly Option<string> _model = ModelOptions.Pretrained();

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

    public static Command Create(Option<bool> verbose)
    {
        var self = new TrainNerCommand(verbose);
        var command = new Command("ner", "Fine-tune an encoder to find entities, or to tag words in any other way.");
        self._files.AddInputsTo(command);
        command.Options.Add(self._text);
        command.Options.Add(self._label);
        self._columns.AddTo(command);
        Option[] options = [self._model, self._maxLength, self._stride, self._alignment, self._scheme, self._trainingScheme, self._constrained, self._crf];
        foreach (var option in options)
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
        _files.CheckValidation(parsed, _training.StopsEarly(parsed));

        var modelName = parsed.GetValue(_model)!;
        var model = ModelChoice.Parse(modelName);
        run.Open(_files, parsed);
        var ml = MlContexts.Create(_training.Seed(parsed), run.Output, parsed.GetValue(verbose));
        var headers = _columns.Read(parsed, parsed.GetValue(_text), parsed.GetValue(_label));
        var data = EntityData.Of(ml, EntityData.Read(_files.Train(parsed), headers));
        var validation = _files.Validation(parsed) is { } file ? EntityData.Of(ml, EntityData.Read([file], headers), data.TextColumn, data.LabelColumn) : null;
        if (validation is not null && validation.HasSpans != data.HasSpans)
            throw new CliException("--train and --validation hold labels of two kinds: tags and spans.");
        run.Output.WriteLine($"training    {data}");
        if (validation is not null)
            run.Output.WriteLine($"validation  {validation}");

        var trainer = ml.MulticlassClassification.Trainers.NamedEntityRecognition(Configure(parsed, data, validation, model, options));
        using var fitted = run.Fit(() => (NamedEntityRecognitionTransformer)trainer.Fit(data.View));
        run.Save(ml, fitted, data.View.Schema);
        var evaluation = validation is null ? null : EntityEvaluation.Of(ml, fitted.Transform(validation.View), validation);
        run.WriteSaved();
        var types = data.Rows.Types();
        var facts = new JsonObject
        {
            ["task"] = "ner",
            ["model"] = modelName,
            ["sentences"] = data.Rows.Count,
            ["entities"] = types.Values.Sum(),
            ["types"] = new JsonArray([.. types.Keys.Select(name => (JsonNode?)name)]),
        };
        run.Finish(facts, evaluation is null ? null : [evaluation.Report], evaluation?.Json);
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
            ValidationFraction = _files.ValidationFraction(parsed) ?? 0,
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
}
