using Microsoft.ML;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp;

/// <summary>Classifies texts with a checkpoint that has been fine-tuned already: nothing is trained, and <see cref="Fit"/> reads no row.</summary>
/// <remarks>
/// Made by <c>mlContext.Transforms.Text.ClassifyText</c>. The classes are the checkpoint's own (<c>id2label</c> in <c>config.json</c>); the columns and the
/// model that comes of it are those of <see cref="TextClassificationTrainer"/>.
/// </remarks>
public sealed class ClassifyTextEstimator : IEstimator<TextClassificationTransformer>
{
    private const string Component = "ClassifyText";
    private static readonly ColumnCheck Check = new(Component);
    private static readonly ReadyCheckpoint Checkpoint = new(Component, "ForSequenceClassification", "classifier of texts", "TextClassification");
    private readonly PretrainedModel _model;
    private readonly string _predictionColumnName;
    private readonly string _scoreColumnName;
    private readonly TextColumns _columns;
    private readonly int? _maxLength;

    internal ClassifyTextEstimator(PretrainedModel model, string predictionColumnName, string scoreColumnName, TextColumns columns, int? maxLength)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(predictionColumnName);
        ArgumentException.ThrowIfNullOrWhiteSpace(scoreColumnName);
        if (predictionColumnName == scoreColumnName)
            throw new ArgumentException($"Prediction and score both have the output column '{scoreColumnName}'; each needs its own.", nameof(scoreColumnName));
        if (maxLength is { } length)
            new TokenizationOptions { MaxLength = length }.Validate();
        _model = model;
        _predictionColumnName = predictionColumnName;
        _scoreColumnName = scoreColumnName;
        _columns = columns;
        _maxLength = maxLength;
    }

    /// <summary>Opens the model (a hub model is downloaded at the first time) and checks the columns; the rows are not read.</summary>
    /// <exception cref="ArgumentException">A text column is missing or has the wrong type, or the length is more than the model takes.</exception>
    /// <exception cref="InvalidDataException">The model has no classifier, or one that does not choose between classes, or its files are wrong.</exception>
    /// <exception cref="NotSupportedException">The model's architecture is not one that is known.</exception>
    public TextClassificationTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _columns.Find(input.Schema, Check);
        using var files = _model.Open(CancellationToken.None);
        var labels = Labels(Checkpoint.Read(files, _maxLength), files.Description);
        var output = new MulticlassOutput(_predictionColumnName, _scoreColumnName, labels, KeyValues.OfText(labels));
        var classifier = TextClassifier.Load(files, _maxLength, labels);
        return new TextClassificationTransformer(classifier, _columns, output, TextClassificationOptions.DefaultLabelColumnName);
    }

    /// <summary>The columns after <see cref="Fit"/> and transform, for data with columns of this shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        _columns.Check(inputSchema, Check);
        string[] unknown = ["0", "1"];
        var output = new MulticlassOutput(_predictionColumnName, _scoreColumnName, unknown, KeyValues.OfText(unknown));
        return Shapes.Append(inputSchema, output.Columns(1));
    }

    private static IReadOnlyList<string> Labels(ModelConfig config, string description)
    {
        if (config.ProblemType == "multi_label_classification")
        {
            throw new InvalidDataException(
                $"Model '{description}' gives each text any number of labels ('problem_type' is \"{config.ProblemType}\"); "
                + $"{Component} chooses one of several classes.");
        }

        var labels = ReadyCheckpoint.Labels(config, description);
        return labels.Count >= 2 ? labels
            : throw new InvalidDataException($"Model '{description}' has one label only: it is a regression; {Component} chooses one of several classes.");
    }
}
