using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNetNlp;
using MLNetNlp.Pipeline;

[assembly: LoadableClass(typeof(ITransformer), typeof(BinarySetFitTransformer), null, typeof(SignatureLoadModel),
    "MLNetNlp binary SetFit", BinarySetFitTransformer.LoaderSignature)]

namespace MLNetNlp;

/// <summary>A binary few-shot classifier: adds the predicted label (Boolean), the score (log-odds) and the probability that the label is true.</summary>
/// <remarks>
/// Made by <see cref="BinarySetFitTrainer"/> or by <c>mlContext.Model.Load</c>, which needs no registration: the model zip names this assembly.
/// </remarks>
public sealed class BinarySetFitTransformer : SetFitTransformerBase
{
    internal const string LoaderSignature = "NlpBinarySetFit";
    private const string ModelSignature = "NLPSETFB";
    private readonly BinaryOutput _output;

    internal BinarySetFitTransformer(SetFitClassifier classifier, string sentence1ColumnName, BinaryOutput output, string labelColumnName)
        : base(classifier, sentence1ColumnName, labelColumnName) => _output = output;

    internal override IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns(DataViewSchema input) => _output.Columns(ScoreAnnotations.NextSetId(input));

    private protected override Delegate Getter(int output, WindowScorer.NumbersOfRow logits) => BinaryOutput.Getter(output, logits);

    private protected override void SaveModel(ModelSaveContext context) =>
        Save(context, ModelSignature, Manifest(LoaderSignature, _output.PredictionColumnName, _output.ScoreColumnName) with
        {
            ProbabilityColumnName = _output.ProbabilityColumnName,
        });

    // Found by name and signature when a model zip is loaded.
    private static ITransformer Create(IHostEnvironment environment, ModelLoadContext context) =>
        ModelZip.Load(context, ModelSignature, LoaderSignature, SetFitJson.Default.SetFitManifest, (manifest, files) =>
        {
            var output = new BinaryOutput(manifest.PredictionColumnName, manifest.ScoreColumnName,
                manifest.ProbabilityColumnName ?? throw new InvalidDataException($"'{ModelManifest.FileName}' has no 'probabilityColumnName'."));
            var classifier = SetFitClassifier.Load(files, manifest.MaxLength, BinaryOutput.LabelNames);
            return new BinarySetFitTransformer(classifier, manifest.Sentence1ColumnName, output, manifest.LabelColumnName);
        });
}
