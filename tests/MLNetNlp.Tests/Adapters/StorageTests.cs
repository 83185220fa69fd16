using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Tests.NamedEntityRecognition;
using MLNetNlp.Tests.SentenceEmbedding.Training;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp.Tests.Adapters;

/// <summary>What a model zip holds of a model with an adapter, and what becomes of it when it is loaded.</summary>
[TestClass]
public sealed class StorageTests
{
    [TestMethod]
    [DataRow(AdapterStorage.BaseAndAdapter)]
    [DataRow(AdapterStorage.AdapterOnly)]
    public void An_adapter_that_stays_apart_predicts_the_same_when_it_is_loaded(AdapterStorage storage)
    {
        using var model = Adapted.Train(storage);
        var zip = Adapted.Save(model);
        using var loaded = Adapted.Load(zip);
        var expected = Adapted.Scores(model);
        CollectionAssert.AreEqual(expected, Adapted.Scores(loaded));
        Assert.AreEqual(storage == AdapterStorage.BaseAndAdapter, Adapted.Names(zip).Contains("model.safetensors"));

        // What is merged computes the same; its size is the base's.
        using var merged = Adapted.Train(AdapterStorage.Merged);
        Close.AreClose(expected, Adapted.Scores(merged), 1e-5 * expected.Max(Math.Abs), "merged");
        var folder = Scratch.NewPath("plain");
        loaded.SaveToDirectory(folder);
        using var weights = SafetensorsFile.Open(Path.Combine(folder, "model.safetensors"));
        Assert.IsFalse(weights.Tensors.Keys.Any(name => name.Contains("adapter") || name.Contains("lora")));
        var options = Trained.OpinionOptions with { Model = PretrainedModel.FromDirectory(folder), Training = Trained.Training with { MaxSteps = 1, LearningRate = 1e-12 } };
        using var plain = Trained.OpinionTrainer(new MLContext(1), options).Fit(Adapted.Data);
        Close.AreClose(expected, Adapted.Scores(plain), 1e-5 * expected.Max(Math.Abs), "the folder for Python");

        // A second generation.
        using var again = Adapted.Load(Adapted.Save(loaded));
        CollectionAssert.AreEqual(expected, Adapted.Scores(again));
    }

    public static IEnumerable<object[]> UnmergeableKinds => [[new BottleneckOptions()], [new PromptTuningOptions()], [new PrefixTuningOptions()]];

