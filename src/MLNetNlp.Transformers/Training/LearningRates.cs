namespace MLNetNlp.Transformers.Training;

/// <summary>Learning rates by step.</summary>
/// <remarks>The formulas of Hugging Face <c>transformers.optimization</c>, equal to rounding.</remarks>
public static class LearningRates
{
    /// <summary>The learning rate that the schedule's factors are of.</summary>
    internal static double Highest(TrainingOptions options) => options.LearningRate ?? TrainingOptions.DefaultLearningRate;

    /// <summary>Number of warm-up steps of a run.</summary>
    public static int WarmupSteps(TrainingOptions options, int totalSteps) =>
        options.WarmupSteps ?? (int)Math.Ceiling(options.WarmupRatio * totalSteps);

    /// <summary>The factor on the learning rate that a step uses.</summary>
    /// <param name="options">The schedule and its settings.</param>
    /// <param name="step">Number of the step, from 0.</param>
    /// <param name="totalSteps">Steps of the whole run.</param>
    public static double Factor(TrainingOptions options, int step, int totalSteps)
    {
        if (options.Schedule == LearningRateSchedule.Constant)
            return 1;
        var warmup = WarmupSteps(options, totalSteps);
        if (step < warmup)
            return (double)step / Math.Max(1, warmup);
        var progress = (double)(step - warmup) / Math.Max(1, totalSteps - warmup);
        return options.Schedule switch
        {
            LearningRateSchedule.ConstantWithWarmup => 1,
            LearningRateSchedule.Linear => Math.Max(0, (double)(totalSteps - step) / Math.Max(1, totalSteps - warmup)),
            LearningRateSchedule.Cosine => Math.Max(0, 0.5 * (1 + Math.Cos(Math.PI * (options.ScheduleCycles ?? 0.5) * 2 * progress))),
            LearningRateSchedule.CosineWithRestarts => progress >= 1 ? 0 : 0.5 * (1 + Math.Cos(Math.PI * ((options.ScheduleCycles ?? 1) * progress % 1))),
            LearningRateSchedule.Polynomial => Polynomial(options, progress, step > totalSteps),
            LearningRateSchedule.InverseSquareRoot => InverseSquareRoot(step, warmup),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Schedule, $"Schedule {options.Schedule} is not known."),
        };
    }

    private static double Polynomial(TrainingOptions options, double progress, bool over)
    {
        var (highest, end) = (Highest(options), options.FinalLearningRate);
        return over ? end / highest : ((highest - end) * Math.Pow(1 - progress, options.SchedulePower) + end) / highest;
    }

    private static double InverseSquareRoot(int step, int warmup)
    {
        double timescale = warmup > 0 ? warmup : 10_000;
        return 1 / Math.Sqrt((step + timescale - warmup) / timescale);
    }
}
