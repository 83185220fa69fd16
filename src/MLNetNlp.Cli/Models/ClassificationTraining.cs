using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace MLNetNlp.Cli.Models;

/// <summary>Puts the pipeline together and fits it. Labels of any text become keys inside it, so that the saved zip takes texts and gives texts.</summary>
internal sealed class ClassificationTraining(MLContext ml, ClassificationData data, PretrainedModel model, TrainingOptions options)
{
    private const string PredictedLabel = "PredictedLabel";

    public required int MaxLength { get; init; }

    public required FreezingOptions Freezing { get; init; }

    public AdapterOptions? Adapter { get; init; }

    public AdapterStorage? AdapterStorage { get; init; }

    public required bool BalanceClasses { get; init; }

    public ITransformer Fit()
    {
        if (data.IsBinary)
            return ml.BinaryClassification.Trainers.TextClassification(Configure<BinaryTextClassificationTrainer.Options>(new BinaryTextClassificationTrainer.Options(), data.Validation)).Fit(data.Train);

        // Classes in the order of their names, whatever the order of the rows.
        var toKey = ml.Transforms.Conversion.MapValueToKey(data.LabelColumn, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue);

        // The validation set must carry the same keys as the training set.
        var validation = data.Validation is null ? null : toKey.Fit(data.Train).Transform(data.Validation);
        return toKey
            .Append(ml.MulticlassClassification.Trainers.TextClassification(Configure<TextClassificationTrainer.Options>(new TextClassificationTrainer.Options(), validation)))
            .Append(ml.Transforms.Conversion.MapKeyToValue(PredictedLabel))
            .Fit(data.Train);
    }

    private TOptions Configure<TOptions>(TextClassificationOptions defaults, IDataView? validation)
        where TOptions : TextClassificationOptions => (TOptions)(defaults with
        {
            LabelColumnName = data.LabelColumn,
            Sentence1ColumnName = data.TextColumn,
            Sentence2ColumnName = data.Text2Column,
            Model = model,
            Training = options,
            Freezing = Freezing,
            Adapter = Adapter,
            AdapterStorage = AdapterStorage,
            Tokenization = new() { MaxLength = MaxLength },
            ClassWeights = BalanceClasses ? ClassWeights.Balanced : ClassWeights.None,
            ValidationSet = validation,
        });
}
