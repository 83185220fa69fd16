namespace Microsoft.ML.Runtime;

/// <summary>What reports of progress hold.</summary>
public sealed class ProgressHeader
{
    /// <summary>The names of the metrics.</summary>
    public readonly IReadOnlyList<string> MetricNames;

    /// <summary>The names of the units that progress is counted in.</summary>
    public readonly IReadOnlyList<string> UnitNames;

    /// <summary>Metrics and units.</summary>
    public ProgressHeader(string[] metricNames, string[] unitNames)
    {
        MetricNames = metricNames ?? [];
        UnitNames = unitNames ?? [];
    }

    /// <summary>Units only.</summary>
    public ProgressHeader(params string[] unitNames)
        : this(null, unitNames)
    {
    }
}
