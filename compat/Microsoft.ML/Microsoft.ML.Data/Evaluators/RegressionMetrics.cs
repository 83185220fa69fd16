namespace Microsoft.ML.Data;

/// <summary>How good predicted numbers are.</summary>
public sealed class RegressionMetrics
{
    internal RegressionMetrics()
    {
    }

    /// <summary>The mean of the absolute errors.</summary>
    public double MeanAbsoluteError { get; internal init; }

    /// <summary>The mean of the squared errors.</summary>
    public double MeanSquaredError { get; internal init; }

    /// <summary>The square root of the mean of the squared errors.</summary>
    public double RootMeanSquaredError { get; internal init; }

    /// <summary>The mean loss, which is the squared error.</summary>
    public double LossFunction { get; internal init; }

    /// <summary>The coefficient of determination: 1 minus the squared errors over the labels' squared distances from their mean.</summary>
    public double RSquared { get; internal init; }
}
