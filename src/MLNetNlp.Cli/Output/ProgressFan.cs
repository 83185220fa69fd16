namespace MLNetNlp.Cli.Output;

/// <summary>Passes progress on to several, on the thread that reports it.</summary>
internal sealed class ProgressFan(params IProgress<TrainingProgress>[] receivers) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        foreach (var receiver in receivers)
            receiver.Report(value);
    }
}
