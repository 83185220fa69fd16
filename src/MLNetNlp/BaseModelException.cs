namespace MLNetNlp;

/// <summary>An adapter was saved alone, and its base model is not there, or another one is. The message says which is needed and how to point to it.</summary>
/// <remarks>
/// <c>mlContext.Model.Load</c> makes transformers by reflection, and wraps what they throw: there it is the inner exception of a
/// <see cref="System.Reflection.TargetInvocationException"/>.
/// </remarks>
public sealed class BaseModelException : InvalidOperationException
{
    internal BaseModelException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
