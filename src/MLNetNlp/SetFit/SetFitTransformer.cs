using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNetNlp;
using MLNetNlp.Pipeline;

[assembly: LoadableClass(typeof(ITransformer), typeof(SetFitTransformer), null, typeof(SignatureLoadModel),
    "MLNetNlp SetFit", SetFitTransformer.LoaderSignature)]

namespace MLNetNlp;

/// <summary>A few-shot classifier: adds the predicted label (key) and the score (one probability a class).</summary>
/// <remarks>
/// Made by <see cref="SetFitTrainer"/> or by <c>mlContext.Model.Load</c>, which needs no registration: the model zip names this assembly.
/// </remarks>
public sealed class SetFitTransformer : SetFitTransformerBase
{
    internal const string LoaderSignature = "NlpSetFit";
    private const string ModelSignature = "NLPSETFT";

    internal SetFitTransformer(SetFitClassifier classifier, string sentence1ColumnName, MulticlassOutput output, string labelColumnName)
        : base(classifier, sentence1ColumnName, labelColumnName) => Output = output;

    internal MulticlassOutput Output { get; }

    internal override IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns(DataViewSchema input) => Output.Columns(ScoreAnnotations.NextSetId(input));

    private protected override Delegate Getter(int output, WindowScorer.NumbersOfRow logits) => MulticlassOutput.Getter(output, logits);

    private protected override void SaveModel(ModelSaveContext context) =>
        Save(context, ModelSignature, Manifest(LoaderSignature, Output.PredictionColumnName, Output.ScoreColumnName) with
        {
            LabelValueType = Output.ValueTypeName,
        });

    // Found by name and signature when a model zip is loaded.
    private static ITransformer Create(IHostEnvironment environment, ModelLoadContext context) =>
        ModelZip.Load(context, ModelSignature, LoaderSignature, SetFitJson.Default.SetFitManifest, (manifest, files) =>
        {
            var values = MulticlassOutput.ValuesOf(manifest.LabelValueType, manifest.LabelNames);
            var output = new MulticlassOutput(manifest.PredictionColumnName, manifest.ScoreColumnName, manifest.LabelNames, values);
            var classifier = SetFitClassifier.Load(files, manifest.MaxLength, manifest.LabelNames);
            return new SetFitTransformer(classifier, manifest.Sentence1ColumnName, output, manifest.LabelColumnName);
        });
}
