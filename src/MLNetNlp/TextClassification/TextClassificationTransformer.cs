using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNetNlp;
using MLNetNlp.Pipeline;

[assembly: LoadableClass(typeof(ITransformer), typeof(TextClassificationTransformer), null, typeof(SignatureLoadModel),
    "MLNetNlp text classification", TextClassificationTransformer.LoaderSignature)]

namespace MLNetNlp;

/// <summary>A fine-tuned text classifier: adds the predicted label (key) and the score (one probability a class).</summary>
/// <remarks>
/// Made by <see cref="TextClassificationTrainer"/> or by <c>mlContext.Model.Load</c>, which needs no registration: the model zip names this assembly.
/// </remarks>
public sealed class TextClassificationTransformer : TextClassificationTransformerBase
{
    internal const string LoaderSignature = "NlpTextClassification";
    private const string ModelSignature = "NLPTXCLS";
    private readonly MulticlassOutput _output;

    internal TextClassificationTransformer(TextClassifier classifier, TextColumns columns, MulticlassOutput output, string labelColumnName)
        : base(classifier, columns, labelColumnName) => _output = output;

    internal override IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns(DataViewSchema input) => _output.Columns(ScoreAnnotations.NextSetId(input));

    private protected override Delegate Getter(int output, WindowScorer.NumbersOfRow logits) => MulticlassOutput.Getter(output, logits);

    private protected override void SaveModel(ModelSaveContext context) =>
        Save(context, ModelSignature, Manifest(LoaderSignature, _output.PredictionColumnName, _output.ScoreColumnName) with
        {
            LabelValueType = _output.ValueTypeName,
        });

    // Found by name and signature when a model zip is loaded.
    private static ITransformer Create(IHostEnvironment environment, ModelLoadContext context) =>
        ModelZip.Load(context, ModelSignature, LoaderSignature, TextClassificationJson.Default.TextClassificationManifest, (manifest, files) =>
        {
            var output = new MulticlassOutput(manifest.PredictionColumnName, manifest.ScoreColumnName, manifest.LabelNames, MulticlassOutput.ValuesOf(manifest.LabelValueType, manifest.LabelNames));
            var classifier = TextClassifier.Load(files, manifest.MaxLength, manifest.LabelNames);
            return new TextClassificationTransformer(classifier, Columns(manifest), output, manifest.LabelColumnName);
        });
}
