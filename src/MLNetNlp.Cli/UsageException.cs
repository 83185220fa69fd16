namespace MLNetNlp.Cli;

/// <summary>The options contradict each other: one line on standard error, exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
