namespace MLNetNlp;

/// <summary>How the learning rate moves over a training run. Every kind but <see cref="Constant"/> first rises linearly from 0 during the warm-up.</summary>
/// <remarks>Equal to Hugging Face <c>transformers.optimization</c>'s schedules of the same names, step by step.</remarks>
public enum LearningRateSchedule
{
    /// <summary>Falls in a straight line from the learning rate to 0 at the last step. The default.</summary>
    Linear,

    /// <summary>Falls along a cosine; <see cref="TrainingOptions.ScheduleCycles"/> 0.5 (the default) ends at 0.</summary>
    Cosine,

    /// <summary>Falls along a cosine and jumps back to the full rate, <see cref="TrainingOptions.ScheduleCycles"/> times in all (1 by default).</summary>
    CosineWithRestarts,

    /// <summary>Falls to <see cref="TrainingOptions.FinalLearningRate"/> along a polynomial of degree <see cref="TrainingOptions.SchedulePower"/>.</summary>
    Polynomial,

    /// <summary>The learning rate itself at every step, without warm-up.</summary>
    Constant,

    /// <summary>The learning rate itself once the warm-up is over.</summary>
    ConstantWithWarmup,

    /// <summary>Falls as one over the square root of the step, without an end; the time scale is the warm-up (10,000 steps when there is none).</summary>
    InverseSquareRoot,
}
