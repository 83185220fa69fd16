using System.Net;

namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>A model could not be had from the Hugging Face hub; the message names repository, revision and file, and what to do.</summary>
public sealed class HubException : IOException
{
    /// <summary>Creates the exception.</summary>
    public HubException(string message, HttpStatusCode? statusCode = null, Exception? innerException = null)
        : base(message, innerException) => StatusCode = statusCode;

    /// <summary>The hub's answer; null when there was none.</summary>
    public HttpStatusCode? StatusCode { get; }
}
