using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNetNlp;
using MLNetNlp.Pipeline;

[assembly: LoadableClass(typeof(ITransformer), typeof(BinaryTextClassificationTransformer), null, typeof(SignatureLoadModel),
    "MLNetNlp binary text classification", BinaryTextClassificationTransformer.LoaderSignature)]

namespace MLNetNlp;

/// <summary>A fine-tuned binary text classifier: adds the predicted label (Boolean), the score (log-odds) and the probability that the label is true.</summary>
/// <remarks>
/// The model has two classes, false and true, as Hugging Face has it; the score is the difference of their logits.
/// Made by <see cref="BinaryTextClassificationTrainer"/> or by <c>mlContext.Model.Load</c>, which needs no registration: the model zip names this assembly.
/// </remarks>
public sealed class BinaryTextClassificationTransformer : TextClassificationTransformerBase
{
    internal const string LoaderSignature = "NlpBinaryTextClass";
    private const string ModelSignature = "NLPTXBIN";
    private readonly BinaryOutput _output;

    internal BinaryTextClassificationTransformer(TextClassifier classifier, TextColumns columns, BinaryOutput output, string labelColumnName)
        : base(classifier, columns, labelColumnName) => _output = output;

    internal override IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns(DataViewSchema input) => _output.Columns(ScoreAnnotations.NextSetId(input));

    private protected override Delegate Getter(int output, WindowScorer.NumbersOfRow logits) => BinaryOutput.Getter(output, logits);

    private protected override void SaveModel(ModelSaveContext context) =>
        Save(context, ModelSignature, Manifest(LoaderSignature, _output.PredictionColumnName, _output.ScoreColumnName) with
        {
            ProbabilityColumnName = _output.ProbabilityColumnName,
        });

    // Found by name and signature when a model zip is loaded.
    private static ITransformer Create(IHostEnvironment environment, ModelLoadContext context) =>
        ModelZip.Load(context, ModelSignature, LoaderSignature, TextClassificationJson.Default.TextClassificationManifest, (manifest, files) =>
        {
            var output = new BinaryOutput(manifest.PredictionColumnName, manifest.ScoreColumnName,
                manifest.ProbabilityColumnName ?? throw new InvalidDataException($"'{ModelManifest.FileName}' has no 'probabilityColumnName'."));
            var classifier = TextClassifier.Load(files, manifest.MaxLength, BinaryOutput.LabelNames);
            return new BinaryTextClassificationTransformer(classifier, Columns(manifest), output, manifest.LabelColumnName);
        });
}
