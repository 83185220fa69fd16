using System.Text.Json;
using MLNetNlp.Transformers.Training;

namespace MLNetNlp.Transformers.Tests.Training;

[TestClass]
public sealed class LearningRatesTests
{
    public static IEnumerable<object[]> Schedules =>
    [
        ["constant", new TrainingOptions { Schedule = LearningRateSchedule.Constant }],
        ["constant_with_warmup", new TrainingOptions { Schedule = LearningRateSchedule.ConstantWithWarmup }],
        ["linear", new TrainingOptions()],
        ["linear_no_warmup", new TrainingOptions { WarmupSteps = 0 }],
        ["cosine", new TrainingOptions { Schedule = LearningRateSchedule.Cosine }],
        ["cosine_cycles_1.5", new TrainingOptions { Schedule = LearningRateSchedule.Cosine, ScheduleCycles = 1.5 }],
        ["cosine_with_restarts_2", new TrainingOptions { Schedule = LearningRateSchedule.CosineWithRestarts, ScheduleCycles = 2 }],
        ["polynomial_power1", new TrainingOptions { Schedule = LearningRateSchedule.Polynomial }],
        ["polynomial_power2_end1e-5", new TrainingOptions { Schedule = LearningRateSchedule.Polynomial, SchedulePower = 2, FinalLearningRate = 1e-5 }],
        ["inverse_sqrt", new TrainingOptions { Schedule = LearningRateSchedule.InverseSquareRoot }],
    ];

    [TestMethod]
    [DynamicData(nameof(Schedules))]
    public void Every_schedule_equals_transformers(string name, TrainingOptions options)
    {
        using var figures = JsonDocument.Parse(File.ReadAllText(TestPaths.Fixture("training", "schedules.json")));
        var expected = figures.RootElement.GetProperty(name).EnumerateArray().Select(x => x.GetDouble()).ToArray();
        options = options with { LearningRate = 1e-3, WarmupSteps = options.WarmupSteps ?? 5 };
        for (var step = 0; step < expected.Length; step++)
            Assert.AreEqual(expected[step], 1e-3 * LearningRates.Factor(options, step, 20), 1e-12, $"{name}, step {step}");
    }

    [TestMethod]
    [DataRow(0.1, 801, 81)]
    [DataRow(0.1, 20, 2)]
    [DataRow(0.0, 20, 0)]
    [DataRow(1.0, 7, 7)]
    public void A_warmup_ratio_is_rounded_up_to_steps(double ratio, int total, int steps) =>
        Assert.AreEqual(steps, LearningRates.WarmupSteps(new TrainingOptions { WarmupRatio = ratio }, total));

    [TestMethod]
    public void Warmup_steps_win_over_the_ratio() => Assert.AreEqual(3, LearningRates.WarmupSteps(new TrainingOptions { WarmupSteps = 3 }, 1000));
}
