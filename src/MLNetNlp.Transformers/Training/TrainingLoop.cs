namespace MLNetNlp.Transformers.Training;

/// <summary>The one training loop: every task trains through it.</summary>
/// <remarks>
/// One optimizer step: for each of the step's batches, forward and backward of its mean loss divided by their number; clip the gradient's global norm;
/// AdamW; next learning rate. On CPU, the same seed, data and number of threads give bit-equal weights, and a resumed run ends in the weights of an
/// uninterrupted one. Dropout draws from torch's global generator, which the loop seeds before every batch; so where that matters, train one model at a
/// time in a process.
/// </remarks>
public static class TrainingLoop
{
    /// <summary>Trains a module in place, and leaves it in evaluation mode.</summary>
    /// <exception cref="ArgumentException">Options that make no sense, or no examples.</exception>
    /// <exception cref="InvalidOperationException">Nothing to train, or a checkpoint that is not of this run.</exception>
    /// <exception cref="TrainingDivergedException">The loss became infinite or not a number.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a checkpoint is written first where there is a folder for it.</exception>
    public static TrainingResult Run(TrainingJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        job.Options.WithLearningRate(job.Adapter).Validate();
        job.Freezing?.Validate();
        if (job.ExampleCount < 1)
            throw new ArgumentException("There are no training examples; at least 1 is needed.", nameof(job));
        using var freeze = new ParameterFreeze(job.Module, job.Freezing);
        using var run = new TrainingRun(job);
        try
        {
            return run.Execute();
        }
        finally
        {
            job.Module.eval();
        }
    }
}
