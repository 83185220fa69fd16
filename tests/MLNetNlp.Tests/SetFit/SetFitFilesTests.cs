using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Tests.SetFit;

[TestClass]
public sealed class SetFitFilesTests
{
    [TestMethod]
    public void A_zip_saved_here_predicts_the_same_in_a_fresh_process()
    {
        var ml = new MLContext(1);
        var data = Trained.Data(Texts.Reviews(24));
        var model = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.SetFit(FewShots.TopicOptions with { TrainBody = false }))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data);
        var zip = Scratch.NewPath("setfit.zip");
        ml.Model.Save(model, data.Schema, zip);
        string[] texts = ["the goal was late.", "a soup and a dessert", "", "our server and the cache"];
        var engine = ml.Model.CreatePredictionEngine<Review, TopicPrediction>(model);
        var predictions = FreshProcess.Run([zip, .. texts]).GetProperty("Predictions").EnumerateArray().ToArray();
        for (var i = 0; i < texts.Length; i++)
        {
            var expected = engine.Predict(new Review { Label = "", Text = texts[i] });
            Assert.AreEqual(expected.PredictedLabel, predictions[i].GetProperty("Label").GetString());
            TestSupport.Close.AreClose(expected.Score, predictions[i].GetProperty("Score").Numbers(), 1e-6);
        }
    }

    [TestMethod]
    public void A_binary_zip_keeps_scores()
    {
        using var model = new MLContext(1).BinaryClassification.Trainers.SetFit(new BinarySetFitTrainer.Options
        {
            Sentence1ColumnName = "Text",
            Model = TinyModel.Model,
            TrainBody = false,
            Tokenization = new() { MaxLength = 32 },
        }).Fit(Trained.Data(Texts.Opinions(16)));
        var data = Trained.Data(Texts.Opinions(8, seed: 5));
        var zip = Scratch.NewPath("binary.zip");
        new MLContext().Model.Save(model, data.Schema, zip);
        using var loaded = (BinarySetFitTransformer)new MLContext().Model.Load(zip, out _);
        CollectionAssert.AreEqual(model.Transform(data).GetColumn<float>("Probability").ToArray(), loaded.Transform(data).GetColumn<float>("Probability").ToArray());
        Assert.AreEqual(("Text", "Label"), (loaded.Sentence1ColumnName, loaded.LabelColumnName));
    }

    [TestMethod]
    public void A_folder_holds_body_head_and_configuration_and_opens_again()
    {
        var folder = Scratch.NewPath("setfit");
        FewShots.Topics.SaveToDirectory(folder);
        foreach (var name in (string[])["modules.json", "config.json", "model.safetensors", "1_Pooling/config.json", "config_setfit.json", "model_head.safetensors", "model_head.json"])
            Assert.IsTrue(File.Exists(Path.Combine(folder, name)), name);
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "config_setfit.json")));
        Assert.IsFalse(config.RootElement.GetProperty("normalize_embeddings").GetBoolean());
        CollectionAssert.AreEqual(Texts.Names, config.RootElement.GetProperty("labels").EnumerateArray().Select(l => l.GetString()).ToArray());

        using var loaded = new MLContext().MulticlassClassification.LoadSetFit(folder, "Text");
        var data = Trained.Data(Texts.Reviews(9, seed: 5));
        CollectionAssert.AreEqual(Scores(FewShots.Topics, data), Scores(loaded, data));
        var ml = new MLContext();
        var named = ml.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(loaded.Transform(data)).Transform(loaded.Transform(data));
        Assert.HasCount(9, named.GetColumn<string>("PredictedLabel").ToArray());
    }

    [TestMethod]
    public void A_pickled_head_is_never_opened_and_another_is_fitted_from_examples()
    {
        var folder = Scratch.NewPath("python");
        FewShots.Topics.SaveToDirectory(folder);
        File.Delete(Path.Combine(folder, "model_head.safetensors"));
        File.WriteAllText(Path.Combine(folder, "model_head.pkl"), "cos\nsystem\n(S'false'\ntR.");
        File.WriteAllText(Path.Combine(folder, "config_setfit.json"), """{"normalize_embeddings": true, "labels": ["a", "b", "c"]}""");
        var error = Assert.ThrowsExactly<InvalidDataException>(() => new MLContext().MulticlassClassification.LoadSetFit(folder));
        Assert.AreEqual($"The head of '{folder}' is 'model_head.pkl', a Python pickle. Opening one runs whatever code it holds, so it is never opened. The body can be "
            + "used: fit a head from a few labelled examples with the SetFit trainer, 'Model' this folder and 'TrainBody' false.", error.Message);

        using var model = FewShots.Fit(FewShots.TopicOptions with { Model = PretrainedModel.FromDirectory(folder), TrainBody = false });
        Assert.IsGreaterThan(0.9, FewShots.Accuracy(model));
        Assert.IsTrue(model.ToEmbedder().Normalizes, "config_setfit.json asks for it");
    }

    [TestMethod]
    public void A_folder_that_is_no_models_or_is_damaged_is_refused()
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => new MLContext().MulticlassClassification.LoadSetFit(TinyModel.Folder));
        StringAssert.Contains(error.Message, "has no 'model_head.safetensors' with 'model_head.json'");
        var folder = Scratch.NewPath("damaged");
        FewShots.Topics.SaveToDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "model_head.json"), """{"type": "Forest"}""");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => new MLContext().MulticlassClassification.LoadSetFit(folder)).Message,
            "has a head of type 'Forest', which is not known.");
        File.WriteAllText(Path.Combine(folder, "model_head.json"),
            """{"type": "LogisticRegression", "in_features": 16, "out_features": 3, "divisor": 1, "multi_label": false, "labels": ["a", "b", "c"]}""");
        Assert.ThrowsExactly<InvalidDataException>(() => new MLContext().MulticlassClassification.LoadSetFit(folder));
    }

    private static float[] Scores(ITransformer model, IDataView data) => [.. model.Transform(data).GetColumn<float[]>("Score").SelectMany(s => s)];
}
