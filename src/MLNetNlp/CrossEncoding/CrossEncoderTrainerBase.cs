using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNetNlp.Pipeline;
using MLNetNlp.Tokenizers;
using MLNetNlp.Transformers.Heads;
using TorchSharp;

namespace MLNetNlp;

/// <summary>What the trainers of cross-encoders share: checks, reading, training.</summary>
public abstract class CrossEncoderTrainerBase : IEstimator<CrossEncoderTransformer>
{
    private readonly CrossEncoderOptions _options;
    private readonly string _component;
    private readonly IHost _host;

    private protected CrossEncoderTrainerBase(IHostEnvironment environment, CrossEncoderOptions options, string component)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _component = component;
        _host = environment.Register(component);

        // Drawn once, here: so each fit of one trainer is the same, and a context with a seed makes the same trainers in the same order.
        Seed = options.Training.Seed ?? _host.Rand.Next();
        Check = new ColumnCheck(component);
        Texts = new TextColumns(options.Sentence1ColumnName, options.Sentence2ColumnName);
    }

    private protected int Seed { get; }

    private protected ColumnCheck Check { get; }

    private protected TextColumns Texts { get; }

    /// <summary>The column whose rows are ranked against each other; null: there are no groups.</summary>
    private protected virtual string? GroupColumnName => null;

    /// <summary>How logits become scores.</summary>
    private protected abstract PairScore Score { get; }

    /// <summary>Fine-tunes the model on the rows that have a label.</summary>
    /// <exception cref="ArgumentException">A column is missing or has the wrong type, or options and model do not go together.</exception>
    /// <exception cref="InvalidDataException">A row's label is not a number that the loss can learn; the message has the row's number.</exception>
    /// <exception cref="InvalidOperationException">The training set is empty, has no labelled row, or no text.</exception>
    /// <exception cref="OperationCanceledException"><see cref="TrainingOptions.CancellationToken"/> was cancelled.</exception>
    public CrossEncoderTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var channel = _host.Start("Training");
        Find(input.Schema);
        if (_options.ValidationSet is { } set)
            Find(set.Schema);

        using var start = StartingPoint.Open(_options);
        var (training, validation) = ReadSets(input, start.Tokenizer, channel);
        var model = SequenceClassificationModel.FromPretrained(start.Files, 1, Seed);
        try
        {
            ModelChecks.WarnOfUnusedTensors(model.UnusedTensors, start.Files.Description, channel);
            model.to(start.Device);
            AdaptedTraining.Run(model, model.NewModules, _options, Seed, "SEQ_CLS",
                () => Train(model, start, training, validation, channel));
            var scorer = new PairScorer(model, start.Tokenizer, _options.Tokenization.MaxLength, Score, start.Device);
            return new CrossEncoderTransformer(scorer, new CrossEncoderColumns(Texts, _options.ScoreColumnName, _options.LabelColumnName, GroupColumnName));
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
        CheckColumns(inputSchema);
        Texts.Check(inputSchema, Check);
        return Shapes.Append(inputSchema, [CrossEncoderTransformer.OutputColumn(_options.ScoreColumnName, Score.Kind, 1)]);
    }

    /// <summary>Finds and checks the label, and the group where there is one.</summary>
    private protected abstract (DataViewSchema.Column Label, DataViewSchema.Column? Group) FindColumns(DataViewSchema schema);

    /// <summary>Checks the label, and the group where there is one.</summary>
    private protected abstract void CheckColumns(SchemaShape shape);

    /// <summary>Throws when a label is none that the loss can learn.</summary>
    /// <param name="label">Not NaN.</param>
    /// <param name="row">Its number, from 1.</param>
    private protected virtual void CheckLabel(float label, long row)
    {
        if (!float.IsFinite(label))
            throw new InvalidDataException(FormattableString.Invariant($"Row {row}: column '{_options.LabelColumnName}' is {label}; {_component} needs finite numbers."));
    }

    /// <summary>Throws when there is nothing to learn from in a set that has rows.</summary>
    private protected virtual void CheckUsable(PairTrainingSet training, IChannel channel)
    {
    }

    /// <summary>Trains the model in place.</summary>
    private protected abstract void Train(
        SequenceClassificationModel model, StartingPoint start, PairTrainingSet training, PairTrainingSet? validation, IChannel channel);

    private (DataViewSchema.Column Label, DataViewSchema.Column? Group) Find(DataViewSchema schema)
    {
        Texts.Find(schema, Check);
        return FindColumns(schema);
    }

    private (PairTrainingSet Training, PairTrainingSet? Validation) ReadSets(IDataView input, TextTokenizer tokenizer, IChannel channel)
    {
        var training = Read(input, "training set", tokenizer, channel);
        CheckNotEmpty(training, tokenizer);
        CheckUsable(training, channel);
        if (_options.ValidationSet is { } set)
        {
            var validation = Read(set, "validation set", tokenizer, channel);
            return validation.Count > 0 ? (training, validation)
                : throw new InvalidOperationException($"The validation set has no row with a label in column '{_options.LabelColumnName}'.");
        }

        if (_options.ValidationFraction == 0)
            return (training, null);
        var (parts, what) = GroupColumnName is null ? (training.Count, "rows") : (training.GroupCount, "groups");
        if (parts < 3)
        {
            throw new InvalidOperationException(
                $"The training set has {parts} {what}, too few to keep some back for '{nameof(FineTuningOptions.ValidationFraction)}'.");
        }

        return training.Split(_options.ValidationFraction, GroupColumnName is not null, Seed);
    }

    private PairTrainingSet Read(IDataView data, string name, TextTokenizer tokenizer, IChannel channel)
    {
        var (label, group) = Find(data.Schema);
        using var cursor = data.GetRowCursor([label, .. group is { } column ? [column] : (DataViewSchema.Column[])[], .. Texts.Find(data.Schema, Check)]);
        var readLabel = NumberColumn.Reader(cursor, cursor.Schema[label.Name]);
        var set = PairTrainingSet.Read(cursor, Texts.Reader(cursor, tokenizer, _options.Tokenization.MaxLength), CheckedLabel,
            group is { } key ? NumberColumn.KeyReader(cursor, cursor.Schema[key.Name]) : () => 1, _options.Training.CancellationToken);
        if (set.SkippedRows > 0)
        {
            channel.Warning(MessageSensitivity.Schema, "{0} of {1} rows of the {2} have no label in column '{3}'{4} and were left out.",
                set.SkippedRows, set.SkippedRows + set.Count, name, _options.LabelColumnName, group is null ? "" : $", or no group in column '{GroupColumnName}',");
        }

        return set;

        float CheckedLabel()
        {
            var value = readLabel();
            if (!float.IsNaN(value))
                CheckLabel(value, cursor.Position + 1);
            return value;
        }
    }

    private void CheckNotEmpty(PairTrainingSet training, TextTokenizer tokenizer)
    {
        if (training.Count == 0)
        {
            throw new InvalidOperationException(training.SkippedRows == 0
                ? $"The training set is empty: {_component} needs rows with a label in column '{_options.LabelColumnName}'."
                : $"None of the {training.SkippedRows} rows of the training set has a label in column '{_options.LabelColumnName}'.");
        }

        if (training.AllEmpty(Texts.EmptyLength(tokenizer)))
        {
            throw new InvalidOperationException($"Columns '{Texts.First}' and '{Texts.Second}' are empty in all {training.Count} rows of the training set: "
                + $"{_component} has no text to learn from.");
        }
    }
}
