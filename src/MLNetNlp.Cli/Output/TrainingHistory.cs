using System.Text.Json.Nodes;

namespace MLNetNlp.Cli.Output;

/// <summary>Gathers the progress of a training run by epoch.</summary>
internal sealed class TrainingHistory : IProgress<TrainingProgress>
{
    private readonly List<EpochRecord> _epochs = [];

    public IReadOnlyList<EpochRecord> Epochs => _epochs;

    /// <summary>Number of single weights that were trained; null when no step was.</summary>
    public long? TrainableParameters { get; private set; }

    public void Report(TrainingProgress value)
    {
        TrainableParameters = value.TrainableParameters;
        if (_epochs.Count == 0 || _epochs[^1].Epoch != value.Epoch)
            _epochs.Add(new EpochRecord(value.Epoch, 0, 0, null, null));
        var epoch = _epochs[^1];

        // A step followed by a validation is reported a second time, with the validation's figures.
        _epochs[^1] = value.ValidationMetric is null && value.ValidationLoss is null
            ? epoch with { Steps = epoch.Steps + 1, Loss = epoch.Loss + ((value.Loss - epoch.Loss) / (epoch.Steps + 1)) }
            : epoch with { ValidationMetric = value.ValidationMetric, ValidationLoss = value.ValidationLoss };
    }

    /// <summary>A record an epoch.</summary>
    /// <param name="metric">What the task's figure is called.</param>
    public JsonArray ToJson(string metric = "validationAccuracy") => new([.. _epochs.Select(epoch =>
    {
        var json = new JsonObject { ["epoch"] = epoch.Epoch, ["steps"] = epoch.Steps, ["loss"] = MetricsJson.Number(epoch.Loss) };
        if (epoch.ValidationMetric is { } value)
            json[metric] = MetricsJson.Number(value);
        if (epoch.ValidationLoss is { } loss)
            json["validationLoss"] = MetricsJson.Number(loss);
        return (JsonNode?)json;
    })]);
}
