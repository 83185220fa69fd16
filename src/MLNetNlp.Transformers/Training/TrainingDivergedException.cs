namespace MLNetNlp.Transformers.Training;

/// <summary>The loss or its gradient became infinite or not a number. The weights are those before the step.</summary>
public sealed class TrainingDivergedException(int step, string quantity, double value, double learningRate)
    : Exception(FormattableString.Invariant($"Training diverged: the {quantity} is {value} at step {step} (learning rate {learningRate:g3}). ")
        + "Lower TrainingOptions.LearningRate, or lengthen the warm-up.")
{
    /// <summary>The optimizer step, from 1.</summary>
    public int Step { get; } = step;
}
