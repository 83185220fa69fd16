namespace MLNetNlp.Cli.Output;

/// <summary>About twenty lines over the whole run, and one for each validation.</summary>
internal sealed class LineProgressDisplay(TextWriter output) : ProgressDisplay
{
    private const int Lines = 20;

    private int _lastShare = -1;

    public override void Run(Action work) => work();

    public override void Report(TrainingProgress value)
    {
        if (value.ValidationMetric is not null || value.ValidationLoss is not null)
        {
            var figure = value.ValidationMetric is { } metric ? FormattableString.Invariant($"  {value.ValidationMetricName} {metric:0.0000}") : "";
            var loss = value.ValidationLoss is { } l ? FormattableString.Invariant($"  loss {l:0.0000}") : "";
            output.WriteLine(FormattableString.Invariant($"epoch {value.Epoch}  step {value.Step}/{value.TotalSteps}  validation{figure}{loss}"));
            return;
        }

        var share = (int)((long)value.Step * Lines / Math.Max(1, value.TotalSteps));
        if (share == _lastShare)
            return;
        _lastShare = share;
        output.WriteLine(FormattableString.Invariant(
            $"epoch {value.Epoch}  step {value.Step}/{value.TotalSteps}  loss {value.Loss:0.0000}  rate {value.LearningRate:0.0e-0}  {value.SamplesPerSecond:0.0} examples/s"));
    }
}
