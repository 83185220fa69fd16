namespace MLNetNlp.Cli.Data;

/// <summary>What labelled files hold, found in one pass before any work.</summary>
/// <param name="Rows">Rows with a label.</param>
/// <param name="Skipped">Rows without one, which take no part.</param>
/// <param name="Classes">The labels there are and how often, sorted by name.</param>
internal sealed record DataSummary(long Rows, long Skipped, IReadOnlyDictionary<string, long> Classes)
{
    /// <summary>Reads the whole view, so that a malformed line is an error now.</summary>
    /// <param name="label">The number of the label's column in the view.</param>
    public static DataSummary Of(RecordView view, int label)
    {
        var classes = new SortedDictionary<string, long>(StringComparer.Ordinal);
        long rows = 0, skipped = 0;
        foreach (var (_, _, values) in view.Rows())
        {
            if (values[label].Length == 0)
            {
                skipped++;
                continue;
            }

            rows++;
            classes[values[label]] = classes.GetValueOrDefault(values[label]) + 1;
        }

        return new DataSummary(rows, skipped, classes);
    }

    /// <summary>For example <c>960 rows, 2 classes: negative 480, positive 480</c>.</summary>
    public override string ToString()
    {
        const int Most = 10;
        var some = string.Join(", ", Classes.Take(Most).Select(c => $"{c.Key} {c.Value}"));
        var more = Classes.Count > Most ? $" and {Classes.Count - Most} more" : "";
        var skipped = Skipped > 0 ? $", {Skipped} skipped for want of a label" : "";
        return $"{Rows} rows{skipped}, {Classes.Count} classes: {some}{more}";
    }
}
