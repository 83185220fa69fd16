using Microsoft.ML;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>What the SetFit transformers share: texts to logits, the body alone, and how they are saved.</summary>
public abstract class SetFitTransformerBase : RowTransformer
{
    internal const string Component = "SetFit";
    private readonly TextColumns _columns;

    private protected SetFitTransformerBase(SetFitClassifier classifier, string sentence1ColumnName, string labelColumnName)
    {
        Classifier = classifier;
        _columns = InputColumns(sentence1ColumnName);
        LabelColumnName = labelColumnName;
    }

    /// <summary>The text column that is read.</summary>
    public string Sentence1ColumnName => _columns.First;

    /// <summary>The label column that the model was trained on. It is not needed for predictions.</summary>
    public string LabelColumnName { get; }

    /// <summary>The classes or labels as text, in the order of the scores.</summary>
    public IReadOnlyList<string> LabelValues => Classifier.LabelNames;

    internal static ColumnCheck Check { get; } = new(Component);

    internal SetFitClassifier Classifier { get; }

    /// <summary>
    /// The trained body as a sentence embedder: vectors that lie near for texts of one class, for any other trainer of ML.NET as head, for search or clustering.
    /// </summary>
    /// <param name="outputColumnName">Output column of the vectors.</param>
    /// <param name="inputColumnName">Text column; null: <see cref="Sentence1ColumnName"/>.</param>
    /// <returns>A transformer that shares this one's weights: disposing one of the two disposes both.</returns>
    /// <exception cref="ObjectDisposedException">The transformer is disposed.</exception>
    public SentenceEmbeddingTransformer ToEmbedder(string outputColumnName = "Features", string? inputColumnName = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(outputColumnName);
        ThrowIfDisposed();
        return new SentenceEmbeddingTransformer(Classifier.Body, inputColumnName ?? Sentence1ColumnName, outputColumnName);
    }

    /// <summary>The texts that are most worth labelling next: the model is undecided about them, and they differ from each other.</summary>
    /// <param name="unlabelled">Data with the text column <see cref="Sentence1ColumnName"/>. Empty and repeated texts are passed over.</param>
    /// <param name="count">How many are wanted; fewer come when there are fewer.</param>
    /// <returns>The texts, the most worthwhile first.</returns>
    /// <remarks>
    /// Out of the ten times as many texts with the smallest lead of the likeliest class, one after the other is taken: the one with the largest product of
    /// uncertainty and cosine distance to the nearest one taken.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The text column is missing or has the wrong type, or <paramref name="count"/> is below 1.</exception>
    public IReadOnlyList<SuggestedExample> SuggestExamples(IDataView unlabelled, int count)
    {
        ArgumentNullException.ThrowIfNull(unlabelled);
        if (count < 1)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"'{nameof(count)}' is {count}; 1 or more is needed.");
        ThrowIfDisposed();
        var column = _columns.Find(unlabelled.Schema, Check)[0];
        var texts = new Dictionary<string, long>(StringComparer.Ordinal);
        using (var cursor = unlabelled.GetRowCursor([column]))
        {
            var getter = cursor.GetGetter<ReadOnlyMemory<char>>(column);
            ReadOnlyMemory<char> value = default;
            for (long row = 0; cursor.MoveNext(); row++)
            {
                getter(ref value);
                if (!value.Span.IsWhiteSpace())
                    texts.TryAdd(value.ToString(), row);
            }
        }

        string[] all = [.. texts.Keys];
        var (vectors, width) = EmbedTexts(all);
        var probabilities = all.Select((_, i) => ProbabilitiesOf(vectors.AsSpan(i * width, width))).ToArray();
        var uncertainties = Array.ConvertAll(probabilities, p => ExampleSuggestion.Uncertainty(p, Classifier.Head.HasSeveralLabels));
        return [.. ExampleSuggestion.Choose(uncertainties, vectors, width, count)
            .Select(i => new SuggestedExample(texts[all[i]], all[i], uncertainties[i], probabilities[i]))];
    }

    /// <summary>
    /// Writes the model as a folder: the body as sentence-transformers opens it, <c>config_setfit.json</c>, and the head as <c>model_head.safetensors</c> with
    /// <c>model_head.json</c>.
    /// </summary>
    /// <param name="path">The folder; it is made where it is not there. Files of the same names are replaced.</param>
    /// <exception cref="ObjectDisposedException">The transformer is disposed.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void SaveToDirectory(string path) => SaveFolder(path, create => Classifier.Save(create, this));

    /// <inheritdoc/>
    public override void Dispose()
    {
        Classifier.Dispose();
        GC.SuppressFinalize(this);
    }

    internal sealed override ModelAdaptation? Adaptation => Classifier.Body.Adaptation;

    internal static TextColumns InputColumns(string name) => new(name, null);

    internal sealed override IReadOnlyList<DataViewSchema.Column> RequiredColumns(DataViewSchema input) => _columns.Find(input, Check);

    internal sealed override IRowScorer CreateScorer(DataViewRow input)
    {
        ThrowIfDisposed();
        return new WindowScorer(Classifier.Head.Outputs, _columns.Reader(input, Classifier.Tokenizer, Classifier.Body.MaxLength),
            (texts, logits) => Classifier.Score(texts, logits, this), Getter);
    }

    internal sealed override void ThrowIfDisposed() => Classifier.Body.ThrowIfDisposed(this);

    /// <summary>The body's vectors of some texts, [texts, width], row by row.</summary>
    internal (float[] Vectors, int Width) EmbedTexts(IReadOnlyList<string> texts)
    {
        ThrowIfDisposed();
        return (TextVectors.Of(Classifier.Body, texts, this), Classifier.Body.Dimension);
    }

    private float[] ProbabilitiesOf(ReadOnlySpan<float> vector)
    {
        var values = new float[Classifier.Head.Outputs];
        Classifier.Head.Score(vector, values);
        if (Classifier.Head.HasSeveralLabels)
            return Array.ConvertAll(values, Probabilities.Sigmoid);
        Probabilities.Softmax([.. values], values);
        return values;
    }

    /// <summary>Gives examples the labels that this model predicts.</summary>
    internal void Label(ExampleSet examples)
    {
        var (vectors, width) = EmbedTexts(examples.Pool.Strings);
        var logits = new float[Classifier.Head.Outputs];
        examples.Relabel(text =>
        {
            Classifier.Head.Score(vectors.AsSpan(text * width, width), logits);
            return logits;
        });
    }

    /// <summary>The getter of an output, from the logits of the row that is current when it is called.</summary>
    private protected abstract Delegate Getter(int output, WindowScorer.NumbersOfRow logits);

    private protected SetFitManifest Manifest(string task, string predictionColumnName, string scoreColumnName) => new()
    {
        Task = task,
        Sentence1ColumnName = Sentence1ColumnName,
        LabelColumnName = LabelColumnName,
        PredictionColumnName = predictionColumnName,
        ScoreColumnName = scoreColumnName,
        MaxLength = Classifier.Body.MaxLength,
        LabelNames = Classifier.LabelNames,
    };

    private protected void Save(ModelSaveContext context, string modelSignature, SetFitManifest manifest) =>
        ModelZip.Save(context, modelSignature, manifest.Task, createFile => Classifier.SaveInZip(createFile, this), manifest, SetFitJson.Default.SetFitManifest);
}
