using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using MLNetNlp.Cli.Models;

namespace MLNetNlp.Cli.Commands;

/// <summary><c>mlnetnlp train embeddings</c>.</summary>
internal sealed class TrainEmbeddingsCommand(Option<bool> verbose)
{
    private readonly TrainingFileOptions _files = new("Rows to learn from", "Rows to validate on.");
    private readonly Option<string> _text = new("--text") { Description = "The text column; of pairs the first, the anchor.", HelpName = "COL", Required = true };
    private readonly Option<string?> _text2 = new("--text2") { Description = "The second text of each pair, the positive.", HelpName = "COL" };
    private readonly Option<string?> _negatives = new("--negatives") { Description = "Columns of hard negatives, separated by commas.", HelpName = "COL,COL" };
    private readonly Option<string?> _label = new("--label") { Description = "The label column: a score, true or false, or a class.", HelpName = "COL" };
    private readonly Option<string> _loss = ChoiceOptions.OneOf("--loss", $"What training lowers: {string.Join(", ", LossChoice.Names)} (by the columns).", [.. LossChoice.Names]);

    private readonly Option<string?> _matryoshka = new("--matryoshka")
    {
        Description = "Train these first numbers of each vector too, so that vectors may be cut: 384,256,128.",
        HelpName = "N,N",
    };

    private readonly Option<string?> _guide = new("--guide") { Description = "The model that --loss gist asks which texts are alike.", HelpName = "mini|DIR|org/name" };

    private readonly Option<string> _model = ModelOptions.Pretrained("The encoder to start from");

    private readonly Option<string> _pooling = ChoiceOptions.OneOf("--pooling", "How token vectors become one; auto as the model's folder says.", ["auto", .. Enum.GetNames<PoolingMode>()]);
    private readonly Option<int> _maxLength = NumberOptions.Whole("--max-length", "Most tokens of a text; longer ones are cut.", 5, new TokenizationOptions().MaxLength);
    private readonly TrainingOptionSet _training = new();

    public static Command Create(Option<bool> verbose)
    {
        var self = new TrainEmbeddingsCommand(verbose);
        var command = new Command("embeddings", "Train a sentence encoder, so that texts that belong together get vectors that lie near each other.");
        self._files.AddInputsTo(command);
        Option[] options = [self._text, self._text2, self._negatives, self._label, self._loss, self._matryoshka, self._guide, self._model, self._pooling, self._maxLength];
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
        var training = _training.Read(parsed, run.Progress, cancellation);
        var (adapter, storage) = (_training.Adapter(parsed), _training.AdapterStorage(parsed));
        var headers = Headers(parsed);
        _files.CheckValidation(parsed, _training.StopsEarly(parsed));

        var modelName = parsed.GetValue(_model)!;
        var model = ModelChoice.Parse(modelName);
        var guide = parsed.GetValue(_guide) is { } guideName ? ModelChoice.Parse(guideName, "--guide") : null;
        run.Open(_files, parsed);
        var ml = MlContexts.Create(_training.Seed(parsed), run.Output, parsed.GetValue(verbose));
        var data = EmbeddingData.Read(ml, _files.Train(parsed), _files.Validation(parsed), headers, parsed.GetValue(_loss)!, Matryoshka(parsed));
        run.Output.WriteLine($"training    {data.Rows} rows{(data.Skipped > 0 ? $", {data.Skipped} skipped for want of a label" : "")}, {data.Loss.Inputs.LossName}");

        var trainer = ml.Transforms.Text.TrainSentenceEmbeddings(new SentenceEmbeddingTrainer.Options
        {
            Sentence1ColumnName = headers.Text,
            Sentence2ColumnName = headers.Text2,
            NegativeColumnNames = headers.Negatives,
            LabelColumnName = headers.Label,
            Loss = data.Loss,
            Guide = guide,
            Model = model,
            Pooling = parsed.GetValue(_pooling) is { } pooling && Enum.TryParse<PoolingMode>(pooling, out var mode) ? mode : null,
            Training = training,
            Freezing = _training.Freezing(parsed),
            Adapter = adapter,
            AdapterStorage = storage,
            Tokenization = new() { MaxLength = parsed.GetValue(_maxLength) },
            ValidationSet = data.Validation,
            ValidationFraction = _files.ValidationFraction(parsed) ?? 0,
        });
        using var fitted = run.Fit(() => trainer.Fit(data.Train));
        run.Save(ml, fitted, data.Input);
        run.WriteSaved();
        run.Finish(new JsonObject
        {
            ["task"] = "embeddings",
            ["model"] = modelName,
            ["loss"] = data.Loss.Inputs.LossName,
            ["rows"] = data.Rows,
            ["skippedRows"] = data.Skipped,
        });
        return CommandLine.Done;
    }

    private EmbeddingHeaders Headers(ParseResult parsed)
    {
        var negatives = parsed.GetValue(_negatives)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        var headers = new EmbeddingHeaders(parsed.GetValue(_text)!, parsed.GetValue(_text2), negatives, parsed.GetValue(_label));
        if (negatives.Length > 0 && headers.Text2 is null)
            throw new UsageException("--negatives needs --text2 COL with the positives.");
        string[] all = [.. headers.Texts, .. headers.Label is null ? [] : new[] { headers.Label }];
        return all.Distinct().Count() == all.Length ? headers : throw new UsageException("--text, --text2, --negatives and --label must name different columns.");
    }

    private int[]? Matryoshka(ParseResult parsed)
    {
        if (parsed.GetValue(_matryoshka) is not { } text)
            return null;
        int[] dimensions = [.. text.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)];
        return dimensions.All(dimension => dimension > 0) && dimensions.Distinct().Count() == dimensions.Length
            ? dimensions
            : throw new UsageException($"--matryoshka is '{text}'; whole numbers above 0, each once and separated by commas, are needed.");
    }
}
