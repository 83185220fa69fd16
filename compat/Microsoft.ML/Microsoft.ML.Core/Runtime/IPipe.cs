namespace Microsoft.ML.Runtime;

/// <summary>Takes messages.</summary>
public interface IPipe<TMessage> : IExceptionContext, IDisposable
{
    /// <summary>Passes a message to those who listen.</summary>
    void Send(TMessage msg);
}
