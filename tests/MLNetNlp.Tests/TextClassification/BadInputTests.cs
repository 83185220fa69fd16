using Microsoft.ML;
using MLNetNlp.Pipeline;

namespace MLNetNlp.Tests.TextClassification;

[TestClass]
public sealed class BadInputTests
{
    [TestMethod]
    public void A_missing_text_column_is_found_before_any_work()
    {
        var trainer = Topics(Trained.TopicOptions with { Sentence1ColumnName = "Body", Model = PretrainedModel.FromDirectory("/nowhere") });
        Throws<ArgumentOutOfRangeException>(() => trainer.Fit(Keyed(Texts.Reviews(3))),
            "There is no column 'Body', but TextClassification needs a text column for 'Sentence1ColumnName'; the columns are 'Label', 'Text', 'Number'.");
        Throws<ArgumentOutOfRangeException>(() => trainer.GetOutputSchema(Shape(Keyed(Texts.Reviews(3)))), "There is no column 'Body'");
        Throws<ArgumentOutOfRangeException>(() => Trained.TopicClassifier.GetOutputSchema(Trained.Data(Texts.Pairs(1)).Schema), "There is no column 'Text'");
        Throws<ArgumentOutOfRangeException>(() => Trained.TopicClassifier.Transform(Trained.Data(Texts.Pairs(1))), "There is no column 'Text'");
    }

    [TestMethod]
    public void A_column_of_the_wrong_type_is_named_with_its_type()
    {
        var trainer = Topics(Trained.TopicOptions with { Sentence2ColumnName = "Number" });
        Throws<ArgumentOutOfRangeException>(() =>
            trainer.Fit(Keyed(Texts.Reviews(3))), "Column 'Number' is Single, but TextClassification needs a text column for 'Sentence2ColumnName'.");
        Throws<ArgumentOutOfRangeException>(() => Topics(Trained.TopicOptions).Fit(Trained.Data(Texts.Reviews(3))),
            "Column 'Label' is String, but TextClassification needs a key column (MapValueToKey makes one) for 'LabelColumnName'.");
        Throws<ArgumentOutOfRangeException>(() => Trained.OpinionTrainer(new MLContext()).Fit(Trained.Data(Texts.Reviews(3))),
            "Column 'Label' is String, but TextClassification needs a Boolean column for 'LabelColumnName'.");
        Throws<ArgumentOutOfRangeException>(() =>
            Trained.OpinionTrainer(new MLContext()).GetOutputSchema(Shape(Trained.Data(Texts.Reviews(3)))), "Column 'Label' is String");
    }

    [TestMethod]
    public void A_label_of_one_class_is_refused()
    {
        Throws<ArgumentOutOfRangeException>(() =>
            Topics(Trained.TopicOptions).Fit(Keyed([.. Texts.Reviews(30).Where(r => r.Label == "food")])), "Column 'Label' has one class only");
        Throws<InvalidOperationException>(() => Trained.OpinionTrainer(new MLContext()).Fit(Trained.Data(Texts.Opinions(30).Where(o => o.Label))),
            "Column 'Label' has one class only, 'True', in all 15 rows");
        var key = new MLContext().Data.FilterRowsByKeyColumnFraction(Keyed(Texts.Reviews(30)), "Label", 0, 0.2);
        Throws<InvalidOperationException>(() => Topics(Trained.TopicOptions).Fit(key), "Column 'Label' has one class only, 'sport'");
    }

    [TestMethod]
    public void A_training_set_without_rows_labels_or_texts_is_refused()
    {
        var trainer = Trained.OpinionTrainer(new MLContext());
        Throws<InvalidOperationException>(() => trainer.Fit(Trained.Data(Array.Empty<Opinion>())), "The training set is empty");
        var none = new MLContext().Data.LoadFromEnumerable(Enumerable.Range(0, 4).Select(_ => new KeyRow { Label = 99, Text = "no label" }));
        Throws<InvalidOperationException>(() =>
            Topics(Trained.TopicOptions).Fit(none), "None of the 4 rows of the training set has a label in column 'Label'.");
        Throws<InvalidOperationException>(() =>
            trainer.Fit(Trained.Data(Enumerable.Range(0, 6).Select(i => new Opinion { Label = i % 2 == 0, Text = i % 3 == 0 ? null : " \t" }))),
            "Column 'Text' is empty in all 6 rows of the training set");
        var pair = Topics(Trained.TopicOptions with { Sentence1ColumnName = "First", Sentence2ColumnName = "Second" });
        Throws<InvalidOperationException>(() => pair.Fit(Keyed([.. Enumerable.Range(0, 4).Select(i => new Pair { Label = i % 2 == 0 ? "a" : "b" })])),
            "Columns 'First' and 'Second' are empty in all 4 rows");
    }

