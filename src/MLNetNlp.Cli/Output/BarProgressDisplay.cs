using Spectre.Console;

namespace MLNetNlp.Cli.Output;

/// <summary>A bar with the time that is left, and a line above it for each validation.</summary>
internal sealed class BarProgressDisplay : ProgressDisplay
{
    private ProgressTask? _task;

    public override void Run(Action work) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .Start(context =>
        {
            _task = context.AddTask("preparing", autoStart: true);
            _task.IsIndeterminate = true;
            work();
            _task.Value = _task.MaxValue;
        });

    public override void Report(TrainingProgress value)
    {
        if (value.ValidationMetric is { } metric)
            AnsiConsole.MarkupLineInterpolated($"epoch {value.Epoch}: validation {value.ValidationMetricName} {metric:0.0000}, loss {value.ValidationLoss:0.0000}");
        if (_task is null)
            return;
        _task.IsIndeterminate = false;
        _task.MaxValue = value.TotalSteps;
        _task.Value = value.Step;
        _task.Description = FormattableString.Invariant($"epoch {value.Epoch}  loss {value.Loss:0.0000}  {value.SamplesPerSecond:0} examples/s");
    }
}
