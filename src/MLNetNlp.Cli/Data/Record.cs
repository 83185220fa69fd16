namespace MLNetNlp.Cli.Data;

/// <summary>One row of a data file.</summary>
/// <param name="Line">The line, from 1, where the row begins.</param>
/// <param name="Fields">One text for each of the reader's columns; empty where the row has none.</param>
/// <param name="Json">The whole JSON object, when the file holds JSON lines.</param>
internal readonly record struct Record(long Line, string[] Fields, string? Json = null);