    [TestMethod]
    public void A_validation_set_must_fit_the_training_set()
    {
        var other = Keyed([.. Texts.Reviews(9), new Review { Label = "politics", Text = "x" }]);
        Throws<ArgumentException>(() =>
            Topics(Trained.TopicOptions with { ValidationSet = other }).Fit(Keyed(Texts.Reviews(9))), "Column 'Label' of 'ValidationSet' has the classes");
        Throws<ArgumentOutOfRangeException>(() =>
            Topics(Trained.TopicOptions with { ValidationSet = Trained.Data(Texts.Pairs(3)) }).Fit(Keyed(Texts.Reviews(9))), "There is no column 'Text'");
        var empty = new MLContext().Data.FilterRowsByColumn(Keyed(Texts.Reviews(9)), "Number", lowerBound: 100);
        Throws<InvalidOperationException>(() =>
            Topics(Trained.TopicOptions with { ValidationSet = empty }).Fit(Keyed(Texts.Reviews(9))), "The validation set has no row with a label");
    }

    [TestMethod]
    [DataRow("config.json")]
    [DataRow("model.safetensors")]
    [DataRow("vocab.txt")]
    public void A_model_folder_without_a_file_names_file_and_folder(string file)
    {
        var folder = TinyModel.Write(Scratch.NewPath("incomplete"));
        File.Delete(Path.Combine(folder, file));
        var error = Assert.Throws<Exception>(() => FitTiny(folder));
        StringAssert.Contains(error.Message, file);
        StringAssert.Contains(error.Message, folder);
        Assert.IsInstanceOfType<IOException>(error, error.ToString());
    }

    [TestMethod]
    public void A_model_folder_that_is_not_there_is_named() =>
        StringAssert.Contains(Assert.Throws<DirectoryNotFoundException>(() => FitTiny("/no/such/folder")).Message, "/no/such/folder");

    [TestMethod]
    public void Weights_whose_shape_disagrees_name_tensor_and_shapes()
    {
        var folder = TinyModel.Write(Scratch.NewPath("shapes"));
        var config = Path.Combine(folder, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("\"intermediate_size\": 64", "\"intermediate_size\": 48", StringComparison.Ordinal));
        var error = Assert.Throws<Exception>(() => FitTiny(folder));
        StringAssert.Contains(error.Message, "encoder.layer.0.intermediate.dense");
        StringAssert.Contains(error.Message, "[64, 32]");
        StringAssert.Contains(error.Message, "[48, 32]");
    }

    [TestMethod]
    public void An_unknown_architecture_is_named()
    {
        var folder = TinyModel.Write(Scratch.NewPath("unknown"));
        var config = Path.Combine(folder, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("\"model_type\": \"bert\"", "\"model_type\": \"mamba\"", StringComparison.Ordinal));
        StringAssert.Contains(Assert.Throws<Exception>(() => FitTiny(folder)).Message, "mamba");
    }

    [TestMethod]
    public void A_vocabulary_larger_than_the_model_is_refused_at_fit()
    {
        var folder = TinyModel.Write(Scratch.NewPath("vocabulary"));
        File.AppendAllLines(Path.Combine(folder, "vocab.txt"), ["zebra", "zoo"]);
        var data = Trained.Data(Enumerable.Range(0, 6).Select(i => new Opinion { Label = i % 2 == 0, Text = "zebra zoo" }));
        var error = Assert.Throws<Exception>(() =>
            Trained.OpinionTrainer(new MLContext(), Trained.OpinionOptions with { Model = PretrainedModel.FromDirectory(folder) }).Fit(data));
        StringAssert.Contains(error.Message, "vocabulary");
    }

