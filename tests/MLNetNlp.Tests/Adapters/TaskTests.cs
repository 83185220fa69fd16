using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Tests.CrossEncoding;
using MLNetNlp.Tests.IntentAndSlots;
using MLNetNlp.Tests.SetFit;

namespace MLNetNlp.Tests.Adapters;

/// <summary>Adapter-alone zips of every further task: they hold no weights of the base model, and predict as the model that was saved.</summary>
[TestClass]
public sealed class TaskTests
{
    private static readonly LoraOptions Lora = new() { Rank = 4 };
    private static readonly TrainingOptions Short = Trained.Training with { MaxSteps = 3, LearningRate = 1e-2 };

    [TestMethod]
    public void Intents_and_slots()
    {
        var data = Trained.Data(JointTests.Commands(40, seed: 1));
        ITransformer model = JointTests.Pipeline(JointTests.Options with { Adapter = Lora, AdapterStorage = AdapterStorage.AdapterOnly, Training = Short }).Fit(data);
        RoundTrip(model, data, "IntentScore", "Score");
    }

    [TestMethod]
    [DataRow(typeof(LogisticRegressionHeadOptions))]
    [DataRow(typeof(DifferentiableHeadOptions))]
    public void SetFit_with_its_head(Type head)
    {
        using var model = FewShots.Fit(FewShots.TopicOptions with
        {
            Adapter = Lora,
            AdapterStorage = AdapterStorage.AdapterOnly,
            Training = FewShots.Training with { MaxSteps = 3 },
            Head = (SetFitHeadOptions)Activator.CreateInstance(head)!,
        });
        var data = FewShots.Keyed(Texts.Reviews(9, seed: 5));
        RoundTrip(model, data, "Score");

        // The body goes its own way, with the adapter.
        RoundTrip(model.ToEmbedder("Vector"), data, "Vector");
    }

    [TestMethod]
    public void SetFit_with_an_adapter_that_cannot_be_merged_or_is()
    {
        var data = FewShots.Keyed(Texts.Reviews(9, seed: 5));
        foreach (var adapter in (AdapterOptions[])[new BottleneckOptions(), Lora])
        {
            using var model = FewShots.Fit(FewShots.TopicOptions with { Adapter = adapter, Training = FewShots.Training with { MaxSteps = 3 } });
            using var loaded = (SetFitTransformer)new MLContext().Model.Load(Adapted.Save(model), out _);
            using var again = (SetFitTransformer)new MLContext().Model.Load(Adapted.Save(loaded), out _);
            Close.AreClose(Values(model, data, "Score"), Values(again, data, "Score"), 1e-5, "a second generation");
            var folder = Scratch.NewPath("adapter");
            again.SaveAdapter(folder);
            Assert.IsFalse(File.Exists(Path.Combine(folder, "model_head.safetensors")), "SetFit's head is not the adapter's");
        }
    }

    [TestMethod]
    public void SetFit_end_to_end_of_two_classes_and_of_several_labels()
    {
        var head = new DifferentiableHeadOptions { EndToEnd = true, MaxEpochs = 1 };
        using var binary = new MLContext(1).BinaryClassification.Trainers.SetFit(new BinarySetFitTrainer.Options
        {
            Sentence1ColumnName = "Text",
            Model = TinyModel.Model,
            TrainBody = false,
            Head = head,
            Adapter = Lora,
            AdapterStorage = AdapterStorage.AdapterOnly,
            Tokenization = new() { MaxLength = 32 },
        }).Fit(Trained.Data(Texts.Opinions(16)));
        RoundTrip(binary, Trained.Data(Texts.Opinions(8, seed: 5)), "Score");
        using var several = new MLContext(1).MulticlassClassification.Trainers.MultiLabelSetFit(new MultiLabelSetFitTrainer.Options
        {
            Sentence1ColumnName = "Text",
            Model = TinyModel.Model,
            TrainBody = false,
            Head = head,
            Adapter = Lora,
            AdapterStorage = AdapterStorage.AdapterOnly,
            Tokenization = new() { MaxLength = 32 },
        }).Fit(Trained.Data(Labelled(16)));
        RoundTrip(several, Trained.Data(Labelled(8)), "Score");
    }

    [TestMethod]
    public void Similarity_of_sentences()
    {
        var data = Trained.Data(Scored.Pairs(40));
        using var model = Scored.Trainer(Scored.Options with { Adapter = Lora, AdapterStorage = AdapterStorage.AdapterOnly, Training = Short }).Fit(data);
        RoundTrip(model, data, "Score");
    }

    [TestMethod]
    public void Rankings()
    {
        var ml = new MLContext(1);
        var data = Trained.Data(Scored.Rankings(10));
        ITransformer model = ml.Transforms.Conversion.MapValueToKey("GroupId", "Query").Append(ml.Ranking.Trainers.CrossEncoder(new CrossEncoderTrainer.Options
        {
            Model = TinyModel.Model,
            Adapter = Lora,
            AdapterStorage = AdapterStorage.AdapterOnly,
            Training = Short,
            Tokenization = new() { MaxLength = 48 },
        })).Fit(data);
        RoundTrip(model, data, "Score");
    }

    private static void RoundTrip(ITransformer model, IDataView data, params string[] columns)
    {
        var ml = new MLContext();
        var zip = Adapted.Save(model);
        Assert.IsFalse(Adapted.Names(zip).Contains("model.safetensors"), string.Join(", ", Adapted.Names(zip)));
        Assert.AreEqual(AdapterStorage.AdapterOnly, ml.Model.DescribeAdapters(model).Single().Storage);
        var loaded = ml.Model.Load(zip, out _);
        var again = ml.Model.Load(Adapted.Save(loaded), out _);
        var merged = ml.Model.MergeAdapter(loaded);
        foreach (var column in columns)
        {
            var expected = Values(model, data, column);
            Close.AreClose(expected, Values(loaded, data, column), 1e-5, column);
            Close.AreClose(expected, Values(again, data, column), 1e-5, column + " of a second generation");
            Close.AreClose(expected, Values(merged, data, column), 1e-4 * Math.Max(1, expected.Max(Math.Abs)), column + " of merged weights");
        }

        var folder = Scratch.NewPath("adapter");
        ml.Model.ExportAdapter(loaded, folder);
        Assert.IsTrue(File.Exists(Path.Combine(folder, "adapter_model.safetensors")));
    }

    private static float[] Values(ITransformer model, IDataView data, string column)
    {
        var scored = model.Transform(data);
        return scored.Schema[column].Type is VectorDataViewType
            ? [.. scored.GetColumn<VBuffer<float>>(column).SelectMany(v => v.DenseValues())]
            : [.. scored.GetColumn<float>(column)];
    }

    private static IEnumerable<Several> Labelled(int count) =>
        Texts.Opinions(count).Select((row, i) => new Several { Text = row.Text, Label = [row.Label, i % 3 == 0] }).ToArray();

    private sealed class Several
    {
        public string? Text { get; set; }

        [VectorType(2)]
        public bool[] Label { get; set; } = [];
    }
}
