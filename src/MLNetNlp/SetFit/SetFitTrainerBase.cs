using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.FewShot;
using MLNetNlp.Transformers.Inference;
using TorchSharp;

namespace MLNetNlp;

/// <summary>What the SetFit trainers share: checks, reading, the two phases.</summary>
/// <typeparam name="TTransformer">What a fit makes.</typeparam>
public abstract class SetFitTrainerBase<TTransformer> : IEstimator<TTransformer>
    where TTransformer : SetFitTransformerBase
{
    private const int BatchSize = 32;
    private readonly SetFitOptions _options;
    private readonly IHost _host;
    private readonly int _seed;

    private protected SetFitTrainerBase(IHostEnvironment environment, SetFitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _host = environment.Register(options.Component);
        Check = new ColumnCheck(options.Component);

        // Drawn once, here: so each fit of one trainer is the same, and a context with a seed makes the same trainers in the same order.
        _seed = options.Training.Seed ?? _host.Rand.Next();
        Columns = SetFitTransformerBase.InputColumns(options.Sentence1ColumnName);
    }

    private protected ColumnCheck Check { get; }

    private protected TextColumns Columns { get; }

    /// <summary>The model whose predictions are learned instead of labels; null: labels are.</summary>
    private protected virtual SetFitTransformerBase? Teacher => null;

    /// <summary>Trains the body on pairs of the rows that have label and text, then fits the head on their vectors.</summary>
    /// <exception cref="ArgumentException">A column is missing or has the wrong type, or options and model do not go together.</exception>
    /// <exception cref="InvalidOperationException">There are no rows with label and text, or all are of one class.</exception>
    /// <exception cref="OperationCanceledException"><see cref="TrainingOptions.CancellationToken"/> was cancelled.</exception>
    public TTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var channel = _host.Start("Training");
        var label = FindLabels(input.Schema);
        Columns.Find(input.Schema, Check);
        if (_options.ValidationSet is { } validationSet)
        {
            Columns.Find(validationSet.Schema, Check);
            CheckSameNames(label, FindLabels(validationSet.Schema));
        }

        using var files = _options.Model.Open(_options.Training.CancellationToken);
        var normalize = _options.NormalizeEmbeddings ?? SetFitConfig.ReadNormalizes(files);
        var device = Devices.Parse(_options.Training.Device);
        var body = SentenceEmbedder.Load(
            files, null, normalize, _options.TakesLengthFromModel ? null : _options.Tokenization.MaxLength, BatchSize, device);
        try
        {
            var (training, validation) = ReadSets(input, label, body, channel);
            ClassifierHead? head = null;
            AdaptedTraining.Run(body.Encoder, [], _options, _seed, "FEATURE_EXTRACTION", () => head = Train(body, device, training, validation, channel));
            return Make(new SetFitClassifier(body, head ?? FitHead(body, device, training, channel), label.Names), label);
        }
        catch
        {
            body.Dispose();
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
    private protected abstract ILabelSource FindLabels(DataViewSchema schema);

    /// <summary>Checks the label column, and gives outputs that have the shape of those to come.</summary>
    private protected abstract IReadOnlyList<DataViewSchema.DetachedColumn> OutputShape(SchemaShape input);

    private protected abstract TTransformer Make(SetFitClassifier classifier, ILabelSource label);

    /// <summary>What moves the body; the head where that trains along.</summary>
    private ClassifierHead? Train(SentenceEmbedder body, torch.Device device, ExampleSet training, ExampleSet? validation, IChannel channel)
    {
        if (_options.TrainBody)
        {
            var examples = Teacher is { } teacher ? DistillationExamples.Create(teacher, training, _options) : PairExamples.Create(training, _options);
            WarnOfPairs(training, channel);
            BodyTraining.Contrast(body, device, examples, validation is null ? null : PairExamples.Create(validation, _options), _options, _seed, channel);
        }

        return _options.Head is DifferentiableHeadOptions { EndToEnd: true } head
            ? BodyTraining.EndToEnd(body, device, training, head, _options, _seed)
            : null;
    }

    private ClassifierHead FitHead(SentenceEmbedder body, torch.Device device, ExampleSet training, IChannel channel)
    {
        var distinct = new float[training.Pool.Count * body.Dimension];
        body.Embed(training.Pool.Texts, distinct, this);
        if (Array.FindIndex(distinct, number => !float.IsFinite(number)) is >= 0 and var at)
        {
            throw new InvalidOperationException($"The vector of the text '{training.Pool.Strings[at / body.Dimension]}' in column '{_options.Sentence1ColumnName}' holds "
                + FormattableString.Invariant($"{distinct[at]}: ") + $"the weights of model '{_options.Model}' are damaged, or their training went astray.");
        }

        var vectors = new float[training.Count * body.Dimension];
        for (var i = 0; i < training.Count; i++)
            distinct.AsSpan(training.Texts[i] * body.Dimension, body.Dimension).CopyTo(vectors.AsSpan(i * body.Dimension));
        return HeadFitting.Fit(_options, training.Labels, vectors, body.Dimension, device, _seed, channel);
    }

    private (ExampleSet Training, ExampleSet? Validation) ReadSets(IDataView input, ILabelSource label, SentenceEmbedder body, IChannel channel)
    {
        var training = Read(input, label, "training set");
        Teacher?.Label(training);
        ExampleChecks.Usable(training, _options, channel, isDistilled: Teacher is not null);
        if (!_options.TrainBody)
            return (training, null);
        if (_options.ValidationSet is { } set)
        {
            var validation = Read(set, FindLabels(set.Schema), "validation set");
            Teacher?.Label(validation);
            return validation.Count > 0 ? (training, validation)
                : throw new InvalidOperationException($"The validation set has no row with text and a label in column '{_options.LabelColumnName}'.");
        }

        if (_options.ValidationFraction == 0)
            return (training, null);
        var (first, second) = RowSplit.Choose(training.Count, _options.ValidationFraction, _seed);
        return training.Split(first, second);

        ExampleSet Read(IDataView data, ILabelSource source, string name)
        {
            var text = Columns.Find(data.Schema, Check)[0];
            var examples = ExampleSet.Read(data, source, text, body.Tokenizer, body.MaxLength, _options.Training.CancellationToken);
            examples.Warn(channel, name, _options.LabelColumnName, _options.Sentence1ColumnName);
            return examples;
        }
    }

    private void WarnOfPairs(ExampleSet training, IChannel channel)
    {
        if (_options.Iterations is { } iterations && _options.Loss.Inputs.Columns.Count > 1 && Teacher is null && training.Count <= ContrastivePairs.MostTexts)
            ExampleChecks.WarnOfRepeats(training, iterations, channel);
    }

    private void CheckSameNames(ILabelSource training, ILabelSource validation)
    {
        if (training.Names.SequenceEqual(validation.Names))
            return;
        throw new ArgumentException(
            $"Column '{_options.LabelColumnName}' of '{nameof(SetFitOptions.ValidationSet)}' has other classes than the training set's. Transform the validation "
            + "set with the same fitted MapValueToKey.", nameof(SetFitOptions.ValidationSet));
    }
}
