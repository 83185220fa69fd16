using System.Text.Json.Nodes;

namespace MLNetNlp.Cli.Output;

/// <summary>Gathers the progress of a training run by epoch.</summary>
internal sealed class TrainingHistory : IProgress<TrainingProgress>
{
    private const string Accuracy = "accuracy";

    private readonly List<EpochRecord> _epochs = [];

    public IReadOnlyList<EpochRecord> Epochs => _epochs;

    /// <summary>Number of single weights that were trained; null when no step was.</summary>
    public long? TrainableParameters { get; private set; }

    public void Report(TrainingProgress value)
    {
        TrainableParameters = value.TrainableParameters;
        if (_epochs.Count == 0 || _epochs[^1].Epoch != value.Epoch)
            _epochs.Add(new EpochRecord(value.Epoch, 0, 0, null, null, null));
        var epoch = _epochs[^1];

        // A step followed by a validation is reported a second time, with the validation's figures.
        _epochs[^1] = value.ValidationMetric is null && value.ValidationLoss is null
            ? epoch with { Steps = epoch.Steps + 1, Loss = epoch.Loss + ((value.Loss - epoch.Loss) / (epoch.Steps + 1)) }
            : epoch with { ValidationMetric = value.ValidationMetric, ValidationMetricName = value.ValidationMetricName, ValidationLoss = value.ValidationLoss };
    }

    /// <summary>A record an epoch. An accuracy is called so; any other figure is <c>validationMetric</c>, beside its name.</summary>
    public JsonArray ToJson() => new([.. _epochs.Select(epoch =>
    {
        var json = new JsonObject { ["epoch"] = epoch.Epoch, ["steps"] = epoch.Steps, ["loss"] = MetricsJson.Number(epoch.Loss) };
        if (epoch.ValidationMetric is { } value)
        {
            var isAccuracy = epoch.ValidationMetricName == Accuracy;
            json[isAccuracy ? "validationAccuracy" : "validationMetric"] = MetricsJson.Number(value);
            if (!isAccuracy)
                json["validationMetricName"] = epoch.ValidationMetricName;
        }

        if (epoch.ValidationLoss is { } loss)
            json["validationLoss"] = MetricsJson.Number(loss);
        return (JsonNode?)json;
    })]);
}
