namespace Microsoft.ML.Runtime;

/// <summary>One report of progress, to be filled in.</summary>
public interface IProgressEntry
{
    /// <summary>How far the unit at an index has come.</summary>
    void SetProgress(int index, double value);

    /// <summary>How far the unit at an index has come, and where it ends.</summary>
    void SetProgress(int index, double value, double lim);

    /// <summary>The metric at an index.</summary>
    void SetMetric(int index, double value);
}
