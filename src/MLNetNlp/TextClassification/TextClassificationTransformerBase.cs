using Microsoft.ML;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>What the multiclass and the binary text classification transformer share: texts to logits, and how they are saved.</summary>
public abstract class TextClassificationTransformerBase : RowTransformer
{
    private protected const string Component = "TextClassification";
    private static readonly ColumnCheck Check = new(Component);
    private readonly TextColumns _columns;

    private protected TextClassificationTransformerBase(TextClassifier classifier, TextColumns columns, string labelColumnName)
    {
        Classifier = classifier;
        _columns = columns;
        LabelColumnName = labelColumnName;
    }

    /// <summary>The text column that is read.</summary>
    public string Sentence1ColumnName => _columns.First;

    /// <summary>The column with the second text of a pair; null where single texts are classified.</summary>
    public string? Sentence2ColumnName => _columns.Second;

    /// <summary>The label column that the model was trained on. It is not needed for predictions.</summary>
    public string LabelColumnName { get; }

    /// <summary>The classes as text, in the order of the model's logits: the label's values.</summary>
    public IReadOnlyList<string> LabelValues => Classifier.LabelNames;

    private protected TextClassifier Classifier { get; }

    /// <summary>
    /// Writes the model as a Hugging Face folder: <c>config.json</c>, <c>model.safetensors</c> and the tokenizer's files, as Python's transformers opens them.
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

    internal sealed override ModelAdaptation? Adaptation => Classifier.Adaptation;

    internal sealed override IReadOnlyList<DataViewSchema.Column> RequiredColumns(DataViewSchema input) => _columns.Find(input, Check);

    internal sealed override IRowScorer CreateScorer(DataViewRow input)
    {
        ThrowIfDisposed();
        return new WindowScorer(Classifier.LabelCount, _columns.Reader(input, Classifier.Tokenizer, Classifier.MaxLength),
            (texts, logits) => Classifier.Score(texts, logits, this), Getter);
    }

    internal sealed override void ThrowIfDisposed() => Classifier.ThrowIfDisposed(this);

    /// <summary>The getter of an output, from the logits of the row that is current when it is called.</summary>
    private protected abstract Delegate Getter(int output, WindowScorer.NumbersOfRow logits);

    private protected TextClassificationManifest Manifest(string task, string predictionColumnName, string scoreColumnName) => new()
    {
        Task = task,
        Sentence1ColumnName = _columns.First,
        Sentence2ColumnName = _columns.Second,
        LabelColumnName = LabelColumnName,
        PredictionColumnName = predictionColumnName,
        ScoreColumnName = scoreColumnName,
        MaxLength = Classifier.MaxLength,
        LabelNames = Classifier.LabelNames,
    };

    private protected void Save(ModelSaveContext context, string modelSignature, TextClassificationManifest manifest) =>
        ModelZip.Save(context, modelSignature, manifest.Task, createFile => Classifier.SaveInZip(createFile, this), manifest,
            TextClassificationJson.Default.TextClassificationManifest);

    /// <summary>The columns that a manifest names.</summary>
    private protected static TextColumns Columns(TextClassificationManifest manifest) => new(manifest.Sentence1ColumnName, manifest.Sentence2ColumnName);
}
