namespace Microsoft.ML;

/// <summary>A column to make and the one to make it of.</summary>
public sealed class InputOutputColumnPair
{
    /// <summary>Makes <paramref name="outputColumnName"/> of <paramref name="inputColumnName"/>, or of the column of the same name.</summary>
    public InputOutputColumnPair(string outputColumnName, string inputColumnName = null)
    {
        Contracts.CheckNonEmpty(outputColumnName, nameof(outputColumnName));
        OutputColumnName = outputColumnName;
        InputColumnName = inputColumnName ?? outputColumnName;
    }

    /// <summary>The column to make it of.</summary>
    public string InputColumnName { get; }

    /// <summary>The column to make.</summary>
    public string OutputColumnName { get; }

    internal static (string Output, string Input)[] PairsOf(IReadOnlyList<InputOutputColumnPair> columns) =>
        columns is null or [] ? throw Errors.Parameter("At least one column is needed.", nameof(columns))
            : [.. columns.Select(pair => (pair.OutputColumnName, pair.InputColumnName))];
}
