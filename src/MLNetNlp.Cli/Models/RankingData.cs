using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Cli.Data;

namespace MLNetNlp.Cli.Models;

/// <summary>Pairs of query and document with a grade that a ranking is trained and validated on; the views' last columns are the group and the label.</summary>
/// <param name="Rows">Training rows with a label and a group.</param>
/// <param name="SkippedRows">Training rows without.</param>
/// <param name="Groups">Training groups.</param>
internal sealed record RankingData(RecordView Train, long Rows, long SkippedRows, long Groups, RecordView? Validation, long ValidationRows)
{
    /// <summary>The column of groups.</summary>
    public string GroupColumn => Train.Columns[^2].Name;

    /// <summary>Opens the files and reads them once, so that what is wrong with them shows before any work.</summary>
    public static RankingData Read(IReadOnlyList<string> trainFiles, string? validationFile, ColumnHeaders headers)
    {
        var columns = Columns(headers);
        var train = new RecordView([.. trainFiles.Select(RecordSource.File)], columns);
        var validation = validationFile is null ? null : new RecordView([RecordSource.File(validationFile)], columns);
        var (rows, skipped, groups) = Count(train);
        var held = validation is null ? 0 : Count(validation).Rows;
        return new RankingData(Usable(train), rows, skipped, groups, validation is null ? null : Usable(validation), held);
    }

    /// <summary>The rows with groups as keys, which are numbered in each view anew: they are compared within one only.</summary>
    public IDataView Keyed(MLContext ml, RecordView view) => ml.Transforms.Conversion.MapValueToKey(GroupColumn).Fit(view).Transform(view);

    /// <summary>The rows that have a label and a group.</summary>
    public static RecordView Usable(RecordView view) => view.Where((_, values) => values[^2].Length > 0 && !string.IsNullOrWhiteSpace(values[^1]));

    /// <summary>Reads the whole view, so that a label that is no number is an error now.</summary>
    /// <exception cref="CliException">A label is no number, and the message has file and line; or no row has both.</exception>
    public static (long Rows, long Skipped, long Groups) Count(RecordView view)
    {
        long rows = 0, skipped = 0;
        var groups = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (source, line, values) in view.Rows())
        {
            if (!RegressionData.HasNumber(source, line, values[^1], view.Columns[^1].Header) || values[^2].Length == 0)
            {
                skipped++;
                continue;
            }

            rows++;
            groups.Add(values[^2]);
        }

        return rows > 0 ? (rows, skipped, groups.Count) : throw new CliException(
            $"{string.Join(", ", view.Sources.Select(source => source.Name))}: no row has a label in column '{view.Columns[^1].Header}' and a group in column '{view.Columns[^2].Header}'.");
    }

    // The query itself may be the group; as a key it is a column of its own.
    private static List<ViewColumn> Columns(ColumnHeaders headers)
    {
        var group = headers.Group!;
        while (group == headers.Text || (group != headers.Group && (group == headers.Text2 || group == headers.Label)))
            group += "Group";
        return
        [
            new(headers.Text!, TextDataViewType.Instance, headers.Text), new(headers.Text2!, TextDataViewType.Instance, headers.Text2),
            new(group, TextDataViewType.Instance, headers.Group), new(headers.Label!, NumberDataViewType.Single, headers.Label),
        ];
    }
}
