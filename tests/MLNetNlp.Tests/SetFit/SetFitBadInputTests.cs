using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Transformers.Losses;

namespace MLNetNlp.Tests.SetFit;

[TestClass]
public sealed class SetFitBadInputTests
{
    private static readonly SetFitTrainer.Options Bodyless = FewShots.TopicOptions with { TrainBody = false };

    [TestMethod]
    public void Columns_that_are_missing_or_of_another_type_are_named()
    {
        Throws<ArgumentOutOfRangeException>(() => FewShots.Fit(Bodyless with { Sentence1ColumnName = "Body" }),
            "There is no column 'Body', but SetFit needs a text column for 'Sentence1ColumnName'; the columns are 'Text', 'Number', 'Label'.",
            "There is no column 'Body', but SetFit needs a text column for 'Sentence1ColumnName'; the columns are 'Label', 'Text', 'Number'.");
        Throws<ArgumentOutOfRangeException>(() => new MLContext(1).MulticlassClassification.Trainers.SetFit(Bodyless).Fit(Trained.Data(Texts.Reviews(3))),
            "Column 'Label' is String, but SetFit needs a key column (MapValueToKey makes one) for 'LabelColumnName'.");
    }

    [TestMethod]
    public void Examples_of_one_class_without_text_or_without_label_are_refused()
    {
        Throws<InvalidOperationException>(() => FewShots.Fit(Bodyless, Texts.Reviews(6).Select(r => new Review { Label = r.Label, Text = r.Label == "food" ? r.Text : " " })),
            "Column 'Label' has one class only, 'food', in all 2 rows; SetFit needs at least two.");
        Throws<InvalidOperationException>(() => FewShots.Fit(Bodyless, Texts.Reviews(6).Select(r => new Review { Label = r.Label, Text = null })),
            "Column 'Text' is empty in all 6 rows of the training set: SetFit has no text to learn from.");
    }

    [TestMethod]
    public void Odd_examples_are_warned_of_by_name()
    {
        var rows = Texts.Reviews(9);
        rows.Add(new Review { Label = "food", Text = rows[0].Text });
        rows.Add(new Review { Label = "weather", Text = "a rain and very late" });
        rows.Add(new Review { Label = "tech", Text = " " });
        var warnings = FewShots.Warnings(ml => ml.MulticlassClassification.Trainers.SetFit(Bodyless).Fit(FewShots.Keyed(rows)).Dispose());
        var all = string.Join('\n', warnings);
        StringAssert.Contains(all, $"The text '{rows[0].Text}' has different labels: sport, food.");
        StringAssert.Contains(all, "1 of 12 rows of the training set have no text in column 'Text' and were left out.");
        StringAssert.Contains(all, "Class 'weather' has one example only");
    }

    [TestMethod]
    public void A_class_without_examples_is_warned_of_and_never_predicted()
    {
        var ml = new MLContext(1);
        var map = ml.Transforms.Conversion.MapValueToKey("Label").Fit(Trained.Data(Texts.Reviews(9)));
        var data = map.Transform(Trained.Data(Texts.Reviews(24).Where(r => r.Label != "tech")));
        SetFitTransformer? model = null;
        var warnings = FewShots.Warnings(context => model = context.MulticlassClassification.Trainers.SetFit(Bodyless).Fit(data));
        StringAssert.Contains(string.Join('\n', warnings), "Class 'tech' has no example, and will never be predicted.");
        var scored = model!.Transform(map.Transform(Trained.Data(Texts.Reviews(30, seed: 9))));
        foreach (var row in scored.GetColumn<float[]>("Score"))
            Assert.AreEqual(0, row[2]);

        // Labels that the model has no class for count as wrong, as ML.NET has it.
        Assert.IsLessThan(0.7, ml.MulticlassClassification.Evaluate(scored).MicroAccuracy);
        model.Dispose();
    }

    [TestMethod]
    public void More_iterations_than_there_are_pairs_are_warned_of()
    {
        var options = FewShots.TopicOptions with { Iterations = 20, Training = FewShots.Training with { MaxSteps = 1 } };
        var warnings = FewShots.Warnings(ml => ml.MulticlassClassification.Trainers.SetFit(options).Fit(FewShots.Keyed(Texts.Reviews(6))).Dispose());
        StringAssert.Contains(string.Join('\n', warnings),
            "'Iterations' is 20, which asks for 120 positive and 120 negative pairs of 6 examples, but there are 9 and 12: some come more than once.");
    }

    [TestMethod]
    public void Options_without_sense_name_option_and_value()
    {
        Options(o => o with { Iterations = 0 }, "'Iterations' is 0; 1 or more is needed.");
        Options(o => o with { SamplesPerLabel = 1 }, "'SamplesPerLabel' is 1");
        Options(o => o with { Sampling = (PairSampling)9 }, "'Sampling' is 9");
        Options(o => o with { Head = new LogisticRegressionHeadOptions { C = 0 } }, "'C' of the head is 0; a finite number above 0 is needed.");
        Options(o => o with { Head = new DifferentiableHeadOptions { Temperature = -1 } }, "'Temperature' of the head is -1");
        Options(o => o with { Head = null! }, "'Head' is null");
        Options(o => o with { Loss = new MarginMseLoss() }, "'Loss' is MarginMseLoss, which takes");
        Options(o => o with { TrainBody = false, Adapter = new LoraOptions() }, "'Adapter' is given, but 'TrainBody' is false");
        Options(o => o with { Loss = new TripletLoss(), Teacher = FewShots.Topics }, "with a 'Teacher' a loss of pairs with a score is needed");
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => new MLContext().MulticlassClassification.Trainers.MultiLabelSetFit(
            new MultiLabelSetFitTrainer.Options { Loss = new BatchHardTripletLoss() })).Message, "needs one class a text, but texts may have several labels");

        static void Options(Func<SetFitTrainer.Options, SetFitTrainer.Options> change, string message) =>
            StringAssert.Contains(Assert.Throws<ArgumentException>(() => new MLContext().MulticlassClassification.Trainers.SetFit(change(FewShots.TopicOptions))).Message, message);
    }

    [TestMethod]
    public void Losses_that_need_two_texts_of_a_class_say_so()
    {
        var rows = Texts.Reviews(3);
        Throws<InvalidOperationException>(() => FewShots.Fit(FewShots.TopicOptions with { Loss = new TripletLoss() }, rows),
            "No class has two different texts, so there is no positive pair for TripletLoss; give classes more examples, or use CosineSimilarityLoss.");
    }

    [TestMethod]
    public void A_disposed_model_says_so()
    {
        var model = FewShots.Fit(Bodyless);
        model.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => model.Transform(Trained.Data(Texts.Reviews(1))));
        Assert.ThrowsExactly<ObjectDisposedException>(() => model.ToEmbedder());
    }

    private static void Throws<T>(Action action, params string[] messages)
        where T : Exception
    {
        var error = Assert.ThrowsExactly<T>(action);
        Assert.IsTrue(messages.Any(message => error.Message.Contains(message, StringComparison.Ordinal)), error.Message);
    }
}
