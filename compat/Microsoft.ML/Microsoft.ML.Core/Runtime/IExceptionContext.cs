namespace Microsoft.ML.Runtime;

/// <summary>What adds its own name to the exceptions that pass through it.</summary>
public interface IExceptionContext
{
    /// <summary>Says where.</summary>
    string ContextDescription { get; }

    /// <summary>Adds to an exception and gives it back, to be thrown.</summary>
    TException Process<TException>(TException ex)
        where TException : Exception;
}
