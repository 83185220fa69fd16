using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Tests.TextClassification;

[TestClass]
public sealed class MulticlassTests
{
    [TestMethod]
    public void A_pipeline_learns_topics_and_ML_NET_measures_them()
    {
        var ml = new MLContext(1);
        var metrics = ml.MulticlassClassification.Evaluate(Trained.Topics.Transform(Trained.Data(Texts.Reviews(120, seed: 9))));
        Assert.IsGreaterThan(0.9, metrics.MicroAccuracy);
        Assert.IsLessThan(0.4, metrics.LogLoss);
        Assert.AreEqual(3, metrics.ConfusionMatrix.NumberOfClasses);
    }

    [TestMethod]
    public void Scores_are_probabilities_and_the_highest_is_predicted()
    {
        var scored = Trained.Topics.Transform(Trained.Data(Texts.Reviews(50, seed: 9)));
        VBuffer<ReadOnlyMemory<char>> slots = default;
        scored.Schema["Score"].Annotations.GetValue("SlotNames", ref slots);
        var names = slots.DenseValues().Select(s => s.ToString()).ToArray();
        CollectionAssert.AreEqual(Texts.Names, names);
        foreach (var row in new MLContext().Data.CreateEnumerable<TopicPrediction>(scored, reuseRowObject: false))
        {
            Assert.AreEqual(1.0, row.Score.Sum(s => (double)s), 1e-6);
            Assert.AreEqual(names[Array.IndexOf(row.Score, row.Score.Max())], row.PredictedLabel);
        }
    }

    [TestMethod]
    public void A_pair_of_texts_is_classified()
    {
        var ml = new MLContext(1);
        var options = Trained.TopicOptions with
        {
            Sentence1ColumnName = "First",
            Sentence2ColumnName = "Second",
            Training = Trained.Training with { MaxEpochs = 12 },
            Tokenization = new() { MaxLength = 48 },
        };
        var model = Trained.TopicPipeline(ml, options).Fit(Trained.Data(Texts.Pairs(300)));
        var pairs = Texts.Pairs(100, seed: 8);
        var metrics = ml.MulticlassClassification.Evaluate(model.Transform(Trained.Data(pairs)));
        Assert.IsGreaterThan(0.8, metrics.MicroAccuracy);

        // The second text counts: with it emptied, nothing tells the classes apart.
        pairs.ForEach(p => p.Second = "");
        var blind = ml.MulticlassClassification.Evaluate(model.Transform(Trained.Data(pairs)));
        Assert.IsLessThan(metrics.MicroAccuracy - 0.2, blind.MicroAccuracy);
    }

    [TestMethod]
    public void Label_values_that_are_numbers_come_back_as_numbers()
    {
        var ml = new MLContext(1);
        var reviews = Texts.Reviews(60);
        var model = Trained.TopicPipeline(ml, Trained.TopicOptions with { Training = Trained.Training with { MaxSteps = 2 } })
            .Fit(ml.Data.LoadFromEnumerable(reviews.Select((r, i) => new NumberRow { Label = 10 * (i % 3), Text = r.Text! })));
        var scored = model.Transform(ml.Data.LoadFromEnumerable([new NumberRow { Text = "x" }]));
        Assert.AreEqual(NumberDataViewType.Int32, scored.Schema["PredictedLabel"].Type);
        Assert.IsTrue(scored.GetColumn<int>("PredictedLabel").Single() is 0 or 10 or 20);
        VBuffer<ReadOnlyMemory<char>> slots = default;
        scored.Schema["Score"].Annotations.GetValue("SlotNames", ref slots);
        CollectionAssert.AreEqual(new[] { "0", "10", "20" }, slots.DenseValues().Select(s => s.ToString()).ToArray());
    }

    [TestMethod]
    public void Classes_of_a_key_without_values_are_called_by_number_and_unseen_classes_count()
    {
        var ml = new MLContext(1);
        var rows = Texts.Reviews(40).Select((r, i) => new KeyRow { Label = (uint)(i % 2) + 1, Text = r.Text! });
        var options = Trained.TopicOptions with { Training = Trained.Training with { MaxSteps = 2 } };
        using var model = ml.MulticlassClassification.Trainers.TextClassification(options)
            .Fit(ml.Data.LoadFromEnumerable(rows));
        CollectionAssert.AreEqual(new[] { "0", "1", "2", "3" }, model.LabelValues.ToArray());
        var scored = model.Transform(ml.Data.LoadFromEnumerable(rows));
        Assert.AreEqual(4, ((VectorDataViewType)scored.Schema["Score"].Type).Size);
        Assert.AreEqual(4UL, ((KeyDataViewType)scored.Schema["PredictedLabel"].Type).Count);
        Assert.IsNull(scored.Schema["PredictedLabel"].Annotations.Schema.GetColumnOrNull("KeyValues"));
    }

