using Microsoft.ML;
using MLNetNlp.Transformers.Losses;

namespace MLNetNlp.Tests.SentenceEmbedding.Training;

/// <summary>Every shape of training data, and several sets at once: each trains by its loss and changes the model.</summary>
[TestClass]
public sealed class ShapeTests
{
    private static readonly SentenceEmbeddingTrainer.Options Options =
        TrainedEmbedder.PairOptions with { Training = TrainedEmbedder.PairOptions.Training with { MaxSteps = 3, LearningRate = 1e-3 } };

    private static IDataView Keyed(IDataView data) => new MLContext().Transforms.Conversion.MapValueToKey("Topic").Fit(data).Transform(data);

    [TestMethod]
    public void Pairs_train_with_a_class_or_a_Boolean()
    {
        var data = Keyed(Trained.Data(TrainedEmbedder.Pairs(30)));
        Trains("SoftmaxLoss", Options with { LabelColumnName = "Topic" }, data);
        Trains("ContrastiveLoss", Options with { LabelColumnName = "Same" }, data);
        Trains("OnlineContrastiveLoss", Options with { LabelColumnName = "Score", Loss = new OnlineContrastiveLoss() }, data);
        Trains("AngleLoss", Options with { LabelColumnName = "Score", Loss = new AngleLoss() }, data);
    }

    [TestMethod]
    public void Triplets_train_with_one_negative_or_several_and_are_measured_by_accuracy()
    {
        var data = Trained.Data(TrainedEmbedder.Triplets(24));
        Trains("MultipleNegativesRankingLoss", Options with { NegativeColumnNames = ["Third", "Fourth"] }, data);
        Trains("GradientCachedLoss", Options with { NegativeColumnNames = ["Third"], Loss = new GradientCachedLoss(new MultipleNegativesRankingLoss(), 8) }, data);
        Trains("GistEmbedLoss", Options with { Loss = new GistEmbedLoss(), Guide = TinyModel.Model, ValidationFraction = 0.3 }, data);
        List<TrainingProgress> steps = [];
        Trains("TripletLoss", Options with
        {
            NegativeColumnNames = ["Third"],
            Loss = new MatryoshkaLoss(new TripletLoss(), [32, 16]),
            ValidationFraction = 0.25,
            Training = Options.Training with { Progress = new Collector(steps) },
        }, data);
        Assert.IsTrue(steps.Last(step => step.ValidationMetric is not null).ValidationMetric is >= 0 and <= 1);
    }

    [TestMethod]
    public void Single_texts_train_with_a_class_or_without_any_label()
    {
        var data = Keyed(Trained.Data(TrainedEmbedder.Pairs(30)));
        var single = Options with { Sentence2ColumnName = null };
        Trains("BatchAllTripletLoss", single with { LabelColumnName = "Topic" }, data);
        Trains("SimCseLoss", single, data);
        List<TrainingProgress> steps = [];
        Trains("DenoisingAutoEncoderLoss", single with
        {
            Loss = new DenoisingAutoEncoderLoss(),
            ValidationSet = data,
            ValidationColumns = new() { Sentence1ColumnName = "First", Sentence2ColumnName = "Second", LabelColumnName = "Score" },
            Training = Options.Training with { Progress = new Collector(steps) },
        }, data);
        Assert.IsTrue(steps.Last(step => step.ValidationMetric is not null) is { ValidationLoss: null, ValidationMetric: >= -1 and <= 1 });
    }

    [TestMethod]
    public void What_validation_measures_follows_from_its_columns()
    {
        var data = Keyed(Trained.Data(TrainedEmbedder.Pairs(30)));
        var pairs = new EmbeddingColumns { Sentence1ColumnName = "First", Sentence2ColumnName = "Second" };
        Measures("MRR@10", Options, data);
        Measures("average precision", Options with { LabelColumnName = "Same" }, data);
        Measures("spearman", Options with { LabelColumnName = "Score" }, data);
        Measures("negated loss", Options with { LabelColumnName = "Topic" }, data);
        Measures("spearman", Options with { LabelColumnName = "Topic", ValidationColumns = pairs with { LabelColumnName = "Score" } }, data);
        Measures("average precision", Options with { ValidationColumns = pairs with { LabelColumnName = "Same" } }, data);
        Measures("MRR@10", Options with { Sentence2ColumnName = null, ValidationColumns = pairs }, data);

        static void Measures(string name, SentenceEmbeddingTrainer.Options options, IDataView data)
        {
            List<TrainingProgress> steps = [];
            TrainedEmbedder.Trainer(options with { ValidationSet = data, Training = options.Training with { Progress = new Collector(steps) } }).Fit(data).Dispose();
            var last = steps.Last(step => step.ValidationMetric is not null);
            Assert.AreEqual(name, last.ValidationMetricName);
            Assert.IsTrue(name == "negated loss" || last.ValidationMetric is >= -1 and <= 1, name);
        }
    }

