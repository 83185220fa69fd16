namespace MLNetNlp.Cli.Models;

/// <summary>What a file calls a model's columns; null where it calls them as the model does.</summary>
internal sealed record ColumnHeaders(string? Text, string? Text2, string? Label);
