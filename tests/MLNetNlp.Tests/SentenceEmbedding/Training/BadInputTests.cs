using Microsoft.ML;
using MLNetNlp.Pipeline;
using MLNetNlp.Transformers.Losses;

namespace MLNetNlp.Tests.SentenceEmbedding.Training;

/// <summary>What is wrong with columns, labels and options of the training of embeddings is said before any work, by name and row.</summary>
[TestClass]
public sealed class BadInputTests
{
    private static readonly SentenceEmbeddingTrainer.Options Options =
        TrainedEmbedder.PairOptions with { Training = TrainedEmbedder.PairOptions.Training with { MaxSteps = 1 } };

    [TestMethod]
    public void A_score_outside_of_the_range_is_named_with_its_row()
    {
        var pairs = TrainedEmbedder.Pairs(6);
        pairs[3].Score = 4.5f;
        Throws<InvalidDataException>("Row 4 of the training set: column 'Score' is 4.5; CosineSimilarityLoss needs a number from -1 to 1.",
            Options with { LabelColumnName = "Score", Loss = new CosineSimilarityLoss() }, pairs);
        Throws<InvalidDataException>("Row 4 of the validation set: column 'Score' is 4.5; CosineSimilarityLoss needs a number from -1 to 1.",
            Options with { LabelColumnName = "Score", Loss = new CosineSimilarityLoss(), ValidationSet = Trained.Data(pairs.ToArray()) }, TrainedEmbedder.Pairs(6));
        pairs[3].Score = float.PositiveInfinity;
        Throws<InvalidDataException>("Row 4 of the training set: column 'Score' is Infinity; CoSentLoss needs a finite number.",
            Options with { LabelColumnName = "Score" }, pairs);
        pairs[3].Score = 0.5f;
        Throws<InvalidDataException>("Row 4 of the training set: column 'Score' is 0.5; 0 or 1 is needed.",
            Options with { LabelColumnName = "Score", Loss = new ContrastiveLoss() }, pairs);
    }

