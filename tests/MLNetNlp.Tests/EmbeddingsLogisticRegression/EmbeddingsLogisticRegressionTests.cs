using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Pipeline;
using MLNetNlp.Tests.SentenceEmbedding;
using MLNetNlp.Tests.SetFit;
using MLNetNlp.Transformers.LinearModels;

namespace MLNetNlp.Tests.EmbeddingsLogisticRegression;

[TestClass]
public sealed class EmbeddingsLogisticRegressionTests
{
    private static readonly EmbeddingsLogisticRegressionTrainer.Options Options = new() { Sentence1ColumnName = "Text", Model = TinyModel.Model, Device = "cpu" };

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void It_is_logistic_regression_on_the_vectors_of_EmbedSentences(bool changed)
    {
        var rows = Texts.Reviews(31);
        var options = changed ? Options with { C = 0.2, Normalize = true, ClassWeights = ClassWeights.Balanced, Tokenization = new() { MaxLength = 9 } } : Options;
        using var model = Fit(options, rows);
        using var embedder = Embedded.Estimator(new MLContext(), Embedded.Options with { Normalize = options.Normalize, Tokenization = options.Tokenization })
            .Fit(Trained.Data(rows));
        var labels = Array.ConvertAll([.. rows.Select(row => row.Label)], label => Array.IndexOf(Texts.Names, label));
        var settings = new LogisticRegressionSettings(options.C)
        {
            ClassWeights = changed ? [.. Enumerable.Range(0, 3).Select(k => 31f / (3 * labels.Count(label => label == k)))] : null,
        };
        var regression = LogisticRegression.Fit([.. embedder.Embed([.. rows.Select(row => row.Text)]).SelectMany(v => v)], 32, labels, 3, settings);
        var test = Texts.Reviews(12, seed: 9);
        var probabilities = new double[3];
        foreach (var (row, scores) in test.Zip(Scores(model, Trained.Data(test))))
        {
            regression.Predict(embedder.Embed([row.Text])[0], probabilities);
            TestSupport.Close.AreClose([.. probabilities.Select(p => (float)p)], scores, 1e-5, row.Text!);
        }
    }

    [TestMethod]
    public void It_is_SetFit_without_the_training_of_the_body_and_nothing_is_drawn()
    {
        var data = Trained.Data(Texts.Reviews(12, seed: 9));
        using var setFit = FewShots.Fit(FewShots.TopicOptions with { TrainBody = false, Tokenization = new() { MaxLength = 64 } });
        using var first = Fit(Options, Texts.Reviews(24));
        using var second = new MLContext().MulticlassClassification.Trainers.EmbeddingsLogisticRegression(Options).Fit(FewShots.Keyed(Texts.Reviews(24)));
        var expected = Scores(setFit, data).SelectMany(s => s).ToArray();
        CollectionAssert.AreEqual(expected, Scores(first, data).SelectMany(s => s).ToArray());
        CollectionAssert.AreEqual(expected, Scores(second, data).SelectMany(s => s).ToArray());
    }

    [TestMethod]
    public void Support_messages_are_routed_by_Mini_and_a_fresh_process_does_the_same()
    {
        var ml = new MLContext(1);
        ITransformer model = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.EmbeddingsLogisticRegression(sentence1ColumnName: "Text"))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(Intents("train"));
        var metrics = ml.MulticlassClassification.Evaluate(model.Transform(Intents("test")));
        Console.WriteLine(FormattableString.Invariant($"micro accuracy {metrics.MicroAccuracy:f3}, log loss {metrics.LogLoss:f3}"));
        Assert.IsGreaterThan(0.7, metrics.MicroAccuracy);

