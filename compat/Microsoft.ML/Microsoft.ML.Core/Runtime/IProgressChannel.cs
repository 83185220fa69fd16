namespace Microsoft.ML.Runtime;

/// <summary>Takes the progress of one piece of work.</summary>
public interface IProgressChannel : IProgressChannelProvider, IDisposable
{
    /// <summary>Says what is reported, and how to find out at any time.</summary>
    void SetHeader(ProgressHeader header, Action<IProgressEntry> fillAction);

    /// <summary>Reports: metrics, then progress.</summary>
    void Checkpoint(params double?[] values);
}
