using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Transformers.Losses;

namespace MLNetNlp.Tests.SetFit;

[TestClass]
public sealed class SetFitTests
{
    [TestMethod]
    public void Eight_examples_of_each_class_make_a_classifier()
    {
        Assert.IsGreaterThan(0.9, FewShots.Accuracy(FewShots.Topics));
        var scored = FewShots.Topics.Transform(Trained.Data(Texts.Reviews(12, seed: 5)));
        var score = scored.Schema["Score"];
        VBuffer<ReadOnlyMemory<char>> names = default;
        score.Annotations.GetValue("SlotNames", ref names);
        CollectionAssert.AreEqual(Texts.Names, names.DenseValues().Select(n => n.ToString()).ToArray());
        foreach (var row in scored.GetColumn<float[]>("Score"))
            Assert.AreEqual(1, row.Sum(), 1e-5);
        CollectionAssert.AreEqual(
            scored.GetColumn<float[]>("Score").Select(row => (uint)Array.IndexOf(row, row.Max()) + 1).ToArray(), scored.GetColumn<uint>("PredictedLabel").ToArray());
    }

    [TestMethod]
    public void The_first_phase_draws_texts_of_one_class_together()
    {
        using var untrained = FewShots.Fit(FewShots.TopicOptions with { TrainBody = false });
        Assert.IsGreaterThan(Gap(untrained) + 0.2, Gap(FewShots.Topics));

        // Mean cosine within classes less that between classes.
        static double Gap(SetFitTransformer model)
        {
            var rows = Texts.Reviews(30, seed: 9);
            var vectors = model.ToEmbedder("Vector").Transform(Trained.Data(rows)).GetColumn<float[]>("Vector").ToArray();
            var cosines = from i in Enumerable.Range(0, 30) from j in Enumerable.Range(0, i) select (Same: i % 3 == j % 3, Cosine: Cosine(vectors[i], vectors[j]));
            var all = cosines.ToLookup(c => c.Same, c => c.Cosine);
            return all[true].Average() - all[false].Average();
        }

        static double Cosine(float[] a, float[] b) => Dot(a, b) / Math.Sqrt(Dot(a, a) * Dot(b, b));

        static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
    }

    [TestMethod]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        var quick = FewShots.TopicOptions with { Training = FewShots.Training with { MaxSteps = 3 } };
        var first = Scores(quick);
        CollectionAssert.AreEqual(first, Scores(quick));
        CollectionAssert.AreNotEqual(first, Scores(quick with { Training = quick.Training with { Seed = 4 } }));

