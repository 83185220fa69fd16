using Microsoft.ML;
using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Checkpoints;
using MLNetNlp.Transformers.Heads;

namespace MLNetNlp.Docs.Tests.Snippets;

/// <summary>The blocks of docs/adapters.md.</summary>
internal static class Adapters
{
    public static IEstimator<ITransformer> Train(MLContext ml)
    {
        #region train
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.TextClassification(new TextClassificationTrainer.Options
            {
                Sentence1ColumnName = "Text",
                Adapter = new LoraOptions { Rank = 8, Alpha = 16 },
                Training = new() { MaxEpochs = 3, LearningRate = 1e-3 },
            }));
        #endregion
        return pipeline;
    }

    public static LoraOptions FourBits()
    {
        #region four-bits
        LoraOptions qlora = new()
        {
            Rank = 16,
            Targets = [LoraOptions.AllLinear],
            BaseQuantization = new() { Kind = QuantizationKind.Nf4, BlockSize = 64, DoubleQuantization = true },
        };
        #endregion
        return qlora;
    }

    public static void Save(TextClassificationTransformer classifier)
    {
        #region save
        classifier.SaveAdapter("my-adapter");        // adapter_config.json and adapter_model.safetensors
        #endregion
    }

    public static void Load()
    {
        #region load
        using var files = ModelFiles.FromDirectory("base-model");
        using var model = SequenceClassificationModel.Load(files);
        using var adapterFiles = ModelFiles.FromDirectory("my-adapter");
        using var adapter = AdapterFiles.Load(model, adapterFiles);
        adapter.Merge();
        #endregion
    }
}
