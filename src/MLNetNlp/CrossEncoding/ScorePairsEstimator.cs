using Microsoft.ML;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>Scores pairs of texts with a cross-encoder that has been trained already: nothing is trained, and <see cref="Fit"/> reads no row.</summary>
/// <remarks>
/// Made by <c>mlContext.Transforms.Text.ScorePairs</c>. The model is a checkpoint with one label (<c>...ForSequenceClassification</c>), as sentence-transformers'
/// <c>CrossEncoder</c> saves it and as the ms-marco rerankers are.
/// </remarks>
public sealed class ScorePairsEstimator : IEstimator<CrossEncoderTransformer>
{
    private const string Component = "ScorePairs";
    private static readonly ColumnCheck Check = new(Component);
    private static readonly ReadyCheckpoint Checkpoint = new(Component, "ForSequenceClassification", "score of pairs", "SentenceSimilarity");
    private readonly PretrainedModel _model;
    private readonly string _outputColumnName;
    private readonly TextColumns _columns;
    private readonly int? _maxLength;
    private readonly ScoreActivation? _activation;

    internal ScorePairsEstimator(PretrainedModel model, string outputColumnName, TextColumns columns, int? maxLength, ScoreActivation? activation)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(outputColumnName);
        if (maxLength is { } length)
            new TokenizationOptions { MaxLength = length }.Validate();
        if (activation is { } value && !Enum.IsDefined(value))
        {
            throw new ArgumentOutOfRangeException(nameof(activation), value,
                $"'{nameof(activation)}' is {value}; one of {string.Join(", ", Enum.GetNames<ScoreActivation>())} is needed.");
        }

        _model = model;
        _outputColumnName = outputColumnName;
        _columns = columns;
        _maxLength = maxLength;
        _activation = activation;
    }

    /// <summary>Opens the model (a hub model is downloaded at the first time) and checks the columns; the rows are not read.</summary>
    /// <exception cref="ArgumentException">A text column is missing or has the wrong type, or the length is more than the model takes.</exception>
    /// <exception cref="InvalidDataException">The model has no head of one label, or its files are wrong.</exception>
    /// <exception cref="NotSupportedException">The model's architecture is not one that is known.</exception>
    public CrossEncoderTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _columns.Find(input.Schema, Check);
        using var files = _model.Open(CancellationToken.None);
        var config = Checkpoint.Read(files, _maxLength);
        var labels = ReadyCheckpoint.Labels(config, files.Description);
        if (labels.Count != 1)
        {
            throw new InvalidDataException($"Model '{files.Description}' has {labels.Count} labels ({string.Join(", ", labels.Take(5))}): it chooses one of several classes; "
                + $"{Component} needs a model with one score. ClassifyText is for this one.");
        }

        var score = new PairScore(_activation ?? ActivationField.Read(config, files.Description), PairScore.Regression);
        return new CrossEncoderTransformer(PairScorer.Load(files, _maxLength, score), new CrossEncoderColumns(_columns, _outputColumnName, null, null));
    }

    /// <summary>The columns after <see cref="Fit"/> and transform, for data with columns of this shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        _columns.Check(inputSchema, Check);
        return Shapes.Append(inputSchema, [CrossEncoderTransformer.OutputColumn(_outputColumnName, PairScore.Regression, 1)]);
    }
}
