using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Tests.CrossEncoding;

namespace MLNetNlp.Tests.LabelEmbeddings;

[TestClass]
public sealed class LabelEmbeddingsTests
{
    private static readonly MLContext Ml = new(1);
    private static readonly string[] Sentences = ["My goalkeeper saved the penalty and we won the cup.", "Fry the onions gently, then add garlic and stock.", "Parliament passed the tax law by two votes."];
    private static readonly string[] Labels = ["sport", "cooking", "politics"];

    [TestMethod]
    public void Classes_without_examples_are_told_by_their_names()
    {
        using var model = Ml.Transforms.Text.ClassifyByLabelEmbeddings(Labels).Fit(Data(Sentences));
        var scored = model.Transform(Data(Sentences));
        CollectionAssert.AreEqual(new uint[] { 1, 2, 3 }, scored.GetColumn<uint>("PredictedLabel").ToArray());
        foreach (var scores in scored.GetColumn<float[]>("Score"))
            Assert.AreEqual(1, scores.Sum(), 1e-5);
        var names = default(VBuffer<ReadOnlyMemory<char>>);
        scored.Schema["Score"].GetSlotNames(ref names);
        CollectionAssert.AreEqual(Labels, names.DenseValues().Select(name => name.ToString()).ToArray());
    }

    [TestMethod]
    public void Probabilities_are_softmax_of_cosines_over_the_temperature()
    {
        var options = Tiny() with { Temperature = 0.2f, Descriptions = new Dictionary<string, IReadOnlyList<string>> { ["food"] = ["soup and bread", "a recipe"] } };
        using var model = Ml.Transforms.Text.ClassifyByLabelEmbeddings(options).Fit(Data(["x"]));
        using var embedder = Ml.Transforms.Text.EmbedSentences("Features", "Text", TinyModel.Model).Fit(Data(["x"]));
        double[][] Unit(params string[] texts) => [.. TextVectors.Of(embedder.Embedder, texts, this).Chunk(32).Select(Scale)];
        var text = Unit("the team and the goal")[0];
        var food = Unit("soup and bread", "a recipe");
        double[][] labels = [Unit("all of sport")[0], Scale([.. food[0].Zip(food[1], (a, b) => (float)(a + b))])];
        var exponents = labels.Select(label => Math.Exp(label.Zip(text, (a, b) => a * b).Sum() / 0.2)).ToArray();
        var expected = exponents.Select(e => (float)(e / exponents.Sum())).ToArray();
        TestSupport.Close.AreClose(expected, model.Transform(Data(["the team and the goal"])).GetColumn<float[]>("Score").Single(), 1e-4, "probabilities");
    }

    [TestMethod]
    public void A_zip_gives_the_same_and_empty_texts_are_classified()
    {
        string?[] texts = ["the goal was late.", "", null];
        using var model = Ml.Transforms.Text.ClassifyByLabelEmbeddings(Tiny()).Fit(Data(texts));
        var zip = Scratch.NewPath("labels.zip");
        Ml.Model.Save(model, Data(texts).Schema, zip);
        var loaded = (ClassifyByLabelEmbeddingsTransformer)new MLContext().Model.Load(zip, out _);
        CollectionAssert.AreEqual(new[] { "sport", "food" }, loaded.Labels.ToArray());
        var (expected, actual) = (model.Transform(Data(texts)).GetColumn<float[]>("Score"), loaded.Transform(Data(texts)).GetColumn<float[]>("Score"));
        CollectionAssert.AreEqual(expected.SelectMany(s => s).ToArray(), actual.SelectMany(s => s).ToArray());
        Assert.IsTrue(expected.SelectMany(s => s).All(float.IsFinite));
        loaded.Dispose();
    }

    [TestMethod]
    public void A_zip_saved_here_classifies_the_same_in_a_fresh_process()
    {
        string[] texts = ["the goal was late.", "", "a recipe of soup"];
        ITransformer model = Ml.Transforms.Text.ClassifyByLabelEmbeddings(Tiny()).Append(Ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(Data(texts));
        var zip = Scratch.NewPath("labels.zip");
        Ml.Model.Save(model, Data(texts).Schema, zip);
        var engine = Ml.Model.CreatePredictionEngine<Review, TopicPrediction>(model);
        foreach (var (text, prediction) in texts.Zip(FreshProcess.Run([zip, .. texts]).GetProperty("Predictions").EnumerateArray()))
        {
            var expected = engine.Predict(new Review { Text = text });
            Assert.AreEqual(expected.PredictedLabel, prediction.GetProperty("Label").GetString());
            TestSupport.Close.AreClose(expected.Score, prediction.GetProperty("Score").Numbers(), 1e-6, text);
        }
    }

    [TestMethod]
    public void What_is_wrong_is_named()
    {
        void Throws<T>(string message, ClassifyByLabelEmbeddingsEstimator.Options options)
            where T : Exception => SentenceSimilarityTests.Throws<T>(message, () => Ml.Transforms.Text.ClassifyByLabelEmbeddings(options).Fit(Data(["x"])));

        Throws<ArgumentException>("'Labels' has 1 classes; at least two are needed.", Tiny() with { Labels = ["one"] });
        Throws<ArgumentException>("'Labels' has 'a' more than once.", Tiny() with { Labels = ["a", "b", "a"] });
        Throws<ArgumentException>("'Template' is \"About it.\", which has no {label}: all classes would be the same.", Tiny() with { Template = "About it." });
        Throws<ArgumentException>("'Descriptions' describes 'other', which is not among 'Labels'.",
            Tiny() with { Descriptions = new Dictionary<string, IReadOnlyList<string>> { ["other"] = ["x"] } });
        Throws<ArgumentOutOfRangeException>("'Temperature' is 0; a finite number above 0 is needed.", Tiny() with { Temperature = 0 });
        Throws<ArgumentOutOfRangeException>("There is no column 'Body', but ClassifyByLabelEmbeddings needs a text column for 'InputColumnName'", Tiny() with { InputColumnName = "Body" });
    }

    private static ClassifyByLabelEmbeddingsEstimator.Options Tiny() => new() { Labels = ["sport", "food"], Template = "all of {label}", Model = TinyModel.Model };

    private static IDataView Data(string?[] texts) => Trained.Data(texts.Select(text => new Review { Text = text }).ToList());

    private static double[] Scale(float[] vector)
    {
        var length = Math.Sqrt(vector.Sum(x => (double)x * x));
        return [.. vector.Select(x => x / length)];
    }
}