    [TestMethod]
    [DynamicData(nameof(UnmergeableKinds))]
    public void Kinds_that_cannot_be_merged_stay_on_the_model(AdapterOptions kind)
    {
        foreach (var storage in (AdapterStorage?[])[null, AdapterStorage.AdapterOnly])
        {
            var options = Adapted.Options with { Adapter = kind, AdapterStorage = storage, Training = Trained.Training with { MaxSteps = 2 } };
            using var model = Trained.OpinionTrainer(new MLContext(1), options).Fit(Adapted.Data);
            var zip = Adapted.Save(model);
            Assert.AreEqual(storage is null, Adapted.Names(zip).Contains("model.safetensors"));
            using var loaded = Adapted.Load(zip);
            CollectionAssert.AreEqual(Adapted.Scores(model), Adapted.Scores(loaded));
            StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => loaded.SaveToDirectory(Scratch.NewPath("plain"))).Message, kind.GetType().Name);
            Assert.ThrowsExactly<InvalidOperationException>(() => new MLContext().Model.MergeAdapter(loaded));
        }

        var error = Assert.ThrowsExactly<ArgumentException>(() =>
            Trained.OpinionTrainer(new MLContext(1), Adapted.Options with { Adapter = kind, AdapterStorage = AdapterStorage.Merged }));
        StringAssert.Contains(error.Message, $"{kind.GetType().Name} is no change of weights and cannot be merged");
    }

    [TestMethod]
    public void An_adapter_alone_is_a_small_part_of_the_model()
    {
        using var merged = Adapted.Train(AdapterStorage.Merged);
        var (large, small) = (new FileInfo(Adapted.Save(merged)).Length, new FileInfo(Adapted.Save(Adapted.Alone)).Length);
        // The tiny model's vocabulary and settings are a good part of it.
        Assert.IsLessThan(large / 4, small);
    }

    [TestMethod]
    public void A_base_model_that_is_gone_or_another_is_named_with_how_to_point_to_it()
    {
        var folder = TinyModel.Write(Scratch.NewPath("base"));
        using var model = Adapted.Train(AdapterStorage.AdapterOnly, PretrainedModel.FromDirectory(folder));
        var zip = Adapted.Save(model);
        var moved = Scratch.NewPath("moved");
        Directory.Move(folder, moved);
        var gone = Refusal(zip);
        StringAssert.Contains(gone, $"base model '{folder}' (its weights' SHA-256 is ");
        StringAssert.Contains(gone, $"There is no model folder '{folder}'");
        StringAssert.Contains(gone, "MLNETNLP_BASE_MODELS");
        StringAssert.Contains(gone, "BaseModels.Map");

        BaseModels.Map(folder, moved);
        using (var loaded = Adapted.Load(zip))
            CollectionAssert.AreEqual(Adapted.Scores(model), Adapted.Scores(loaded));

        // The same shapes, other numbers.
        using (var files = ModelFiles.FromDirectory(moved))
        {
            var bytes = File.ReadAllBytes(Path.Combine(moved, "model.safetensors"));
            bytes[^5] ^= 1;
            File.WriteAllBytes(Path.Combine(moved, "model.safetensors"), bytes);
        }

        var other = Refusal(zip);
        StringAssert.Contains(other, $"was trained on base model '{folder}' (its weights' SHA-256 is ");
        StringAssert.Contains(other, $"but the weights of '{moved}' have SHA-256 ");
        Assert.AreEqual(2, System.Text.RegularExpressions.Regex.Matches(other, "[0-9a-f]{64}").Select(m => m.Value).Distinct().Count());
        BaseModels.Unmap(folder);
    }

    [TestMethod]
    public void The_environment_names_the_folder_above_the_base_models()
    {
        var folder = TinyModel.Write(Scratch.NewPath("environment-base"));
        using var model = Adapted.Train(AdapterStorage.AdapterOnly, PretrainedModel.FromDirectory(folder));
        var zip = Adapted.Save(model);
        var above = Scratch.NewPath("models");
        Directory.CreateDirectory(above);
        Directory.Move(folder, Path.Combine(above, "environment-base"));
        foreach (var value in (string[])[above, Path.Combine(above, "environment-base")])
        {
            Environment.SetEnvironmentVariable(BaseModels.EnvironmentVariable, value);
            try
            {
                Adapted.Load(zip).Dispose();
            }
            finally
            {
                Environment.SetEnvironmentVariable(BaseModels.EnvironmentVariable, null);
            }
        }
    }

    [TestMethod]
    public void Taggers_and_joint_models_keep_their_adapter_apart_too()
    {
        var options = TrainedTagger.TokenOptions with
        {
            Adapter = new LoraOptions { Rank = 4 },
            AdapterStorage = AdapterStorage.AdapterOnly,
            ConditionalRandomField = true,
            Training = TrainedTagger.OneStep,
        };
        var rows = Trained.Data(TaggedTexts.Make(20));
        using var tagger = TrainedTagger.Trainer(new MLContext(1), options).Fit(rows);
        var zip = Adapted.Save(tagger);
        Assert.IsFalse(Adapted.Names(zip).Contains("model.safetensors"));
        using var loaded = (NamedEntityRecognitionTransformer)new MLContext().Model.Load(zip, out _);
        CollectionAssert.AreEqual(Probabilities(tagger, rows), Probabilities(loaded, rows));
        var (before, after) = (Scratch.NewPath("ner-1"), Scratch.NewPath("ner-2"));
        tagger.SaveAdapter(before);
        loaded.SaveAdapter(after);
        CollectionAssert.AreEqual(File.ReadAllBytes(Path.Combine(before, "adapter_model.safetensors")), File.ReadAllBytes(Path.Combine(after, "adapter_model.safetensors")));
    }

    [TestMethod]
    public void Sentence_encoders_keep_their_adapter_apart_too()
    {
        var rows = Trained.Data(TrainedEmbedder.Pairs(24));
        var options = TrainedEmbedder.PairOptions with
        {
            Adapter = new LoraOptions { Rank = 4 },
            AdapterStorage = AdapterStorage.AdapterOnly,
            Training = TrainedEmbedder.PairOptions.Training with { MaxSteps = 3, LearningRate = 1e-2 },
        };
        using var model = TrainedEmbedder.Trainer(options).Fit(rows);
        var zip = Adapted.Save(model);
        Assert.IsFalse(Adapted.Names(zip).Contains("model.safetensors"));
        using var loaded = (SentenceEmbeddingTransformer)new MLContext().Model.Load(zip, out _);
        var expected = TrainedEmbedder.Vectors(model, rows);
        // Loaded models score in batches of another size.
        Close.AreClose(expected, TrainedEmbedder.Vectors(loaded, rows), 1e-5, "loaded");
        using var merged = (SentenceEmbeddingTransformer)new MLContext().Model.MergeAdapter(loaded);
        Close.AreClose(expected, TrainedEmbedder.Vectors(merged, rows), 1e-5, "merged");

        // The encoder's layers have the names that PEFT finds in an encoder without a head.
        StringAssert.StartsWith(new MLContext().Model.DescribeAdapters(loaded).Single().Parameters[0].Name, "base_model.model.encoder.layer.0.");
    }

    [TestMethod]
    public void A_base_in_four_bits_is_not_saved_but_its_adapter_is()
    {
        var options = Adapted.Options with
        {
            Adapter = new LoraOptions { Rank = 4, BaseQuantization = new() },
            AdapterStorage = AdapterStorage.AdapterOnly,
            Training = Trained.Training with { MaxSteps = 2 },
        };
        using var model = Trained.OpinionTrainer(new MLContext(1), options).Fit(Adapted.Data);
        using var loaded = Adapted.Load(Adapted.Save(model));
        var expected = Adapted.Scores(model);
        CollectionAssert.AreEqual(expected, Adapted.Scores(loaded));
        using var merged = (BinaryTextClassificationTransformer)new MLContext().Model.MergeAdapter(loaded);
        Close.AreClose(expected, Adapted.Scores(merged), 1e-5 * expected.Max(Math.Abs), "merged");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() =>
            Trained.OpinionTrainer(new MLContext(1), options with { AdapterStorage = AdapterStorage.BaseAndAdapter })).Message, "keeps the base model packed only");
    }

    [TestMethod]
    public void A_form_that_makes_no_sense_is_refused()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() =>
            Trained.OpinionTrainer(new MLContext(1), Trained.OpinionOptions with { AdapterStorage = AdapterStorage.AdapterOnly }));
        StringAssert.Contains(error.Message, "'AdapterStorage' is AdapterOnly, but 'Adapter' is not given");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() =>
            Trained.OpinionTrainer(new MLContext(1), Adapted.Options with { AdapterStorage = (AdapterStorage)7 })).Message, "'AdapterStorage' is 7; one of Merged, ");
    }

    private static string Refusal(string zip)
    {
        // ML.NET makes instances by reflection, and wraps what they throw.
        var error = Assert.Throws<Exception>(() => new MLContext().Model.Load(zip, out _));
        while (error is not BaseModelException && error.InnerException is not null)
            error = error.InnerException;
        Assert.IsInstanceOfType<BaseModelException>(error, error.ToString());
        return error.Message;
    }

    private static float[] Probabilities(ITransformer model, IDataView data) => [.. model.Transform(data).GetColumn<VBuffer<float>>("Score").SelectMany(v => v.DenseValues())];
}
