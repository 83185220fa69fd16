namespace Microsoft.ML.Runtime;

/// <summary>Starts channels for progress.</summary>
public interface IProgressChannelProvider
{
    /// <summary>Starts a channel; dispose it when the work that it names is done.</summary>
    IProgressChannel StartProgressChannel(string name);
}
