using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>The exceptions that ML.NET's components throw, by cause.</summary>
internal static class Contracts
{
    private const string Marked = "ML_IsMarked";

    internal static TException Mark<TException>(TException exception)
        where TException : Exception
    {
        exception.Data[Marked] = true;
        return exception;
    }

    internal static bool IsMarked(this Exception exception) => exception.Data.Contains(Marked);

    internal static void CheckNonEmpty(string value, string parameter)
    {
        if (string.IsNullOrEmpty(value))
        {
            throw Mark(new ArgumentOutOfRangeException(parameter, $"{parameter} cannot be null or empty"));
        }
    }

    internal static void Check(bool condition, string message)
    {
        if (!condition)
        {
            throw Mark(new InvalidOperationException(message));
        }
    }

    /// <summary>What was read is malformed.</summary>
    internal static void CheckDecode(bool condition, string message)
    {
        if (!condition)
        {
            throw ExceptDecode(message);
        }
    }

    internal static FormatException ExceptDecode(string message, Exception inner = null) => Mark(new FormatException(message, inner));

    internal static ArgumentOutOfRangeException ExceptSchemaMismatch(string parameter, string columnRole, string columnName) =>
        Mark(new ArgumentOutOfRangeException(parameter, $"Could not find {columnRole} column '{columnName}'"));

    internal static ArgumentOutOfRangeException ExceptSchemaMismatch(string parameter, string columnRole, string columnName, string expected, string actual) =>
        Mark(new ArgumentOutOfRangeException(parameter, $"Schema mismatch for {columnRole} column '{columnName}': expected {expected}, got {actual}"));

    /// <summary>Fails when the environment was told to stop.</summary>
    internal static void CheckAlive(this IHostEnvironment environment)
    {
        if (environment is ICancelable { IsCanceled: true })
        {
            throw Mark(new OperationCanceledException("Operation was canceled."));
        }
    }
}
