using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNetNlp.Pipeline;
using MLNetNlp.Tokenizers;
using MLNetNlp.Transformers.Heads;
using TorchSharp;

namespace MLNetNlp;

/// <summary>What the multiclass and the binary text classification trainer share: checks, reading, training.</summary>
/// <typeparam name="TTransformer">What a fit makes.</typeparam>
public abstract class TextClassificationTrainerBase<TTransformer> : IEstimator<TTransformer>
    where TTransformer : TextClassificationTransformerBase
{
    private const string Component = "TextClassification";
    private readonly TextClassificationOptions _options;
    private readonly IHost _host;
    private readonly int _seed;

    private protected TextClassificationTrainerBase(IHostEnvironment environment, TextClassificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _host = environment.Register(Component);

        // Drawn once, here: so each fit of one trainer is the same, and a context with a seed makes the same trainers in the same order.
        _seed = options.Training.Seed ?? _host.Rand.Next();
        Columns = new TextColumns(options.Sentence1ColumnName, options.Sentence2ColumnName);
    }

    private protected static ColumnCheck Check { get; } = new(Component);

    private protected TextColumns Columns { get; }

    /// <summary>Fine-tunes the model on the rows that have a label.</summary>
    /// <exception cref="ArgumentException">A column is missing or has the wrong type, or options and model do not go together.</exception>
    /// <exception cref="InvalidOperationException">The training set is empty, has no labelled row, no text, or one class only.</exception>
    /// <exception cref="OperationCanceledException"><see cref="TrainingOptions.CancellationToken"/> was cancelled.</exception>
    public TTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var channel = _host.Start("Training");
        var label = FindColumns(input.Schema);
        if (_options.ValidationSet is { } validationSet)
            CheckSameClasses(label, FindColumns(validationSet.Schema));

        using var start = StartingPoint.Open(_options);
        var (training, validation) = ReadSets(input, label, start.Tokenizer, channel);
        var model = SequenceClassificationModel.FromPretrained(start.Files, label.Names.Count, _seed);
        try
        {
            ModelChecks.WarnOfUnusedTensors(model.UnusedTensors, start.Files.Description, channel);
            model.to(start.Device);
            AdaptedTraining.Run(model, model.NewModules, _options, _seed, "SEQ_CLS", () => TextClassificationTraining.Run(
                model, start.Tokenizer.PaddingId, start.Device, training, validation, _options, label.Names, _seed, channel));
            return Make(new TextClassifier(model, start.Tokenizer, _options.Tokenization.MaxLength, label.Names, start.Device), label);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>The columns after <see cref="Fit"/> and transform, for data with columns of this shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Columns.Check(inputSchema, Check);
        return Shapes.Append(inputSchema, OutputShape(inputSchema));
    }

    /// <summary>Finds and checks the label column.</summary>
    private protected abstract LabelColumn FindLabel(DataViewSchema schema);

    /// <summary>Checks the label column, and gives outputs that have the shape of those to come.</summary>
    private protected abstract IReadOnlyList<DataViewSchema.DetachedColumn> OutputShape(SchemaShape input);

    private protected abstract TTransformer Make(TextClassifier classifier, LabelColumn label);

    private LabelColumn FindColumns(DataViewSchema schema)
    {
        Columns.Find(schema, Check);
        return FindLabel(schema);
    }

    private void CheckSameClasses(LabelColumn training, LabelColumn validation)
    {
        if (training.Names.SequenceEqual(validation.Names))
            return;
        throw new ArgumentException(
            $"Column '{_options.LabelColumnName}' of '{nameof(TextClassificationOptions.ValidationSet)}' has the classes {Show(validation.Names)}, but "
            + $"the training set's has {Show(training.Names)}. Transform the validation set with the same fitted MapValueToKey.",
            nameof(TextClassificationOptions.ValidationSet));

        static string Show(IReadOnlyList<string> names) =>
            string.Join(", ", names.Take(10).Select(n => $"'{n}'")) + (names.Count > 10 ? $" and {names.Count - 10} more" : "");
    }

    private (LabelledTexts Training, LabelledTexts? Validation) ReadSets(IDataView input, LabelColumn label, TextTokenizer tokenizer, IChannel channel)
    {
        var training = Read(input, "training set");
        CheckUsable(training, label, tokenizer);
        if (_options.ValidationSet is { } set)
        {
            var validation = Read(set, "validation set");
            return validation.Count > 0 ? (training, validation)
                : throw new InvalidOperationException($"The validation set has no row with a label in column '{_options.LabelColumnName}'.");
        }

        return _options.ValidationFraction > 0 ? training.Split(_options.ValidationFraction, _seed) : (training, null);

        LabelledTexts Read(IDataView data, string name)
        {
            var texts = LabelledTexts.Read(data, label, Columns, Check, tokenizer, _options.Tokenization.MaxLength, _options.Training.CancellationToken);
            if (texts.SkippedRows > 0)
            {
                channel.Warning(MessageSensitivity.Schema, "{0} of {1} rows of the {2} have no label in column '{3}' and were left out.",
                    texts.SkippedRows, texts.SkippedRows + texts.Count, name, _options.LabelColumnName);
            }

            return texts;
        }
    }

    private void CheckUsable(LabelledTexts training, LabelColumn label, TextTokenizer tokenizer)
    {
        if (training.Count == 0)
        {
            throw new InvalidOperationException(training.SkippedRows == 0
                ? $"The training set is empty: {Component} needs rows with a label in column '{_options.LabelColumnName}'."
                : $"None of the {training.SkippedRows} rows of the training set has a label in column '{_options.LabelColumnName}'.");
        }

        var counts = training.CountClasses(label.Names.Count);
        if (counts.Count(c => c > 0) < 2)
        {
            throw new InvalidOperationException(
                $"Column '{_options.LabelColumnName}' has one class only, '{label.Names[training.Labels[0]]}', in all {training.Count} rows; "
                + $"{Component} needs at least two.");
        }

        if (training.AllEmpty(Columns.EmptyLength(tokenizer)))
        {
            var columns = Columns.Second is null ? $"Column '{Columns.First}' is" : $"Columns '{Columns.First}' and '{Columns.Second}' are";
            throw new InvalidOperationException($"{columns} empty in all {training.Count} rows of the training set: {Component} has no text to learn from.");
        }

        if (_options.ValidationFraction > 0 && training.Count < 3)
        {
            throw new InvalidOperationException(
                $"The training set has {training.Count} rows, too few to keep some back for '{nameof(TextClassificationOptions.ValidationFraction)}'.");
        }
    }
}
