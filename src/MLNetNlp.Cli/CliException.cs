namespace MLNetNlp.Cli;

/// <summary>What went wrong in words for the user: one line on standard error, exit code 1.</summary>
internal sealed class CliException(string message, Exception? inner = null) : Exception(message, inner);
