using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.Inference;

namespace MLNetNlp;

/// <summary>Turns each text into a vector that lies near those of texts with a like meaning.</summary>
/// <remarks>
/// In: a text column. Out: a vector of Single of known size. Made by <c>mlContext.Transforms.Text.EmbedSentences</c>. The vectors are those of Python's
/// sentence-transformers for the same folder. Reimers and Gurevych 2019, "Sentence-BERT: Sentence Embeddings using Siamese BERT-Networks".
/// </remarks>
public sealed partial class SentenceEmbeddingEstimator : IEstimator<SentenceEmbeddingTransformer>
{
    private readonly Options _options;
    private readonly IHost _host;

    internal SentenceEmbeddingEstimator(IHostEnvironment environment, Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _host = environment.Register(SentenceEmbeddingTransformer.Component);
    }

    private TextColumns Columns => SentenceEmbeddingTransformer.InputColumns(_options.InputColumnName);

    /// <summary>Loads the model. Nothing is learnt, and no row is read but to find the ranges that bytes are counted in (<see cref="Options.Precision"/>).</summary>
    /// <exception cref="ArgumentException">
    /// The text column is missing or has the wrong type, options and model do not go together, or there is no row to find ranges from.
    /// </exception>
    /// <exception cref="IOException">The model's folder is not there, or lacks a file.</exception>
    /// <exception cref="InvalidDataException">The model's folder is damaged.</exception>
    /// <exception cref="NotSupportedException">An architecture or a module that there is no code for.</exception>
    public SentenceEmbeddingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var channel = _host.Start("Loading");
        Columns.Find(input.Schema, SentenceEmbeddingTransformer.Check);
        using var files = _options.Model.Open(default);
        var embedder = SentenceEmbedder.Load(files, _options.Pooling, _options.Normalize, _options.Tokenization?.MaxLength, _options.BatchSize,
            Devices.Parse(_options.Device), _options.TruncateDimension);
        channel.Info(MessageSensitivity.None, "{0}", FormattableString.Invariant(
            $"Loaded '{files.Description}': {embedder.Dimension} numbers per text, pooling {string.Join(" + ", embedder.Pooling)}, ")
            + FormattableString.Invariant($"{(embedder.Normalizes ? "" : "not ")}normalised, {embedder.MaxLength} tokens at most."));
        try
        {
            return new SentenceEmbeddingTransformer(embedder, _options.InputColumnName, _options.OutputColumnName, Output(embedder, input));
        }
        catch
        {
            embedder.Dispose();
            throw;
        }
    }

    /// <summary>The columns after <see cref="Fit"/> and transform, for data with columns of this shape. The model is not opened for it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The text column is missing or has the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Columns.Check(inputSchema, SentenceEmbeddingTransformer.Check);

        // A shape says that the size is known, not what it is.
        return Shapes.Append(inputSchema, [SentenceEmbeddingTransformer.OutputColumn(_options.OutputColumnName, dimension: 1, _options.Precision)]);
    }

    private EmbeddingOutput Output(SentenceEmbedder embedder, IDataView input)
    {
        EmbeddingOutput.CheckDimension(_options.Precision, embedder.Dimension);
        return new EmbeddingOutput(_options.Precision,
            EmbeddingOutput.NeedsRanges(_options.Precision) ? EmbeddingRanges.Measure(embedder, Columns, input, _options.CalibrationRowCount) : null);
    }
}
