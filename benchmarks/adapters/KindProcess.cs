using System.Diagnostics;
using System.Globalization;

namespace MLNetNlp.Benchmarks.Adapters;

/// <summary>A process that does what <see cref="StepRun"/> does, for one kind.</summary>
internal sealed class KindProcess : IDisposable
{
    private readonly Process _process;

    public KindProcess(string folder, string kind, IEnumerable<string> settings)
    {
        Name = kind;
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(KindProcess).Assembly.Location, "step", folder, kind, .. settings])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
    }

    public string Name { get; }

    /// <summary>Seconds of each step, by rounds.</summary>
    public List<double> Training { get; } = [];

    /// <summary>Seconds of each scoring pass, by rounds.</summary>
    public List<double> Scoring { get; } = [];

    public double[] Ask(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
        var answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"'{Name}' ended before it answered '{command}'.");
        return [.. answer.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
