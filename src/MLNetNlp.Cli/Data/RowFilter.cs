namespace MLNetNlp.Cli.Data;

/// <summary>Says whether a row takes part.</summary>
/// <param name="row">The row's number over all files, from 0.</param>
/// <param name="values">The texts of the view's columns.</param>
internal delegate bool RowFilter(long row, IReadOnlyList<string> values);
