using Microsoft.ML.Data;

namespace MLNetNlp.Cli.Data;

/// <summary>A column of a <see cref="RecordView"/> and where it comes from.</summary>
/// <param name="Name">Its name in the data view.</param>
/// <param name="Type">Its type there.</param>
/// <param name="Header">The file's column to read; null gives every row an empty text, false or 0.</param>
/// <param name="Position">The number of the file's column, where a name would not do because it occurs twice.</param>
internal sealed record ViewColumn(string Name, DataViewType Type, string? Header, int Position = -1)
{
    /// <summary>The <see cref="Header"/> of a column that holds each row's whole JSON object.</summary>
    public const string JsonHeader = "\0json";
}
