using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace MLNetNlp.Cli.Models;

/// <summary>Puts the pipeline together. Labels of any text become keys inside it, so that the saved zip takes texts and gives texts.</summary>
internal static class SetFitTraining
{
    /// <summary>The pipeline for rows whose label is text, or Boolean with <paramref name="binary"/>.</summary>
    public static IEstimator<ITransformer> Pipeline(MLContext ml, SetFitChoice choice, string text, string label, bool binary) => binary
        ? ml.BinaryClassification.Trainers.SetFit(choice.Configure(new BinarySetFitTrainer.Options(), text, label))
        : ml.Transforms.Conversion.MapValueToKey(label, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(ml.MulticlassClassification.Trainers.SetFit(choice.Configure(new SetFitTrainer.Options(), text, label)))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
}
