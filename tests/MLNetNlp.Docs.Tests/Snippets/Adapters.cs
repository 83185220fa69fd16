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
                Training = new() { MaxEpochs = 3 },
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

    public static IEstimator<ITransformer> Storage(MLContext ml)
    {
        #region storage
        var trainer = ml.MulticlassClassification.Trainers.TextClassification(new TextClassificationTrainer.Options
        {
            Sentence1ColumnName = "Text",
            Adapter = new LoraOptions(),
            AdapterStorage = AdapterStorage.AdapterOnly,
        });
        #endregion
        return (IEstimator<ITransformer>)trainer;
    }

    public static ITransformer Moved(MLContext ml)
    {
        #region moved
        BaseModels.Map("models/all-MiniLM-L6-v2", "/srv/models/all-MiniLM-L6-v2");     // what the adapter calls it, and where it is
        ITransformer loaded = ml.Model.Load("model.zip", out _);
        #endregion
        return loaded;
    }

    public static void Forms(MLContext ml, ITransformer model, DataViewSchema schema)
    {
        #region forms
        ITransformer merged = ml.Model.MergeAdapter(model);                  // weights of its own, as fast as any
        ITransformer apart = ml.Model.UnmergeAdapter(merged);                // over the shared base again
        ml.Model.Save(model, schema, "small.zip", AdapterStorage.AdapterOnly);
        foreach (AdapterDescription adapter in ml.Model.DescribeAdapters(model))
            Console.WriteLine($"{adapter.Kind} over {adapter.BaseModel}: {adapter.ParameterCount} numbers");
        #endregion
        _ = apart;
    }

    public static void Combine()
    {
        #region combine
        using var formal = ModelFiles.FromDirectory("adapter-formal");
        using var medical = ModelFiles.FromDirectory("adapter-medical");
        CombinedAdapter.Write([(formal, 0.7), (medical, 0.4)], AdapterCombination.Concatenation, name => File.Create(Path.Combine("adapter-both", name)));
        #endregion
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