    [TestMethod]
    public void Rows_without_label_are_left_out_and_reported()
    {
        var ml = new MLContext(1);
        List<string> warnings = [];
        ml.Log += (_, e) =>
        {
            if (e.Message.Contains("left out", StringComparison.Ordinal))
                warnings.Add(e.Message);
        };
        var labelled = Texts.Reviews(48);
        List<Review> all = [.. labelled, new Review { Label = null, Text = "no label" }, new Review { Label = "", Text = "none" }];
        var options = Trained.TopicOptions with { Training = Trained.Training with { MaxEpochs = 1 } };
        var with = Trained.TopicPipeline(ml, options).Fit(Trained.Data(all));
        var without = Trained.TopicPipeline(ml, options).Fit(Trained.Data(labelled));
        Assert.HasCount(1, warnings);
        StringAssert.Contains(warnings[0], "2 of 50 rows of the training set have no label in column 'Label'");
        CollectionAssert.AreEqual(Scores(without, "the goal was late."), Scores(with, "the goal was late."));
    }

    [TestMethod]
    public void Virtual_tokens_that_leave_no_place_for_the_text_are_refused_by_both_options()
    {
        var ml = new MLContext(1);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Topic", "Label").Append(ml.MulticlassClassification.Trainers.TextClassification(
            new TextClassificationTrainer.Options
            {
                LabelColumnName = "Topic",
                Sentence1ColumnName = "Text",
                Model = TinyModel.Model,
                Adapter = new PrefixTuningOptions { Length = 20 },
                Tokenization = new() { MaxLength = 45 },
            }));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => pipeline.Fit(Trained.Data(Texts.Reviews(30))));
        StringAssert.Contains(error.Message, "TokenizationOptions.MaxLength is 45 and PrefixTuningOptions.Length is 20, but model");
        StringAssert.Contains(error.Message, "has 64 positions for both.");
    }

    [TestMethod]
    public void The_flat_overload_has_ML_NETs_parameters_and_columns()
    {
        var ml = new MLContext(1);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Topic", "Label").Append(ml.MulticlassClassification.Trainers.TextClassification(
            labelColumnName: "Topic", scoreColumnName: "S", outputColumnName: "P", sentence1ColumnName: "Text", batchSize: 8, maxEpochs: 1,
            model: TinyModel.Model));
        Assert.Throws<ArgumentOutOfRangeException>(() => pipeline.Fit(Trained.Data(Texts.Reviews(30)))); // 128 tokens do not go into 64 positions
        var fits = ml.Transforms.Conversion.MapValueToKey("Topic", "Label").Append(ml.MulticlassClassification.Trainers.TextClassification(
            labelColumnName: "Topic", scoreColumnName: "S", outputColumnName: "P", sentence1ColumnName: "Text", batchSize: 32, maxEpochs: 1));
        var schema = fits.GetOutputSchema(new SchemaShape(Trained.Data(Texts.Reviews(1))
            .Schema.Select(c => MLNetNlp.Pipeline.Shapes.Of(c.Name, c.Type, null))));
        CollectionAssert.IsSubsetOf(new[] { "Topic", "S", "P" }, schema.Select(c => c.Name).ToArray());
    }

    [TestMethod]
    public void Cross_validation_works()
    {
        var ml = new MLContext(1);
        var folds = ml.MulticlassClassification.CrossValidate(Trained.Data(Texts.Reviews(180)), Trained.TopicPipeline(ml), 2);
        Assert.IsGreaterThan(0.5, folds.Average(f => f.Metrics.MicroAccuracy));
    }

    internal static float[] Scores(ITransformer model, string text)
    {
        var scored = model.Transform(Trained.Data([new Review { Label = "", Text = text }]));
        return scored.GetColumn<float[]>("Score").Single();
    }

    private sealed class NumberRow
    {
        public int Label { get; set; }

        public string Text { get; set; } = "";
    }

    private sealed class KeyRow
    {
        [KeyType(4)]
        public uint Label { get; set; }

        public string Text { get; set; } = "";
    }
}
