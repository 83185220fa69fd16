namespace Microsoft.ML;

/// <summary>What ML.NET throws for arguments.</summary>
internal static class Errors
{
    /// <summary>An argument is of no use: out of range, whatever is wrong with it.</summary>
    internal static ArgumentOutOfRangeException Parameter(string message, string parameter) => new(parameter, message);
}
