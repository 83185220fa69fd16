using MLNetNlp.Cli.Output;

namespace MLNetNlp.Cli.Tests.Output;

[TestClass]
public sealed class TrainingHistoryTests
{
    [TestMethod]
    public void A_step_that_is_reported_again_with_its_validation_counts_once()
    {
        var history = new TrainingHistory();
        history.Report(Step(1, 1, 0.9));
        history.Report(Step(2, 1, 0.5));
        history.Report(Step(2, 1, 0.5) with { ValidationMetric = 0.8, ValidationLoss = 0.6 });
        history.Report(Step(3, 2, 0.4));
        Assert.HasCount(2, history.Epochs);
        Assert.AreEqual((2, 0.7, 0.8, 0.6), (history.Epochs[0].Steps, Math.Round(history.Epochs[0].Loss, 9), history.Epochs[0].ValidationMetric, history.Epochs[0].ValidationLoss));
        Assert.AreEqual((1, 0.4, null), (history.Epochs[1].Steps, history.Epochs[1].Loss, history.Epochs[1].ValidationMetric));
    }

    [TestMethod]
    [DataRow("accuracy", "validationAccuracy", null)]
    [DataRow("Spearman correlation", "validationMetric", "Spearman correlation")]
    public void A_validations_figure_has_its_own_name(string figure, string property, string? name)
    {
        var history = new TrainingHistory();
        history.Report(Step(1, 1, 0.9));
        history.Report(Step(1, 1, 0.9) with { ValidationMetric = 0.8, ValidationMetricName = figure });
        var epoch = history.ToJson()[0]!.AsObject();
        Assert.AreEqual(0.8, epoch[property]!.GetValue<double>());
        Assert.AreEqual(name, epoch["validationMetricName"]?.GetValue<string>());
        Assert.HasCount(name is null ? 4 : 5, epoch);
    }

    private static TrainingProgress Step(int step, int epoch, double loss) => new(step, 4, epoch, loss, 1e-4, 1, 10);
}
