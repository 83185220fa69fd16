using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Tests.TextClassification;

[TestClass]
public sealed class DeterminismTests
{
    private static readonly TextClassificationTrainer.Options Options = Trained.TopicOptions with { Training = Trained.Training with { MaxEpochs = 2 } };

    [TestMethod]
    public void The_same_seed_gives_the_same_bits() => CollectionAssert.AreEqual(Fit(new MLContext(), Options), Fit(new MLContext(), Options));

    [TestMethod]
    public void Another_seed_gives_another_model() =>
        CollectionAssert.AreNotEqual(Fit(new MLContext(), Options), Fit(new MLContext(), Options with { Training = Options.Training with { Seed = 4 } }));

    [TestMethod]
    public void Without_a_seed_the_contexts_seed_counts()
    {
        var unseeded = Options with { Training = Options.Training with { Seed = null } };
        var first = Fit(new MLContext(5), unseeded);
        CollectionAssert.AreEqual(first, Fit(new MLContext(5), unseeded));
        CollectionAssert.AreNotEqual(first, Fit(new MLContext(6), unseeded));
    }

    [TestMethod]
    public void One_trainer_fits_the_same_model_twice()
    {
        var trainer = Trained.OpinionTrainer(new MLContext(), Trained.OpinionOptions with { Training = Trained.Training with { Seed = null, MaxEpochs = 1 } });
        var data = Trained.Data(Texts.Opinions(40));
        CollectionAssert.AreEqual(Scores(trainer.Fit(data)), Scores(trainer.Fit(data)));
    }

    [TestMethod]
    public void A_validation_share_is_chosen_by_the_seed()
    {
        var options = Options with { ValidationFraction = 0.25, Training = Options.Training with { EarlyStoppingPatience = 3 } };
        CollectionAssert.AreEqual(Fit(new MLContext(), options), Fit(new MLContext(), options));
    }

    private static float[] Fit(MLContext ml, TextClassificationTrainer.Options options) =>
        [.. Trained.TopicPipeline(ml, options).Fit(Trained.Data(Texts.Reviews(60))).Transform(Trained.Data(Texts.Reviews(12, seed: 9)))
            .GetColumn<float[]>("Score").SelectMany(s => s)];

    private static float[] Scores(ITransformer model) => [.. model.Transform(Trained.Data(Texts.Opinions(12, seed: 9))).GetColumn<float>("Score")];
}
