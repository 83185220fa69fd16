using System.Diagnostics;

namespace MLNetNlp.Benchmarks.Adapters;

/// <summary>Takes the time of each epoch, and counts what trains.</summary>
internal sealed class EpochClock : IProgress<TrainingProgress>
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly SortedDictionary<int, (double First, double Last, int Steps)> _epochs = [];

    public long TrainableParameters { get; private set; }

    /// <summary>Seconds from the end of each epoch's first step to that of its last, as if all steps had taken as long as these.</summary>
    public IEnumerable<double> Seconds => _epochs.Values.Select(e => e.Steps < 2 ? e.Last - e.First : (e.Last - e.First) * e.Steps / (e.Steps - 1));

    public void Report(TrainingProgress value)
    {
        TrainableParameters = value.TrainableParameters;
        var now = _clock.Elapsed.TotalSeconds;
        var (first, _, steps) = _epochs.GetValueOrDefault(value.Epoch, (now, now, 0));
        _epochs[value.Epoch] = (first, now, steps + 1);
    }
}
