using Microsoft.ML;
using MLNetNlp.Metrics.Tagging;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp;

/// <summary>Tags words and finds entities with a checkpoint that has been fine-tuned already: nothing is trained, and <see cref="Fit"/> reads no row.</summary>
/// <remarks>
/// Made by <c>mlContext.Transforms.Text.RecognizeEntities</c>. The tags are the checkpoint's own (<c>id2label</c> in <c>config.json</c>); the columns and the
/// model that comes of it are those of <see cref="NamedEntityRecognitionTrainer"/>.
/// </remarks>
public sealed class RecognizeEntitiesEstimator : IEstimator<NamedEntityRecognitionTransformer>
{
    private const string Component = "RecognizeEntities";
    private static readonly ColumnCheck Check = new(Component);
    private static readonly ReadyCheckpoint Checkpoint = new(Component, "ForTokenClassification", "classifier of tokens", "NamedEntityRecognition");
    private readonly PretrainedModel _model;
    private readonly SentenceColumn _column;
    private readonly int? _maxLength;
    private readonly Func<TagSet, TagOutput> _output;

    internal RecognizeEntitiesEstimator(PretrainedModel model, string sentence1ColumnName, int? maxLength, Func<TagSet, TagOutput> output)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(sentence1ColumnName);
        if (maxLength is { } length)
            new TokenizationOptions { MaxLength = length }.Validate();
        _model = model;
        _column = new SentenceColumn(sentence1ColumnName);
        _maxLength = maxLength;
        _output = output;
        CheckNames();
    }

    /// <summary>Opens the model (a hub model is downloaded at the first time) and checks the column; the rows are not read.</summary>
    /// <exception cref="ArgumentException">The column is missing or has the wrong type, or the length is more than the model takes.</exception>
    /// <exception cref="InvalidDataException">The model has no classifier of tokens, its tags are of no scheme, or its files are wrong.</exception>
    /// <exception cref="NotSupportedException">The model's architecture is not one that is known.</exception>
    public NamedEntityRecognitionTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _column.Find(input.Schema, Check);
        using var files = _model.Open(CancellationToken.None);
        var config = Checkpoint.Read(files, _maxLength);
        var labels = ReadyCheckpoint.Labels(config, files.Description);
        var tags = new TagSet(labels, KeyValues.OfText(labels), labels.Count, Scheme(labels, files));
        var windows = new TokenizationOptions { MaxLength = _maxLength ?? config.MaxSequenceLength };
        var settings = new TagSettings(
            _column.Name, WordTaggingOptions.DefaultLabelColumnName, WordBoundaries.Tokenizer, windows.MaxLength, windows.StrideOrDefault);
        return new NamedEntityRecognitionTransformer(TokenTagger.Load(files, labels), settings, _output(tags));
    }

    /// <summary>The columns after <see cref="Fit"/> and transform, for data with columns of this shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or has the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        _column.Check(inputSchema, Check);
        return Shapes.Append(inputSchema, Placeholder().Columns(1));
    }

    private static TagScheme Scheme(IReadOnlyList<string> labels, ModelFiles files)
    {
        try
        {
            return TagSchemes.DetectFromNames(labels);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"Model '{files.Description}': the tags in 'id2label' do not say how they spell entities: {e.Message}", e);
        }
    }

    private TagOutput Placeholder() => _output(new TagSet(["0", "1"], KeyValues.OfText(["0", "1"]), 2, TagScheme.Plain));

    private void CheckNames()
    {
        var output = Placeholder();
        ArgumentException.ThrowIfNullOrWhiteSpace(output.EntityColumnPrefix, "entityColumnPrefix");
        string[] names = [output.PredictionColumnName, output.ScoreColumnName, .. TagOutput.EntityColumnNames(output.EntityColumnPrefix)];
        foreach (var name in names)
            ArgumentException.ThrowIfNullOrWhiteSpace(name, "outputColumnName");
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { Key: var twice })
            throw new ArgumentException($"{Component}: two outputs have the column name '{twice}'; each needs its own.", nameof(output));
        if (!Enum.IsDefined(output.Aggregation))
            throw new ArgumentOutOfRangeException(nameof(output), output.Aggregation, $"{Component}: there is no aggregation {output.Aggregation}.");
    }
}
