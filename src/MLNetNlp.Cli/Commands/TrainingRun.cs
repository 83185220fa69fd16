using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.ML;
using MLNetNlp.Cli.Output;

namespace MLNetNlp.Cli.Commands;

/// <summary>One run of a <c>train</c> command, from the start of its clock to its figures.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TrainingHistory _history = new();
    private readonly ProgressDisplay _display;
    private readonly CancellationToken _cancellation;
    private OutputFile? _model;
    private OutputFile? _metrics;
    private double _seconds;

    public TrainingRun(TextWriter output, CancellationToken cancellation)
    {
        Output = output;
        _cancellation = cancellation;
        _display = ProgressDisplay.For(output);
        Progress = new ProgressFan(_history, _display);
    }

    /// <summary>Where lines for the user go.</summary>
    public TextWriter Output { get; }

    /// <summary>What training reports to.</summary>
    public IProgress<TrainingProgress> Progress { get; }

    /// <summary>The model's file.</summary>
    public string ModelPath => _model!.Path;

    /// <summary>Proves, before any work, that the outputs can be written.</summary>
    public void Open(TrainingFileOptions files, ParseResult parsed)
    {
        _model = files.OpenOutput(parsed);
        _metrics = files.OpenMetrics(parsed);
    }

    /// <summary>Trains while progress is shown.</summary>
    public T Fit<T>(Func<T> fit)
        where T : class
    {
        T? fitted = null;
        _display.Run(() => fitted = fit());
        return fitted!;
    }

    /// <summary>Writes the model, unless the run was stopped.</summary>
    public void Save(MLContext ml, ITransformer model, DataViewSchema input)
    {
        _cancellation.ThrowIfCancellationRequested();
        _model!.Write(stream => ml.Model.Save(model, input, stream));
        _seconds = _clock.Elapsed.TotalSeconds;
    }

    /// <summary>Says where the model is and how long it took.</summary>
    public void WriteSaved() =>
        Output.WriteLine(FormattableString.Invariant($"saved {ModelPath} ({new FileInfo(ModelPath).Length / 1e6:0.0} MB) after {_seconds:0.0} s"));

    /// <summary>Shows what the model came to on the validation set, and writes the figures.</summary>
    /// <param name="facts">The task, its model and its data; what is common to all tasks is added.</param>
    /// <param name="report">The validation for a reader; null: there was none.</param>
    /// <param name="validation">Its figures.</param>
    public void Finish(JsonObject facts, IEnumerable<string>? report = null, JsonObject? validation = null)
    {
        foreach (var line in report is null ? [] : (string[])["", "validation", .. report])
            Output.WriteLine(line);
        if (_metrics is null)
            return;
        facts["seconds"] = Math.Round(_seconds, 3);
        facts["trainableParameters"] = _history.TrainableParameters;
        facts["steps"] = _history.Epochs.Sum(epoch => epoch.Steps);
        facts["history"] = _history.ToJson();
        if (validation is not null)
            facts["validation"] = validation;
        MetricsJson.Write(_metrics, facts);
    }

    public void Dispose()
    {
        _metrics?.Dispose();
        _model?.Dispose();
    }
}
