namespace Microsoft.ML.Runtime;

/// <summary>Starts channels for messages.</summary>
public interface IChannelProvider : IExceptionContext
{
    /// <summary>Starts a channel; dispose it when the work that it names is done.</summary>
    IChannel Start(string name);

    /// <summary>Starts a pipe for messages of any type.</summary>
    IPipe<TMessage> StartPipe<TMessage>(string name);
}
