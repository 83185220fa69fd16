namespace MLNetNlp;

/// <summary>What a few-shot evaluation found: the runs, and mean and deviation over them.</summary>
public sealed class FewShotEvaluation
{
    /// <summary>Puts runs together.</summary>
    /// <param name="perClass">Examples of each class in a sample.</param>
    /// <param name="runs">The runs; at least one.</param>
    public FewShotEvaluation(int perClass, IReadOnlyList<FewShotRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        if (runs.Count == 0)
            throw new ArgumentException("There are no runs; at least one is needed.", nameof(runs));
        (PerClass, Runs) = (perClass, runs);
    }

    /// <summary>Examples of each class in a sample.</summary>
    public int PerClass { get; }

    /// <summary>The runs, by seed.</summary>
    public IReadOnlyList<FewShotRun> Runs { get; }

    /// <summary>The share of test rows that were classified right.</summary>
    public FewShotFigure MicroAccuracy => FewShotFigure.Of(Runs.Select(run => run.Metrics.MicroAccuracy));

    /// <summary>The same, as a mean over classes.</summary>
    public FewShotFigure MacroAccuracy => FewShotFigure.Of(Runs.Select(run => run.Metrics.MacroAccuracy));

    /// <summary>Mean negative logarithm of the right class's probability.</summary>
    public FewShotFigure LogLoss => FewShotFigure.Of(Runs.Select(run => run.Metrics.LogLoss));

    /// <summary>Seconds from call to fitted model.</summary>
    public FewShotFigure TrainingSeconds => FewShotFigure.Of(Runs.Select(run => run.TrainingTime.TotalSeconds));
}