        static float[] Scores(SetFitTrainer.Options options)
        {
            using var model = FewShots.Fit(options);
            return [.. model.Transform(Trained.Data(Texts.Reviews(6, seed: 5))).GetColumn<float[]>("Score").SelectMany(s => s)];
        }
    }

    [TestMethod]
    public void A_Boolean_label_gives_log_odds_and_a_probability()
    {
        using var model = new MLContext(1).BinaryClassification.Trainers.SetFit(new BinarySetFitTrainer.Options
        {
            Sentence1ColumnName = "Text",
            Model = TinyModel.Model,
            Training = FewShots.Training,
            Tokenization = new() { MaxLength = 32 },
        }).Fit(Trained.Data(Texts.Opinions(16)));
        var test = Trained.Data(Texts.Opinions(60, seed: 9));
        Assert.IsGreaterThan(0.85, new MLContext().BinaryClassification.Evaluate(model.Transform(test)).Accuracy);
        foreach (var row in new MLContext().Data.CreateEnumerable<OpinionPrediction>(model.Transform(test), false))
        {
            Assert.AreEqual(1 / (1 + Math.Exp(-row.Score)), row.Probability, 1e-6);
            Assert.AreEqual(row.Score > 0, row.PredictedLabel);
        }
    }

    [TestMethod]
    [DataRow("triplet")]
    [DataRow("hard")]
    [DataRow("soft")]
    [DataRow("semi-hard")]
    [DataRow("all")]
    [DataRow("contrastive")]
    [DataRow("ranking")]
    public void Every_kind_of_loss_trains(string name)
    {
        ISentenceLoss loss = name switch
        {
            "triplet" => new TripletLoss(),
            "hard" => new BatchHardTripletLoss(EmbeddingDistance.Cosine, 0.25f),
            "soft" => new BatchHardSoftMarginTripletLoss(),
            "semi-hard" => new BatchSemiHardTripletLoss(),
            "all" => new BatchAllTripletLoss(),
            "contrastive" => new SupervisedContrastiveLoss(),
            _ => new MultipleNegativesRankingLoss(),
        };
        List<double> losses = [];
        using var model = FewShots.Fit(FewShots.TopicOptions with
        {
            Loss = loss,
            Iterations = 4,
            Training = FewShots.Training with { Progress = new Report(p => losses.Add(p.Loss)) },
        });
        Assert.IsGreaterThan(2, losses.Count);
        Assert.IsGreaterThan(0.75, FewShots.Accuracy(model));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void The_differentiable_head_classifies_alone_and_end_to_end(bool endToEnd)
    {
        var head = new DifferentiableHeadOptions { EndToEnd = endToEnd, LearningRate = 3e-2, BodyLearningRate = 1e-4, Temperature = 0.5 };
        using var model = FewShots.Fit(FewShots.TopicOptions with { Head = head, TrainBody = !endToEnd });
        Assert.IsGreaterThan(0.8, FewShots.Accuracy(model));
        var zip = Scratch.NewPath("head.zip");
        var data = FewShots.Keyed(Texts.Reviews(9, seed: 5));
        new MLContext().Model.Save(model, data.Schema, zip);
        CollectionAssert.AreEqual(Scores(model, data), Scores(new MLContext().Model.Load(zip, out _), data));
    }

    [TestMethod]
    public void An_adapter_trains_instead_of_the_body()
    {
        using var model = FewShots.Fit(FewShots.TopicOptions with { Adapter = new LoraOptions { Rank = 4, Targets = ["all-linear"] } });
        Assert.IsGreaterThan(0.8, FewShots.Accuracy(model));
    }

    [TestMethod]
    public void A_small_student_learns_from_a_teacher_without_labels()
    {
        using var student = FewShots.Fit(FewShots.TopicOptions with { Teacher = FewShots.Topics, Iterations = 4, LabelColumnName = "NoSuchLabel" }, Texts.Reviews(40, seed: 7));
        Assert.IsGreaterThan(0.8, FewShots.Accuracy(student));
        CollectionAssert.AreEqual(Texts.Names, student.LabelValues.ToArray());
    }

    [TestMethod]
    public void Any_trainer_can_be_the_head()
    {
        var ml = new MLContext(1);
        var embedder = FewShots.Topics.ToEmbedder("Features");
        var train = embedder.Transform(FewShots.Keyed(Texts.Reviews(24)));
        var head = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(train);
        var scored = head.Transform(embedder.Transform(FewShots.Keyed(Texts.Reviews(90, seed: 9))));
        Assert.IsGreaterThan(0.8, ml.MulticlassClassification.Evaluate(scored).MicroAccuracy);
    }

    [TestMethod]
    public void Defaults_are_those_of_setfit()
    {
        var options = new SetFitTrainer.Options();
        Assert.AreEqual((1, 16, 0.1, 0.01), (options.Training.MaxEpochs, options.Training.BatchSize, options.Training.WarmupRatio, options.Training.WeightDecay));
        Assert.AreEqual((PairSampling.Oversampling, null, 2), (options.Sampling, options.Iterations, options.SamplesPerLabel));
        Assert.IsInstanceOfType<CosineSimilarityLoss>(options.Loss);
        var regression = (LogisticRegressionHeadOptions)options.Head;
        Assert.AreEqual((1.0, 1e-4, 100), (regression.C, regression.Tolerance, regression.MaxIterations));
        var layer = new DifferentiableHeadOptions();
        Assert.AreEqual((16, 2, 1e-2, 1e-5, 0.01, false, 1.0),
            (layer.MaxEpochs, layer.BatchSize, layer.LearningRate, layer.BodyLearningRate, layer.WeightDecay, layer.EndToEnd, layer.Temperature));
    }

    [TestMethod]
    public void The_body_trains_at_the_rate_of_setfit_and_an_adapter_at_that_of_its_kind()
    {
        Assert.AreEqual(2e-5, RateOf(null, null));
        Assert.AreEqual(1e-3, RateOf(new LoraOptions(), null));
        Assert.AreEqual(4e-4, RateOf(new LoraOptions(), 4e-4));
        var ends = FewShots.Training with { LearningRate = null, MaxSteps = 1, Schedule = LearningRateSchedule.Polynomial, FinalLearningRate = 3e-5 };
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => FewShots.Fit(FewShots.TopicOptions with { Training = ends })).Message, "FinalLearningRate is 3E-05");
        FewShots.Fit(FewShots.TopicOptions with { Training = ends, Adapter = new LoraOptions() }).Dispose();

        static double RateOf(AdapterOptions? adapter, double? given)
        {
            var rate = 0.0;
            using var model = FewShots.Fit(FewShots.TopicOptions with
            {
                Adapter = adapter,
                Training = FewShots.Training with { LearningRate = given, MaxSteps = 1, Schedule = LearningRateSchedule.Constant, Progress = new Report(p => rate = p.LearningRate) },
            });
            return rate;
        }
    }

    private static float[] Scores(ITransformer model, IDataView data) => [.. model.Transform(data).GetColumn<float[]>("Score").SelectMany(s => s)];

    private sealed class Report(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        void IProgress<TrainingProgress>.Report(TrainingProgress value) => report(value);
    }
}
