using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Tests.NamedEntityRecognition;

namespace MLNetNlp.Tests.IntentAndSlots;

[TestClass]
public sealed class JointTests
{
    internal static readonly IntentAndSlotsTrainer.Options Options = new()
    {
        Sentence1ColumnName = "Tokens",
        Model = TinyModel.Model,
        Training = Trained.Training,
        Tokenization = new() { MaxLength = 32 },
    };

    private static readonly Lazy<ITransformer> Model = new(() => Pipeline(Options).Fit(Trained.Data(Commands(240, seed: 1))));

    [TestMethod]
    public void Intents_and_slots_are_learnt_together()
    {
        var commands = Commands(80, seed: 5);
        var predictions = Predict(Model.Value, commands);
        Assert.IsGreaterThan(0.95, commands.Zip(predictions).Count(p => p.First.Intent == p.Second.PredictedIntent) / 80.0);
        var tags = commands.Zip(predictions).SelectMany(p => p.First.Label.Zip(p.Second.PredictedLabel)).ToArray();
        Assert.IsGreaterThan(0.95, (double)tags.Count(t => t.First == t.Second) / tags.Length);
        foreach (var (command, prediction) in commands.Zip(predictions))
        {
            Assert.AreEqual(1, prediction.IntentScore.Sum(), 1e-5);
            for (var i = 0; i < prediction.SlotTexts.Length; i++)
                Assert.AreEqual(prediction.SlotTexts[i], string.Join(' ', command.Tokens).Substring(prediction.SlotStarts[i], prediction.SlotTexts[i].Length));
        }
    }

    [TestMethod]
    public void A_saved_joint_model_predicts_the_same_and_an_engine_agrees()
    {
        var path = Scratch.NewPath("joint.zip");
        var commands = Commands(20, seed: 6);
        new MLContext().Model.Save(Model.Value, Trained.Data(commands).Schema, path);
        var loaded = new MLContext().Model.Load(path, out _);
        var engine = new MLContext().Model.CreatePredictionEngine<Command, Prediction>(loaded);
        var (before, after) = (Predict(Model.Value, commands), Predict(loaded, commands));
        for (var i = 0; i < commands.Length; i++)
        {
            CollectionAssert.AreEqual(before[i].IntentScore, after[i].IntentScore);
            CollectionAssert.AreEqual(before[i].Score, after[i].Score);
            Assert.AreEqual(before[i].PredictedIntent, engine.Predict(commands[i]).PredictedIntent);
        }

        var empty = engine.Predict(new Command());
        Assert.AreEqual("", empty.PredictedIntent);
        CollectionAssert.AreEqual(new[] { 0.5f, 0.5f }, empty.IntentScore);
    }

    [TestMethod]
    public void Bad_columns_and_options_are_refused()
    {
        var ml = new MLContext();
        var data = Trained.Data(Commands(5, seed: 1));
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() =>
            ml.MulticlassClassification.Trainers.IntentAndSlots(Options).Fit(data)).Message,
            "Column 'Intent' is String, but IntentAndSlots needs a key column");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ml.MulticlassClassification.Trainers.IntentAndSlots(Options with { SlotLossWeight = -1 }));
        Assert.ThrowsExactly<ArgumentException>(() => ml.MulticlassClassification.Trainers.IntentAndSlots(Options with { IntentScoreColumnName = "Score" }));
    }

    internal static IEstimator<ITransformer> Pipeline(IntentAndSlotsTrainer.Options options)
    {
        var ml = new MLContext(1);
        return ml.Transforms.Conversion.MapValueToKey("Intent")
            .Append(ml.MulticlassClassification.Trainers.IntentAndSlots(options))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedIntent"))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
    }

    private static Prediction[] Predict(ITransformer model, Command[] commands) =>
        [.. new MLContext().Data.CreateEnumerable<Prediction>(model.Transform(Trained.Data(commands)), reuseRowObject: false)];

    internal static Command[] Commands(int count, int seed) => [.. TaggedTexts.Make(count, seed).Select((text, i) => new Command
    {
        Tokens = [i % 2 == 0 ? "cache" : "thread", .. text.Tokens],
        Label = ["O", .. text.Label],
        Intent = i % 2 == 0 ? "keep" : "run",
    })];

    internal sealed class Command
    {
        public string[] Tokens { get; set; } = [];

        public string[] Label { get; set; } = [];

        public string Intent { get; set; } = "";
    }

    private sealed class Prediction
    {
        public string PredictedIntent { get; set; } = "";

        public float[] IntentScore { get; set; } = [];

        public string[] PredictedLabel { get; set; } = [];

        public float[] Score { get; set; } = [];

        public string[] SlotTexts { get; set; } = [];

        public int[] SlotStarts { get; set; } = [];
    }
}
