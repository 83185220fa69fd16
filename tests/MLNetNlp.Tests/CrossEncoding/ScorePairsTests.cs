using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Tests.CrossEncoding;

[TestClass]
public sealed class ScorePairsTests
{
    private static readonly Lazy<string> Exported = new(() =>
    {
        var folder = Path.Combine(Scratch.Folder, "exported cross-encoder");
        Scored.Model.SaveToDirectory(folder);
        return folder;
    });

    [TestMethod]
    public void A_trained_cross_encoder_scores_without_training()
    {
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(Exported.Value, "config.json")))!;
        Assert.AreEqual("regression", (string?)config["problem_type"]);
        Assert.AreEqual(1, config["id2label"]!.AsObject().Count);
        Assert.AreEqual("torch.nn.modules.linear.Identity", (string?)config["sentence_transformers"]!["activation_fn"]);
        CollectionAssert.AreEqual(Scores(Scored.Model), Scores(Fit(Exported.Value)));
    }

    [TestMethod]
    [DataRow("sentence_transformers", "{\"activation_fn\": \"torch.nn.modules.activation.Sigmoid\"}", ScoreActivation.Sigmoid)]
    [DataRow("sbert_ce_default_activation_function", "\"torch.nn.modules.linear.Identity\"", ScoreActivation.Identity)]
    [DataRow("problem_type", "null", ScoreActivation.Sigmoid)]
    [DataRow("problem_type", "\"regression\"", ScoreActivation.Identity)]
    public void The_activation_is_the_one_of_sentence_transformers(string field, string value, ScoreActivation expected)
    {
        using var model = Fit(Changed(config =>
        {
            config.Remove("sentence_transformers");
            config["problem_type"] = null;
            config[field] = JsonNode.Parse(value);
        }));
        Assert.AreEqual(expected, model.Activation);
        var logits = Scores(Scored.Model);
        TestSupport.Close.AreClose(expected == ScoreActivation.Identity ? logits : [.. logits.Select(x => 1 / (1 + MathF.Exp(-x)))], Scores(model), 1e-6, "scores");
    }

    [TestMethod]
    public void A_checkpoint_that_gives_no_single_score_is_refused()
    {
        SentenceSimilarityTests.Throws<InvalidDataException>("is a BertModel, which has no score of pairs", () => Fit(TinyModel.Folder));
        SentenceSimilarityTests.Throws<InvalidDataException>("has 2 labels (a, b): it chooses one of several classes; ScorePairs needs a model with one score. ClassifyText is for this one.",
            () => Fit(Changed(config => config["id2label"] = new JsonObject { ["0"] = "a", ["1"] = "b" })));
        SentenceSimilarityTests.Throws<InvalidDataException>("has the activation 'torch.nn.modules.activation.Tanh'; Identity and Sigmoid are known.",
            () => Fit(Changed(config => config["sentence_transformers"] = new JsonObject { ["activation_fn"] = "torch.nn.modules.activation.Tanh" })));
        SentenceSimilarityTests.Throws<ArgumentOutOfRangeException>("ScorePairs: the length is 65, but model", () => Fit(Exported.Value, 65));
    }

    [TestMethod]
    public void A_zip_saved_here_scores_the_same_in_a_fresh_process()
    {
        var pairs = Scored.Pairs(3, seed: 9);
        var zip = Scratch.NewPath("pairs.zip");
        new MLContext().Model.Save(Scored.Model, Trained.Data(pairs).Schema, zip);
        var scores = FreshProcess.Run(["--scores", zip, .. pairs.SelectMany(p => new[] { p.Sentence1!, p.Sentence2! })]).GetProperty("Scores").Numbers();
        var engine = new MLContext().Model.CreatePredictionEngine<ScoredPair, PairPrediction>(Scored.Model);
        TestSupport.Close.AreClose([.. pairs.Select(p => engine.Predict(p).Score)], scores, 1e-6, "scores");
    }

    private static float[] Scores(CrossEncoderTransformer model) => [.. model.Transform(Trained.Data(Scored.Pairs(20, seed: 9))).GetColumn<float>("Score")];

    private static CrossEncoderTransformer Fit(string folder, int maxLength = 48) =>
        new MLContext().Transforms.Text.ScorePairs(PretrainedModel.FromDirectory(folder), maxLength: maxLength).Fit(Trained.Data(Scored.Pairs(1)));

    /// <summary>The exported model with another configuration.</summary>
    private static string Changed(Action<JsonObject> change)
    {
        var folder = Path.Combine(Scratch.Folder, "changed " + Guid.NewGuid());
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(Exported.Value))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var path = Path.Combine(folder, "config.json");
        var config = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        change(config);
        File.WriteAllText(path, config.ToJsonString());
        return folder;
    }
}
