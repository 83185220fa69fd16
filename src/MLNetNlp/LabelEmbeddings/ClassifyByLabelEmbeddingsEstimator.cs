using Microsoft.ML;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.Inference;

namespace MLNetNlp;

/// <summary>Classifies texts by how near their embeddings lie to those of the labels. Nothing is trained, and <see cref="Fit"/> reads no row.</summary>
/// <remarks>
/// In: a text column. Out: the predicted label (key, with the labels as values) and the score (one probability a label: softmax of cosine over temperature).
/// Made by <c>mlContext.Transforms.Text.ClassifyByLabelEmbeddings</c>. Chang et al. 2008, "Importance of Semantic Representation: Dataless Classification".
/// </remarks>
public sealed partial class ClassifyByLabelEmbeddingsEstimator : IEstimator<ClassifyByLabelEmbeddingsTransformer>
{
    private const int BatchSize = 32;
    private readonly Options _options;

    internal ClassifyByLabelEmbeddingsEstimator(Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    private TextColumns Columns => ClassifyByLabelEmbeddingsTransformer.InputColumns(_options.InputColumnName);

    private MulticlassOutput Output => ClassifyByLabelEmbeddingsTransformer.Output(_options.PredictionColumnName, _options.ScoreColumnName, _options.Labels);

    /// <summary>Loads the model and embeds the labels.</summary>
    /// <exception cref="ArgumentException">The text column is missing or has the wrong type, or options and model do not go together.</exception>
    /// <exception cref="IOException">The model's folder is not there, or lacks a file.</exception>
    /// <exception cref="InvalidDataException">The model's folder is damaged.</exception>
    /// <exception cref="NotSupportedException">An architecture or a module that there is no code for.</exception>
    public ClassifyByLabelEmbeddingsTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Columns.Find(input.Schema, ClassifyByLabelEmbeddingsTransformer.Check);
        using var files = _options.Model.Open(CancellationToken.None);
        var embedder = SentenceEmbedder.Load(
            files, _options.Pooling, null, _options.Tokenization?.MaxLength, BatchSize, Devices.Parse(_options.Device));
        return new ClassifyByLabelEmbeddingsTransformer(
            embedder, Columns, Output, [.. _options.Labels.Select(_options.SentencesOf)], _options.Temperature);
    }

    /// <summary>The columns after <see cref="Fit"/> and transform, for data with columns of this shape. The model is not opened for it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The text column is missing or has the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Columns.Check(inputSchema, ClassifyByLabelEmbeddingsTransformer.Check);
        return Shapes.Append(inputSchema, Output.Columns(1));
    }
}