    [TestMethod]
    public void Columns_that_the_loss_does_not_have_are_named()
    {
        var pairs = TrainedEmbedder.Pairs(6);
        Throws<ArgumentException>("TripletLoss takes 3 text columns (anchor, positive, negative), but 2 were given. 'Sentence1ColumnName', 'Sentence2ColumnName' and "
            + "'NegativeColumnNames' name them.", Options with { Loss = new TripletLoss() }, pairs);
        Throws<ArgumentException>("'NegativeColumnNames' is given, but 'Sentence2ColumnName' with the positives is not.",
            Options with { Sentence2ColumnName = null, NegativeColumnNames = ["Third"] }, pairs);
        Throws<ArgumentOutOfRangeException>("There is no column 'Third', but TrainSentenceEmbeddings needs a text column for 'NegativeColumnNames'; the columns are",
            Options with { NegativeColumnNames = ["Third"] }, pairs);
        Throws<ArgumentOutOfRangeException>("Column 'Topic' is String, but TrainSentenceEmbeddings needs a column of scores (Single) for 'LabelColumnName'.",
            Options with { LabelColumnName = "Topic" }, pairs);
        Throws<ArgumentException>("CoSentLoss needs a label (Score), but 'LabelColumnName' is not given.", Options with { Loss = new CoSentLoss() }, pairs);
        Throws<ArgumentException>("'LabelColumnName' is 'Score', but MultipleNegativesRankingLoss takes no label: every row is taken as a match.",
            Options with { LabelColumnName = "Score", Loss = new MultipleNegativesRankingLoss() }, pairs);
        Throws<ArgumentException>("GistEmbedLoss needs a guide, but 'Guide' is not given.", Options with { Loss = new GistEmbedLoss() }, pairs);
        var shape = new SchemaShape(Trained.Data(pairs).Schema.Select(c => Shapes.Of(c.Name, c.Type, c.Annotations)));
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() =>
            TrainedEmbedder.Trainer(Options with { Sentence2ColumnName = "Other" }).GetOutputSchema(shape)).Message, "There is no column 'Other'");
        var features = TrainedEmbedder.Trainer(Options).GetOutputSchema(shape).Single(column => column.Name == "Features");
        Assert.AreEqual(SchemaShape.Column.VectorKind.Vector, features.Kind);
    }

    [TestMethod]
    public void Rows_without_a_label_are_left_out_and_counted_and_none_left_is_an_error()
    {
        var pairs = TrainedEmbedder.Pairs(8);
        (pairs[1].Score, pairs[5].Score) = (float.NaN, float.NaN);
        var warnings = Warnings(Options with { LabelColumnName = "Score" }, pairs);
        CollectionAssert.Contains(warnings, "2 of 8 rows of the training set have no label in column 'Score' and were left out.");
        pairs.ForEach(pair => pair.Score = float.NaN);
        Throws<InvalidOperationException>("None of the 8 rows of the training set has a label in column 'Score'.", Options with { LabelColumnName = "Score" }, pairs);
        Throws<InvalidOperationException>("The training set is empty.", Options, []);
    }

    public static IEnumerable<object[]> ClassLosses =>
        [[new BatchAllTripletLoss()], [new BatchHardTripletLoss()], [new BatchHardSoftMarginTripletLoss()], [new BatchSemiHardTripletLoss()], [new SupervisedContrastiveLoss()]];

    [TestMethod]
    [DynamicData(nameof(ClassLosses))]
    public void Batches_without_positives_are_warned_of_once_and_have_a_loss(ISentenceLoss loss)
    {
        var pairs = TrainedEmbedder.Pairs(6);
        for (var i = 0; i < pairs.Count; i++)
            pairs[i].Topic = $"topic {i}";
        var data = Trained.Data(pairs);
        List<string> warnings = [];
        var ml = new MLContext(1);
        ml.Log += (_, message) =>
        {
            if (message.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning)
                warnings.Add(message.RawMessage);
        };
        List<TrainingProgress> reports = [];
        using var model = TrainedEmbedder.Trainer(Options with
        {
            Sentence2ColumnName = null,
            LabelColumnName = "Topic",
            Loss = loss,
            Training = Options.Training with { Progress = new Reports(reports) },
        }, ml)
            .Fit(ml.Transforms.Conversion.MapValueToKey("Topic").Fit(data).Transform(data));
        CollectionAssert.AreEqual(
            new[] { $"1 of 1 batches have no two examples of one class, so no positive: {loss.GetType().Name} learns nothing from them." }, warnings);
        Assert.IsNotEmpty(reports);
        Assert.IsTrue(reports.All(report => double.IsFinite(report.Loss)));
        Assert.IsTrue(TrainedEmbedder.Vectors(model, Trained.Data(pairs)).All(float.IsFinite));
    }

    [TestMethod]
    public void A_batch_of_one_pair_is_warned_of() =>
        Assert.HasCount(1, Warnings(Options with { BatchSampling = BatchSampling.Random }, TrainedEmbedder.Pairs(1)));

    [TestMethod]
    public void Options_that_make_no_sense_are_refused_when_the_trainer_is_made()
    {
        Throws<ArgumentOutOfRangeException>("'SamplesPerLabel' is 1; 2 or more is needed.", Options with { SamplesPerLabel = 1 }, []);
        Throws<ArgumentException>("'ValidationColumns' needs 'ValidationSet', which is not given.", Options with { ValidationColumns = new() }, []);
        Throws<ArgumentException>("'Dropout' is off, but SimCseLoss needs it", Options with { Sentence2ColumnName = null, Training = new() { Dropout = false } }, TrainedEmbedder.Pairs(4));
        Throws<ArgumentException>("'LabelSmoothing' is for classes", Options with { Training = new() { LabelSmoothing = 0.1 } }, []);
        Throws<ArgumentException>("The validation set has neither the training set's columns", Options with
        {
            ValidationSet = Trained.Data(TrainedEmbedder.Pairs(2)),
            ValidationColumns = new() { Sentence1ColumnName = "First" },
        }, TrainedEmbedder.Pairs(4));
    }

    private static List<string> Warnings(SentenceEmbeddingTrainer.Options options, List<TextPair> pairs)
    {
        List<string> warnings = [];
        var ml = new MLContext(1);
        ml.Log += (_, message) =>
        {
            if (message.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning)
                warnings.Add(message.RawMessage);
        };
        TrainedEmbedder.Trainer(options, ml).Fit(Trained.Data(pairs)).Dispose();
        return warnings;
    }

    private static void Throws<T>(string message, SentenceEmbeddingTrainer.Options options, List<TextPair> pairs)
        where T : Exception =>
        StringAssert.Contains(Assert.ThrowsExactly<T>(() => TrainedEmbedder.Trainer(options).Fit(Trained.Data(pairs))).Message, message);

    private sealed class Reports(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }
}
