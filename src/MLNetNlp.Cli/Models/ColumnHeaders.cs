namespace MLNetNlp.Cli.Models;

/// <summary>What a file calls a model's columns; null where it calls them as the model does.</summary>
/// <param name="Group">Of a ranking, the column that says which rows are ranked against each other.</param>
internal sealed record ColumnHeaders(string? Text, string? Text2, string? Label, string? Group = null);
