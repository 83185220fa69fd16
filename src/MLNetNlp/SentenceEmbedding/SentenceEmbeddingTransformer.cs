using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNetNlp;
using MLNetNlp.Pipeline;

[assembly: LoadableClass(typeof(ITransformer), typeof(SentenceEmbeddingTransformer), null, typeof(SignatureLoadModel),
    "MLNetNlp sentence embedding", SentenceEmbeddingTransformer.LoaderSignature)]

namespace MLNetNlp;

/// <summary>A sentence encoder: adds a vector for each text.</summary>
/// <remarks>
/// Made by <see cref="SentenceEmbeddingEstimator"/> or by <c>mlContext.Model.Load</c>, which needs no registration: the model zip names this assembly.
/// </remarks>
public sealed class SentenceEmbeddingTransformer : RowTransformer
{
    internal const string LoaderSignature = "NlpSentenceEmbedding";
    internal const string Component = "EmbedSentences";
    private const string ModelSignature = "NLPEMBED";
    private readonly SentenceEmbedder _embedder;
    private readonly TextColumns _columns;
    private readonly EmbeddingOutput _output;

    internal SentenceEmbeddingTransformer(SentenceEmbedder embedder, string inputColumnName, string outputColumnName, EmbeddingOutput? output = null)
    {
        _output = output ?? new EmbeddingOutput(EmbeddingPrecision.Float32);
        _embedder = embedder;
        _columns = InputColumns(inputColumnName);
        OutputColumnName = outputColumnName;
    }

    /// <summary>The text column that is read.</summary>
    public string InputColumnName => _columns.First;

    /// <summary>The column of the vectors.</summary>
    public string OutputColumnName { get; }

    /// <summary>Numbers per text; bits of them go eight to a place of the column.</summary>
    public int Dimension => _embedder.Dimension;

    /// <summary>Whether the column holds whole numbers, bytes or bits.</summary>
    public EmbeddingPrecision Precision => _output.Precision;

    /// <summary>How token vectors become one; several are joined in this order.</summary>
    public IReadOnlyList<PoolingMode> Pooling => _embedder.Pooling;

    /// <summary>Whether the vectors have length 1.</summary>
    public bool Normalizes => _embedder.Normalizes;

    /// <summary>Most tokens of a text, special tokens included; what is beyond is cut off.</summary>
    public int MaxLength => _embedder.MaxLength;

    internal SentenceEmbedder Embedder => _embedder;

    internal static ColumnCheck Check { get; } = new(Component);

    /// <summary>Computes vectors outside of a pipeline: of texts at hand, in batches of like length.</summary>
    /// <param name="texts">The texts; null counts as empty.</param>
    /// <returns>A vector of <see cref="Dimension"/> numbers for each text, in their order.</returns>
    /// <exception cref="ObjectDisposedException">The transformer is disposed.</exception>
    public float[][] Embed(IReadOnlyList<string?> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ThrowIfDisposed();
        return [.. TextVectors.Of(_embedder, texts, this).Chunk(Dimension)];
    }

    /// <summary>
    /// Writes the model as a sentence-transformers folder: <c>modules.json</c>, <c>config.json</c>, <c>model.safetensors</c>, pooling and tokenizer, as
    /// Python's sentence-transformers and transformers open it.
    /// </summary>
    /// <param name="path">The folder; it is made where it is not there. Files of the same names are replaced.</param>
    /// <exception cref="ObjectDisposedException">The transformer is disposed.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void SaveToDirectory(string path) => SaveFolder(path, create => _embedder.Save(create, this));

    /// <inheritdoc/>
    public override void Dispose()
    {
        _embedder.Dispose();
        GC.SuppressFinalize(this);
    }

    internal static TextColumns InputColumns(string name) => new(name, null) { FirstOption = nameof(SentenceEmbeddingEstimator.Options.InputColumnName) };

    internal static DataViewSchema.DetachedColumn OutputColumn(
        string name, int dimension, EmbeddingPrecision precision = EmbeddingPrecision.Float32) =>
        new(name, EmbeddingOutput.Type(precision, dimension));

    internal override ModelAdaptation? Adaptation => _embedder.Adaptation;

    internal override IReadOnlyList<DataViewSchema.Column> RequiredColumns(DataViewSchema input) => _columns.Find(input, Check);

    internal override IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns(DataViewSchema input) => [OutputColumn(OutputColumnName, Dimension, Precision)];

    internal override IRowScorer CreateScorer(DataViewRow input)
    {
        ThrowIfDisposed();
        return new WindowScorer(Dimension, _columns.Reader(input, _embedder.Tokenizer, MaxLength), (texts, vectors) => _embedder.Embed(texts, vectors, this),
            (_, vector) => _output.Getter(vector));
    }

    internal override void ThrowIfDisposed() => _embedder.ThrowIfDisposed(this);

    private protected override void SaveModel(ModelSaveContext context) =>
        ModelZip.Save(context, ModelSignature, LoaderSignature, createFile => _embedder.SaveInZip(createFile, this), new SentenceEmbeddingManifest
        {
            Task = LoaderSignature,
            InputColumnName = InputColumnName,
            OutputColumnName = OutputColumnName,
            MaxLength = MaxLength,
            TruncateDimension = _embedder.TruncateDimension,
            Precision = Precision,
            Ranges = _output.Ranges,
        }, SentenceEmbeddingJson.Default.SentenceEmbeddingManifest);

    // Found by name and signature when a model zip is loaded.
    private static ITransformer Create(IHostEnvironment environment, ModelLoadContext context) =>
        ModelZip.Load(context, ModelSignature, LoaderSignature, SentenceEmbeddingJson.Default.SentenceEmbeddingManifest, (manifest, files) =>
        {
            var embedder = SentenceEmbedder.LoadSaved(files, manifest.MaxLength, manifest.TruncateDimension);
            return new SentenceEmbeddingTransformer(
                embedder, manifest.InputColumnName, manifest.OutputColumnName, EmbeddingOutput.Read(manifest, embedder));
        });
}