    [TestMethod]
    public void Retrieval_is_measured_as_the_evaluator_does()
    {
        List<TextPair> pairs = [.. TrainedEmbedder.Pairs(30).DistinctBy(pair => pair.First)];
        List<TrainingProgress> steps = [];
        using var model = TrainedEmbedder.Trainer(Options with
        {
            ValidationSet = Trained.Data(pairs),
            Training = Options.Training with { MaxEpochs = 1, Progress = new Collector(steps) },
        }).Fit(Trained.Data(pairs));
        string[] corpus = [.. pairs.Select(pair => pair.Second).Distinct()];
        var texts = TextVectors.Of(model.Embedder, corpus, this).Chunk(model.Dimension).ToArray();
        var expected = TextVectors.Of(model.Embedder, [.. pairs.Select(pair => pair.First)], this).Chunk(model.Dimension).Select((anchor, i) =>
        {
            var found = Enumerable.Range(0, corpus.Length).OrderByDescending(text => Cosine(anchor, texts[text])).Take(10).ToList();
            var rank = found.FindIndex(text => corpus[text] == pairs[i].Second);
            return rank < 0 ? 0 : 1.0 / (rank + 1);
        }).Average();
        Assert.AreEqual(expected, steps.Last(step => step.ValidationMetric is not null).ValidationMetric!.Value, 0.02);

        static double Cosine(float[] x, float[] y) => x.Zip(y, (a, b) => a * (double)b).Sum()
            / Math.Sqrt(x.Sum(a => a * (double)a) * y.Sum(b => b * (double)b));
    }

    [TestMethod]
    public void Several_sets_train_together_each_by_its_own_loss()
    {
        var (pairs, triplets) = (Trained.Data(TrainedEmbedder.Pairs(40)), Trained.Data(TrainedEmbedder.Triplets(20)));
        var options = Options with
        {
            LabelColumnName = "Score",
            AdditionalSets =
            [
                new()
                {
                    Data = triplets,
                    Columns = new() { Sentence1ColumnName = "First", Sentence2ColumnName = "Second", NegativeColumnNames = ["Third"] },
                    BatchSampling = BatchSampling.Random,
                },
            ],
            Training = Options.Training with { MaxSteps = null, MaxEpochs = 1, BatchSize = 10 },
        };
        foreach (var (mixing, count) in new[] { (DataSetMixing.Proportional, 6), (DataSetMixing.RoundRobin, 4) })
        {
            List<TrainingProgress> steps = [];
            using var model = TrainedEmbedder.Trainer(options with { Mixing = mixing, Training = options.Training with { Progress = new Collector(steps) } }).Fit(pairs);
            Assert.HasCount(count, steps, mixing.ToString());
        }
    }

    private static void Trains(string what, SentenceEmbeddingTrainer.Options options, IDataView data)
    {
        using var model = TrainedEmbedder.Trainer(options).Fit(data);
        var texts = Trained.Data(Texts.Reviews(3).Select(row => new TextPair { First = row.Text! }));
        using var untouched = new MLContext().Transforms.Text.EmbedSentences("Features", "First", TinyModel.Model, maxLength: 32).Fit(texts);
        var (before, after) = (TrainedEmbedder.Vectors(untouched, texts), TrainedEmbedder.Vectors(model, texts));
        Assert.IsTrue(after.All(float.IsFinite), what);
        CollectionAssert.AreNotEqual(before, after, what);
    }

    private sealed class Collector(List<TrainingProgress> steps) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.ValidationMetric is not null || value.ValidationLoss is null)
                steps.Add(value);
        }
    }
}
