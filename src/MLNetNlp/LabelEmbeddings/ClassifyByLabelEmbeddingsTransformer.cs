using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNetNlp;
using MLNetNlp.Pipeline;

[assembly: LoadableClass(typeof(ITransformer), typeof(ClassifyByLabelEmbeddingsTransformer), null, typeof(SignatureLoadModel),
    "MLNetNlp classification by label embeddings", ClassifyByLabelEmbeddingsTransformer.LoaderSignature)]

namespace MLNetNlp;

/// <summary>Classifies texts by how near their embeddings lie to those of the labels: adds the predicted label (key) and one probability a label.</summary>
/// <remarks>
/// Made by <see cref="ClassifyByLabelEmbeddingsEstimator"/> or by <c>mlContext.Model.Load</c>, which needs no registration: the model zip names this assembly.
/// </remarks>
public sealed class ClassifyByLabelEmbeddingsTransformer : RowTransformer
{
    internal const string LoaderSignature = "NlpLabelEmbeddings";
    private const string ModelSignature = "NLPLABEL";
    private readonly SentenceEmbedder _embedder;
    private readonly TextColumns _columns;
    private readonly MulticlassOutput _output;
    private readonly IReadOnlyList<IReadOnlyList<string>> _sentences;
    private readonly float _temperature;

    // [labels, dimension], each of length 1.
    private readonly float[] _labels;

    internal ClassifyByLabelEmbeddingsTransformer(
        SentenceEmbedder embedder, TextColumns columns, MulticlassOutput output, IReadOnlyList<IReadOnlyList<string>> sentences, float temperature)
    {
        _embedder = embedder;
        _columns = columns;
        _output = output;
        _sentences = sentences;
        _temperature = temperature;
        try
        {
            _labels = Embed();
        }
        catch
        {
            embedder.Dispose();
            throw;
        }
    }

    /// <summary>The text column that is read.</summary>
    public string InputColumnName => _columns.First;

    /// <summary>The classes, in the order of the scores.</summary>
    public IReadOnlyList<string> Labels => _output.Names;

    internal static ColumnCheck Check { get; } = new("ClassifyByLabelEmbeddings");

    /// <inheritdoc/>
    public override void Dispose()
    {
        _embedder.Dispose();
        GC.SuppressFinalize(this);
    }

    internal static TextColumns InputColumns(string name) =>
        new(name, null) { FirstOption = nameof(ClassifyByLabelEmbeddingsEstimator.Options.InputColumnName) };

    internal static MulticlassOutput Output(string prediction, string score, IReadOnlyList<string> labels) =>
        new(prediction, score, labels, KeyValues.OfText(labels));

    internal override IReadOnlyList<DataViewSchema.Column> RequiredColumns(DataViewSchema input) => _columns.Find(input, Check);

    internal override IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns(DataViewSchema input) => _output.Columns(ScoreAnnotations.NextSetId(input));

    internal override IRowScorer CreateScorer(DataViewRow input)
    {
        ThrowIfDisposed();
        return new WindowScorer(_embedder.Dimension, _columns.Reader(input, _embedder.Tokenizer, _embedder.MaxLength),
            (texts, vectors) => _embedder.Embed(texts, vectors, this), Getter);
    }

    internal override void ThrowIfDisposed() => _embedder.ThrowIfDisposed(this);

    private protected override void SaveModel(ModelSaveContext context) =>
        ModelZip.Save(context, ModelSignature, LoaderSignature, createFile => _embedder.Save(createFile, this), new LabelEmbeddingsManifest
        {
            Task = LoaderSignature,
            InputColumnName = InputColumnName,
            PredictionColumnName = _output.PredictionColumnName,
            ScoreColumnName = _output.ScoreColumnName,
            Labels = Labels,
            Sentences = _sentences,
            Temperature = _temperature,
            MaxLength = _embedder.MaxLength,
        }, LabelEmbeddingsJson.Default.LabelEmbeddingsManifest);

    private Delegate Getter(int output, WindowScorer.NumbersOfRow vector)
    {
        var logits = new float[Labels.Count];
        return MulticlassOutput.Getter(output, () =>
        {
            Compare(vector(), logits);
            return logits;
        });
    }

    /// <summary>The cosine with each label, over the temperature.</summary>
    private void Compare(ReadOnlySpan<float> vector, float[] logits)
    {
        var length = Math.Max(1e-12, Length(vector));
        for (var i = 0; i < logits.Length; i++)
        {
            var label = _labels.AsSpan(i * vector.Length, vector.Length);
            double product = 0;
            for (var j = 0; j < vector.Length; j++)
                product += (double)vector[j] * label[j];
            logits[i] = (float)(product / length / _temperature);
        }
    }

    private float[] Embed()
    {
        var dimension = _embedder.Dimension;
        var vectors = TextVectors.Of(_embedder, [.. _sentences.SelectMany(sentences => sentences)], this);
        var labels = new float[_sentences.Count * dimension];
        var at = 0;
        for (var i = 0; i < _sentences.Count; i++)
        {
            var mean = labels.AsSpan(i * dimension, dimension);
            foreach (var _ in _sentences[i])
            {
                var vector = vectors.AsSpan(dimension * at++, dimension);
                var length = Math.Max(1e-12, Length(vector));
                for (var j = 0; j < dimension; j++)
                    mean[j] += (float)(vector[j] / length);
            }

            var meanLength = Math.Max(1e-12, Length(mean));
            for (var j = 0; j < dimension; j++)
                mean[j] = (float)(mean[j] / meanLength);
        }

        return labels;
    }

    private static double Length(ReadOnlySpan<float> vector)
    {
        double squares = 0;
        foreach (var number in vector)
            squares += (double)number * number;
        return Math.Sqrt(squares);
    }

    // Found by name and signature when a model zip is loaded.
    private static ITransformer Create(IHostEnvironment environment, ModelLoadContext context) =>
        ModelZip.Load(context, ModelSignature, LoaderSignature, LabelEmbeddingsJson.Default.LabelEmbeddingsManifest, (manifest, files) =>
            new ClassifyByLabelEmbeddingsTransformer(SentenceEmbedder.LoadSaved(files, manifest.MaxLength), InputColumns(manifest.InputColumnName),
                Output(manifest.PredictionColumnName, manifest.ScoreColumnName, manifest.Labels), manifest.Sentences, manifest.Temperature));
}