    [TestMethod]
    public void Options_without_sense_name_option_and_value()
    {
        Options(o => o with { Training = new() { MaxEpochs = 0 } }, "MaxEpochs is 0");
        Options(o => o with { Training = new() { BatchSize = -1 } }, "BatchSize is -1");
        Options(o => o with { Training = new() { LearningRate = -1e-5 } }, "LearningRate is -1E-05");
        Options(o => o with { Training = new() { Device = "gpu" } }, "Device is 'gpu'");
        Options(o => o with { Freezing = new() { Layers = -2 } }, "Layers is -2");
        Options(o => o with { Tokenization = new() { MaxLength = 2 } }, "MaxLength is 2");
        Options(o => o with { ValidationFraction = 1 }, "'ValidationFraction' is 1");
        Options(o => o with { ValidationFraction = 0.1, ValidationSet = Keyed(Texts.Reviews(3)) }, "Both 'ValidationSet' and 'ValidationFraction'");
        Options(o => o with { Training = new() { EarlyStoppingPatience = 2 } }, "'EarlyStoppingPatience' needs a validation set");
        Options(o =>
            o with { ScoreColumnName = "PredictedLabel" }, "'PredictionColumnName' and 'ScoreColumnName' both name the output column 'PredictedLabel'");
        Options(o => o with { LabelColumnName = "" }, "'LabelColumnName' is empty");
        Options(o => o with { Model = null! }, "'Model' is null");
        Throws<ArgumentOutOfRangeException>(() => ClassWeights.Of(new Dictionary<string, float> { ["a"] = -1 }), "The weight of class 'a' is -1");

        static void Options(Func<TextClassificationTrainer.Options, TextClassificationTrainer.Options> change, string message) =>
            StringAssert.Contains(Assert.Throws<ArgumentException>(() => Topics(change(Trained.TopicOptions))).Message, message);
    }

    [TestMethod]
    public void Options_that_the_model_cannot_serve_name_both()
    {
        Throws<ArgumentOutOfRangeException>(() =>
            FitTiny(TinyModel.Folder, o => o with { Tokenization = new() { MaxLength = 100 } }), "MaxLength is 100, but model '");
        StringAssert.Contains(Assert.Throws<Exception>(() => FitTiny(TinyModel.Folder, o => o with { Freezing = new() { Layers = 5 } })).Message, "5");
        Throws<ArgumentException>(() =>
            FitTiny(TinyModel.Folder, o => o with { ClassWeights = ClassWeights.Of(new Dictionary<string, float> { ["maybe"] = 2 }) }),
            "has a weight for class 'maybe', but the label's values are 'False', 'True'.");
    }

    private static TextClassificationTrainer Topics(TextClassificationTrainer.Options options) =>
        new MLContext(1).MulticlassClassification.Trainers.TextClassification(options);

    private static void FitTiny(string folder, Func<BinaryTextClassificationTrainer.Options, BinaryTextClassificationTrainer.Options>? change = null)
    {
        var options = Trained.OpinionOptions with { Model = PretrainedModel.FromDirectory(folder), Training = Trained.Training with { MaxSteps = 1 } };
        Trained.OpinionTrainer(new MLContext(1), change?.Invoke(options) ?? options).Fit(Trained.Data(Texts.Opinions(8))).Dispose();
    }

    private static IDataView Keyed<T>(List<T> rows)
        where T : class
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(rows);
        return ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
    }

    private static SchemaShape Shape(IDataView data) => new(data.Schema.Where(c => !c.IsHidden).Select(c => Shapes.Of(c.Name, c.Type, c.Annotations)));

    private static void Throws<T>(Action action, string message)
        where T : Exception
    {
        var error = Assert.ThrowsExactly<T>(action);
        StringAssert.Contains(error.Message, message);
    }

    private sealed class KeyRow
    {
        [Microsoft.ML.Data.KeyType(3)]
        public uint Label { get; set; }

        public string Text { get; set; } = "";
    }
}
