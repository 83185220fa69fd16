namespace MLNetNlp.Transformers.Tests.Training;

[TestClass]
public sealed class TrainingOptionsTests
{
    public static IEnumerable<object[]> BadOptions =>
    [
        ["MaxEpochs is 0", new TrainingOptions { MaxEpochs = 0 }],
        ["MaxSteps is -1", new TrainingOptions { MaxSteps = -1 }],
        ["BatchSize is 0", new TrainingOptions { BatchSize = 0 }],
        ["GradientAccumulationSteps is 0", new TrainingOptions { GradientAccumulationSteps = 0 }],
        ["LearningRate is -0.1", new TrainingOptions { LearningRate = -0.1 }],
        ["LearningRate is NaN", new TrainingOptions { LearningRate = double.NaN }],
        ["WarmupRatio is 1.5", new TrainingOptions { WarmupRatio = 1.5 }],
        ["WarmupSteps is -2", new TrainingOptions { WarmupSteps = -2 }],
        ["WeightDecay is -1", new TrainingOptions { WeightDecay = -1 }],
        ["MaxGradientNorm is NaN", new TrainingOptions { MaxGradientNorm = double.NaN }],
        ["LabelSmoothing is 1", new TrainingOptions { LabelSmoothing = 1 }],
        ["LayerwiseLearningRateDecay is 0", new TrainingOptions { LayerwiseLearningRateDecay = 0 }],
        ["ScheduleCycles is 0", new TrainingOptions { ScheduleCycles = 0 }],
        ["SchedulePower is 0", new TrainingOptions { SchedulePower = 0 }],
        ["FinalLearningRate is 1", new TrainingOptions { Schedule = LearningRateSchedule.Polynomial, FinalLearningRate = 1 }],
        ["EvaluationInterval is 0", new TrainingOptions { EvaluationInterval = 0 }],
        ["EarlyStoppingPatience is 0", new TrainingOptions { EarlyStoppingPatience = 0 }],
        ["Schedule is 99", new TrainingOptions { Schedule = (LearningRateSchedule)99 }],
        ["Resume needs TrainingOptions.CheckpointFolder", new TrainingOptions { Resume = true }],
        ["CheckpointInterval needs TrainingOptions.CheckpointFolder", new TrainingOptions { CheckpointInterval = 5 }],
        ["Device is 'gpu'", new TrainingOptions { Device = "gpu" }],
        ["Device is 'cuda:-1'", new TrainingOptions { Device = "cuda:-1" }],
    ];

    [TestMethod]
    [DynamicData(nameof(BadOptions))]
    public void A_bad_option_is_named_with_its_value(string message, TrainingOptions options)
    {
        var error = Assert.Throws<ArgumentException>(options.Validate);
        StringAssert.Contains(error.Message, message);
    }

    [TestMethod]
    public void The_defaults_are_valid() => new TrainingOptions().Validate();

    [TestMethod]
    public void A_negative_number_of_frozen_layers_is_refused() =>
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(new FreezingOptions { Layers = -1 }.Validate).Message, "Layers is -1");
}
