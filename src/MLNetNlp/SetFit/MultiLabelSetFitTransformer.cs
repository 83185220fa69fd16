using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNetNlp;
using MLNetNlp.Pipeline;

[assembly: LoadableClass(typeof(ITransformer), typeof(MultiLabelSetFitTransformer), null, typeof(SignatureLoadModel),
    "MLNetNlp multi-label SetFit", MultiLabelSetFitTransformer.LoaderSignature)]

namespace MLNetNlp;

/// <summary>A few-shot classifier of texts with any number of labels: adds which labels are predicted, and the probability of each.</summary>
/// <remarks>
/// A label is predicted where its probability is above one half. Made by <see cref="MultiLabelSetFitTrainer"/> or by <c>mlContext.Model.Load</c>, which needs no
/// registration: the model zip names this assembly.
/// </remarks>
public sealed class MultiLabelSetFitTransformer : SetFitTransformerBase
{
    internal const string LoaderSignature = "NlpMultiLabelSetFit";
    private const string ModelSignature = "NLPSETFM";
    private readonly MultiLabelOutput _output;

    internal MultiLabelSetFitTransformer(SetFitClassifier classifier, string sentence1ColumnName, MultiLabelOutput output, string labelColumnName)
        : base(classifier, sentence1ColumnName, labelColumnName) => _output = output;

    internal override IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns(DataViewSchema input) => _output.Columns();

    private protected override Delegate Getter(int output, WindowScorer.NumbersOfRow logits) => output == MultiLabelOutput.PredictionIndex
        ? (ValueGetter<VBuffer<bool>>)((ref VBuffer<bool> value) => Fill(ref value, logits(), logit => logit > 0))
        : (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => Fill(ref value, logits(), Probabilities.Sigmoid));

    private protected override void SaveModel(ModelSaveContext context) =>
        Save(context, ModelSignature, Manifest(LoaderSignature, _output.PredictionColumnName, _output.ScoreColumnName));

    private static void Fill<T>(ref VBuffer<T> value, ReadOnlySpan<float> logits, Func<float, T> of)
    {
        var editor = VBufferEditor.Create(ref value, logits.Length);
        for (var i = 0; i < logits.Length; i++)
            editor.Values[i] = of(logits[i]);
        value = editor.Commit();
    }

    // Found by name and signature when a model zip is loaded.
    private static ITransformer Create(IHostEnvironment environment, ModelLoadContext context) =>
        ModelZip.Load(context, ModelSignature, LoaderSignature, SetFitJson.Default.SetFitManifest, (manifest, files) =>
        {
            var classifier = SetFitClassifier.Load(files, manifest.MaxLength, manifest.LabelNames);
            var output = new MultiLabelOutput(manifest.PredictionColumnName, manifest.ScoreColumnName, manifest.LabelNames);
            return new MultiLabelSetFitTransformer(classifier, manifest.Sentence1ColumnName, output, manifest.LabelColumnName);
        });
}
