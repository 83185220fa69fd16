using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Tests.Adapters;

/// <summary>Tiny classifiers that were trained with an adapter, each once a test run.</summary>
internal static class Adapted
{
    private static readonly Lazy<BinaryTextClassificationTransformer> LazyAlone = new(() => Train(AdapterStorage.AdapterOnly));

    /// <summary>Trained with a rank-4 LoRA over <see cref="TinyModel"/>, to be saved alone.</summary>
    public static BinaryTextClassificationTransformer Alone => LazyAlone.Value;

    public static BinaryTextClassificationTrainer.Options Options { get; } = Trained.OpinionOptions with
    {
        Adapter = new LoraOptions { Rank = 4 },
        Training = Trained.Training with { MaxEpochs = 1, LearningRate = 1e-2 },
    };

    public static IDataView Data { get; } = Trained.Data(Texts.Opinions(40));

    public static BinaryTextClassificationTransformer Train(AdapterStorage? storage, PretrainedModel? model = null, int seed = 1) =>
        Trained.OpinionTrainer(new MLContext(1), Options with
        {
            AdapterStorage = storage,
            Model = model ?? Options.Model,
            Training = Options.Training with { Seed = seed },
        }).Fit(Data);

    public static float[] Scores(ITransformer model) => [.. model.Transform(Data).GetColumn<float>("Score")];

    public static string Save(ITransformer model)
    {
        var zip = Scratch.NewPath("model.zip");
        new MLContext().Model.Save(model, Data.Schema, zip);
        return zip;
    }

    public static BinaryTextClassificationTransformer Load(string zip) => (BinaryTextClassificationTransformer)new MLContext().Model.Load(zip, out _);

    /// <summary>The names of the files in a zip, without folders.</summary>
    public static string[] Names(string zip)
    {
        using var archive = ZipFile.OpenRead(zip);
        return [.. archive.Entries.Select(entry => entry.FullName.Replace('\\', '/').Split('/')[^1])];
    }
}
