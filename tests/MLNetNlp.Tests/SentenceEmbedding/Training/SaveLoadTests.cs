using Microsoft.ML;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp.Tests.SentenceEmbedding.Training;

/// <summary>Trained embeddings in a zip, and their adapters.</summary>
[TestClass]
public sealed class SaveLoadTests
{
    private static readonly SentenceEmbeddingTrainer.Options Options = TrainedEmbedder.PairOptions with
    {
        InputColumnName = "Text",
        Normalize = true,
        Training = TrainedEmbedder.PairOptions.Training with { MaxSteps = 3 },
    };

    [TestMethod]
    public void A_trained_zip_embeds_the_same_in_a_fresh_process()
    {
        using var model = TrainedEmbedder.Trainer(Options).Fit(Trained.Data(TrainedEmbedder.Pairs(48)));
        Assert.AreEqual("Text", model.InputColumnName);
        string[] texts = ["my team saw a late goal", "", "garlic soup!"];
        var data = Trained.Data(texts.Select(text => new Review { Text = text }));
        var zip = Scratch.NewPath("trained.zip");
        new MLContext().Model.Save(model, data.Schema, zip);
        var line = FreshProcess.Run(["--vectors", zip, .. texts]);
        var engine = new MLContext().Model.CreatePredictionEngine<Review, Embedded.Vector>(model);
        foreach (var (text, vector) in texts.Zip(line.GetProperty("Vectors").EnumerateArray()))
            CollectionAssert.AreEqual(engine.Predict(new Review { Text = text }).Features, vector.Numbers());
    }

    [TestMethod]
    public void An_adapter_is_merged_and_travels_with_the_zip()
    {
        using var model = TrainedEmbedder.Trainer(Options with { Adapter = new LoraOptions { Rank = 2 } }).Fit(Trained.Data(TrainedEmbedder.Pairs(48)));
        var data = Trained.Data(Texts.Reviews(6));
        var (zip, before, after) = (Scratch.NewPath("adapter.zip"), Scratch.NewPath("adapter-1"), Scratch.NewPath("adapter-2"));
        new MLContext().Model.Save(model, data.Schema, zip);
        using var loaded = (SentenceEmbeddingTransformer)new MLContext().Model.Load(zip, out _);
        CollectionAssert.AreEqual(TrainedEmbedder.Vectors(model, data), TrainedEmbedder.Vectors(loaded, data));
        CollectionAssert.AreNotEqual(TrainedEmbedder.Vectors(Embedded.Tiny, data), TrainedEmbedder.Vectors(model, data));

        model.SaveAdapter(before);
        loaded.SaveAdapter(after);
        foreach (var name in new[] { "adapter_config.json", "adapter_model.safetensors" })
            CollectionAssert.AreEqual(File.ReadAllBytes(Path.Combine(before, name)), File.ReadAllBytes(Path.Combine(after, name)), name);
        StringAssert.Contains(File.ReadAllText(Path.Combine(before, "adapter_config.json")), "\"task_type\": \"FEATURE_EXTRACTION\"");
        using var weights = SafetensorsFile.Open(Path.Combine(before, "adapter_model.safetensors"));
        Assert.HasCount(8, weights.Tensors);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => Embedded.Tiny.SaveAdapter(before)).Message, "trained as a whole");
    }
}
