
namespace MLNetNlp.Tests.SentenceEmbedding.Training;

/// <summary>Sentence embeddings that are trained: what they learn from which columns, and that the same seed makes the same.</summary>
[TestClass]
public sealed class TrainingTests
{
    [TestMethod]
    public void Scored_pairs_move_texts_of_one_topic_together_and_Spearman_says_so()
    {
        List<TrainingProgress> steps = [];
        var validation = Trained.Data(TrainedEmbedder.Pairs(60, seed: 7));
        using var model = TrainedEmbedder.Trainer(TrainedEmbedder.PairOptions with
        {
            LabelColumnName = "Score",
            ValidationSet = validation,
            Training = TrainedEmbedder.PairOptions.Training with { MaxEpochs = 3, Progress = new Collector(steps) },
        }).Fit(Trained.Data(TrainedEmbedder.Pairs(160)));
        var figures = steps.Where(s => s.ValidationMetric is not null).ToArray();
        Assert.HasCount(3, figures);
        Assert.IsTrue(figures.All(f => f.ValidationLoss is > 0));
        Assert.IsGreaterThan(0.7, figures.Max(f => f.ValidationMetric)!.Value);
        Assert.AreEqual(("First", "Features", 32), (model.InputColumnName, model.OutputColumnName, model.Dimension));
    }

    [TestMethod]
    public void The_same_seed_makes_the_same_weights()
    {
        var data = Trained.Data(TrainedEmbedder.Pairs(48));
        using var first = TrainedEmbedder.Trainer(TrainedEmbedder.PairOptions).Fit(data);
        using var second = TrainedEmbedder.Trainer(TrainedEmbedder.PairOptions).Fit(data);
        CollectionAssert.AreEqual(TrainedEmbedder.Vectors(first, data), TrainedEmbedder.Vectors(second, data));
    }

    [TestMethod]
    public void Without_dropout_one_batch_of_all_rows_has_one_loss_whatever_the_seed()
    {
        var data = Trained.Data(TrainedEmbedder.Pairs(16));
        Assert.AreEqual(Loss(dropout: false, seed: 1), Loss(dropout: false, seed: 2), 1e-4);
        Assert.AreNotEqual(Loss(dropout: true, seed: 1), Loss(dropout: true, seed: 2), 1e-4);

        double Loss(bool dropout, int seed)
        {
            List<TrainingProgress> steps = [];
            TrainedEmbedder.Trainer(TrainedEmbedder.PairOptions with
            {
                LabelColumnName = "Score",
                Training = TrainedEmbedder.PairOptions.Training with { MaxSteps = 1, BatchSize = 16, Dropout = dropout, Seed = seed, Progress = new Collector(steps) },
            }).Fit(data).Dispose();
            return steps.Single().Loss;
        }
    }

    private sealed class Collector(List<TrainingProgress> steps) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => steps.Add(value);
    }
}
