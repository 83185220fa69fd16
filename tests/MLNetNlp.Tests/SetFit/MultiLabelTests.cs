using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Tests.SetFit;

[TestClass]
public sealed class MultiLabelTests
{
    private static readonly MultiLabelSetFitTrainer.Options Options = new()
    {
        Sentence1ColumnName = "Text",
        Model = TinyModel.Model,
        Training = FewShots.Training,
        Tokenization = new() { MaxLength = 48 },
    };

    [TestMethod]
    [DataRow(MultiLabelStrategy.OneVsRest)]
    [DataRow(MultiLabelStrategy.MultiOutput)]
    [DataRow(MultiLabelStrategy.ClassifierChain)]
    public void Each_strategy_finds_the_labels_and_its_zip_does_the_same(MultiLabelStrategy strategy)
    {
        using var model = Fit(Options with { Head = new LogisticRegressionHeadOptions { Strategy = strategy } }, Trained.Data(Rows(24)));
        Check(model);
    }

    [TestMethod]
    public void A_differentiable_head_finds_them_too()
    {
        using var model = Fit(Options with { Head = new DifferentiableHeadOptions { LearningRate = 3e-2 } }, Trained.Data(Rows(24)));
        Check(model);
    }

    [TestMethod]
    public void Labels_may_be_numbers_or_the_keys_of_those_that_are_on()
    {
        var rows = Rows(24);
        var bodyless = Options with { TrainBody = false };
        using var booleans = Fit(bodyless, Trained.Data(rows));
        using var numbers = Fit(bodyless, Trained.Data(rows.Select(r => new NumberRow { Text = r.Text, Label = [.. r.Label.Select(on => on ? 1f : 0f)] })));
        var ml = new MLContext(1);
        var words = ml.Data.LoadFromEnumerable(rows.Select(r => new WordRow { Text = r.Text, Label = [.. Texts.Names.Where((_, i) => r.Label[i])] }).ToArray());
        var keyed = ml.Transforms.Conversion.MapValueToKey("Label").Fit(words).Transform(words);
        using var keys = Fit(bodyless, keyed);
        CollectionAssert.AreEquivalent(Texts.Names, keys.LabelValues.ToArray());
        CollectionAssert.AreEqual(new[] { "0", "1", "2" }, booleans.LabelValues.ToArray());
        var texts = Trained.Data(rows.Select(r => new TextRow { Text = r.Text }));
        var expected = Scores(booleans, texts);
        CollectionAssert.AreEqual(expected, Scores(numbers, texts));
        var order = Texts.Names.Select(n => keys.LabelValues.ToList().IndexOf(n)).ToArray();
        TestSupport.Close.AreClose(expected, [.. Scores(keys, texts).Chunk(3).SelectMany(s => order.Select(i => s[i]))], 1e-4);
    }

    [TestMethod]
    public void A_label_column_of_another_type_is_refused()
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Fit(Options, Trained.Data(Texts.Reviews(4))));
        StringAssert.Contains(error.Message,
            "Column 'Label' is String, but SetFit needs a vector of Boolean or Single of known size, or a vector of keys for 'LabelColumnName'.");
        var same = Assert.ThrowsExactly<InvalidOperationException>(() =>
            Fit(Options, Trained.Data(Enumerable.Range(0, 4).Select(i => new BooleanRow { Text = $"text {i}", Label = [true, false, true] }))));
        StringAssert.Contains(same.Message, "All 4 rows have the same labels in column 'Label'");
    }

    private static void Check(MultiLabelSetFitTransformer model)
    {
        var test = Rows(40, seed: 9);
        var data = Trained.Data(test);
        var scored = model.Transform(data);
        var predicted = scored.GetColumn<bool[]>("PredictedLabel").ToArray();
        var scores = scored.GetColumn<float[]>("Score").ToArray();
        var right = Enumerable.Range(0, 40).Sum(i => Enumerable.Range(0, 3).Count(k => predicted[i][k] == test[i].Label[k]));
        Assert.IsGreaterThan(0.75 * 120, right);
        for (var i = 0; i < 40; i++)
            CollectionAssert.AreEqual(scores[i].Select(s => s > 0.5f).ToArray(), predicted[i]);

        var zip = Scratch.NewPath("labels.zip");
        new MLContext().Model.Save(model, data.Schema, zip);
        var loaded = new MLContext().Model.Load(zip, out _);
        CollectionAssert.AreEqual(scores.SelectMany(s => s).ToArray(), Scores(loaded, data));
    }

    private static MultiLabelSetFitTransformer Fit(MultiLabelSetFitTrainer.Options options, IDataView data) =>
        new MLContext(1).MulticlassClassification.Trainers.MultiLabelSetFit(options).Fit(data);

    private static float[] Scores(ITransformer model, IDataView data) => [.. model.Transform(data).GetColumn<float[]>("Score").SelectMany(s => s)];

    /// <summary>Texts on one topic, or on two.</summary>
    private static BooleanRow[] Rows(int count, int seed = 1)
    {
        var texts = Texts.Reviews(3 * count, seed);
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                var (first, second) = (i % 3, (i / 3) % 3);
                var text = texts[3 * i + first].Text + (second == first ? "" : " " + texts[3 * i + second].Text);
                return new BooleanRow { Text = text, Label = [.. Enumerable.Range(0, 3).Select(k => k == first || k == second)] };
            }),
        ];
    }

    private sealed class BooleanRow
    {
        public string Text { get; set; } = "";

        [VectorType(3)]
        public bool[] Label { get; set; } = [];
    }

    private sealed class NumberRow
    {
        public string Text { get; set; } = "";

        [VectorType(3)]
        public float[] Label { get; set; } = [];
    }

    private sealed class WordRow
    {
        public string Text { get; set; } = "";

        public string[] Label { get; set; } = [];
    }

    private sealed class TextRow
    {
        public string Text { get; set; } = "";
    }
}
