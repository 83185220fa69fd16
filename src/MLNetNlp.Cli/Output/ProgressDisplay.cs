namespace MLNetNlp.Cli.Output;

/// <summary>Shows how a long run goes on: a bar on a terminal, plain lines elsewhere.</summary>
internal abstract class ProgressDisplay : IProgress<TrainingProgress>
{
    /// <summary>The display that suits <paramref name="output"/>.</summary>
    public static ProgressDisplay For(TextWriter output) =>
        ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && Spectre.Console.AnsiConsole.Profile.Capabilities.Interactive
            ? new BarProgressDisplay()
            : new LineProgressDisplay(output);

    /// <summary>Runs <paramref name="work"/>, during which <see cref="Report"/> may be called.</summary>
    public abstract void Run(Action work);

    public abstract void Report(TrainingProgress value);
}