        var zip = Scratch.NewPath("intents.zip");
        ml.Model.Save(model, Intents("train").Schema, zip);
        string[] texts = ["My account is locked.", "", "I want my money back"];
        var engine = ml.Model.CreatePredictionEngine<Review, TopicPrediction>(model);
        foreach (var (text, prediction) in texts.Zip(FreshProcess.Run([zip, .. texts]).GetProperty("Predictions").EnumerateArray()))
        {
            var expected = engine.Predict(new Review { Label = "", Text = text });
            Assert.AreEqual(expected.PredictedLabel, prediction.GetProperty("Label").GetString());
            TestSupport.Close.AreClose(expected.Score, prediction.GetProperty("Score").Numbers(), 1e-6, text);
        }
    }

    [TestMethod]
    public void A_Boolean_label_gives_log_odds_and_a_probability_and_so_does_the_zip()
    {
        using var model = new MLContext(1).BinaryClassification.Trainers.EmbeddingsLogisticRegression(new BinaryEmbeddingsLogisticRegressionTrainer.Options
        {
            Sentence1ColumnName = "Text",
            ProbabilityColumnName = "Share",
            Model = TinyModel.Model,
        }).Fit(Trained.Data(Texts.Opinions(60)));
        var test = Trained.Data(Texts.Opinions(60, seed: 9));
        var scored = model.Transform(test);
        CollectionAssert.AreEqual(new[] { "Label", "Text", "PredictedLabel", "Score", "Share" }, scored.Schema.Select(c => c.Name).ToArray());
        Assert.IsGreaterThan(0.9, new MLContext().BinaryClassification.Evaluate(scored, probabilityColumnName: "Share").Accuracy);
        var (scores, shares) = (scored.GetColumn<float>("Score").ToArray(), scored.GetColumn<float>("Share").ToArray());
        for (var i = 0; i < 60; i++)
            Assert.AreEqual(1 / (1 + Math.Exp(-scores[i])), shares[i], 1e-6);
        var zip = Scratch.NewPath("binary.zip");
        new MLContext().Model.Save(model, test.Schema, zip);
        using var loaded = (BinarySetFitTransformer)new MLContext().Model.Load(zip, out _);
        CollectionAssert.AreEqual(scores, loaded.Transform(test).GetColumn<float>("Score").ToArray());
    }

    [TestMethod]
    public void Columns_that_come_are_those_of_the_shape_and_texts_are_cut_where_the_model_says()
    {
        var data = FewShots.Keyed(Texts.Reviews(9));
        var trainer = new MLContext().MulticlassClassification.Trainers.EmbeddingsLogisticRegression(Options with { PredictionColumnName = "Topic" });
        var shape = trainer.GetOutputSchema(new SchemaShape(data.Schema.Where(c => !c.IsHidden).Select(c => Shapes.Of(c.Name, c.Type, c.Annotations))));
        using var model = trainer.Fit(data);
        CollectionAssert.AreEquivalent(shape.Select(c => c.Name).Distinct().ToArray(), model.GetOutputSchema(data.Schema).Select(c => c.Name).Distinct().ToArray());
        Assert.AreEqual(64, model.ToEmbedder().MaxLength);
        using var shorter = Fit(Options with { Tokenization = new() { MaxLength = 20 } }, Texts.Reviews(9));
        Assert.AreEqual(20, shorter.ToEmbedder().MaxLength);
    }

    [TestMethod]
    public void What_is_wrong_is_named()
    {
        Throws<ArgumentOutOfRangeException>("'C' of the head is 0; a finite number above 0 is needed.", Options with { C = 0 });
        Throws<ArgumentOutOfRangeException>("'MaxIterations' of the head is 0; 1 or more is needed.", Options with { MaxIterations = 0 });
        Throws<ArgumentException>("'ScoreColumnName' is empty; the name of a column is needed.", Options with { ScoreColumnName = " " });
        Throws<ArgumentException>("both name the output column 'Score'; each needs its own.", Options with { PredictionColumnName = "Score" });
        Throws<ArgumentException>("ClassWeights has a weight for class 'art', but the label's values are 'sport', 'food', 'tech'.",
            Options with { ClassWeights = ClassWeights.Of(new Dictionary<string, float> { ["art"] = 2 }) });
        Throws<ArgumentOutOfRangeException>("There is no column 'Body', but EmbeddingsLogisticRegression needs a text column for 'Sentence1ColumnName'",
            Options with { Sentence1ColumnName = "Body" });
        Throws<ArgumentOutOfRangeException>("Column 'Number' is Single, but EmbeddingsLogisticRegression needs a key column (MapValueToKey makes one) for 'LabelColumnName'.",
            Options with { LabelColumnName = "Number" });
        Throws<ArgumentOutOfRangeException>("TokenizationOptions.MaxLength is 65, but model", Options with { Tokenization = new() { MaxLength = 65 } });
        Throws<InvalidOperationException>("Column 'Label' has one class only, 'sport', in all 4 rows; EmbeddingsLogisticRegression needs at least two.",
            Options, Texts.Reviews(12).Select(row => new Review { Label = row.Label, Text = row.Label == "sport" ? row.Text : " " }));
        Throws<InvalidOperationException>("Column 'Text' is empty in all 3 rows of the training set: EmbeddingsLogisticRegression has no text to learn from.",
            Options, Texts.Reviews(3).Select(row => new Review { Label = row.Label, Text = " " }));
        var rows = Texts.Reviews(3);
        Throws<InvalidOperationException>($"The vector of the text '{rows[0].Text}' in column 'Text' holds NaN: the weights of model '",
            Options with { Model = PretrainedModel.FromDirectory(TinyModel.WriteNaN(Scratch.NewPath("nan"))) }, rows);
    }

    private static SetFitTransformer Fit(EmbeddingsLogisticRegressionTrainer.Options options, IEnumerable<Review> rows) =>
        new MLContext(1).MulticlassClassification.Trainers.EmbeddingsLogisticRegression(options).Fit(FewShots.Keyed(rows));

    private static float[][] Scores(ITransformer model, IDataView data) => [.. model.Transform(data).GetColumn<float[]>("Score")];

    private static void Throws<T>(string message, EmbeddingsLogisticRegressionTrainer.Options options, IEnumerable<Review>? rows = null)
        where T : Exception => StringAssert.Contains(Assert.ThrowsExactly<T>(() => Fit(options, rows ?? Texts.Reviews(9))).Message, message);

    private static IDataView Intents(string part) => Trained.Data(File.ReadLines(Path.Combine(TestPaths.Root, "datasets", "intents", $"intents.{part}.tsv")).Skip(1)
        .Select(line => line.Split('\t')).Select(fields => new Review { Label = fields[0], Text = fields[1] }).ToArray());
}
