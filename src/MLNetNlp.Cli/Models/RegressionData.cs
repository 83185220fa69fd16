using System.Globalization;
using Microsoft.ML.Data;
using MLNetNlp.Cli.Data;

namespace MLNetNlp.Cli.Models;

/// <summary>Scored pairs that a model is trained and validated on; the label is the views' last column.</summary>
/// <param name="Rows">Training rows with a label.</param>
/// <param name="SkippedRows">Training rows without.</param>
internal sealed record RegressionData(RecordView Train, long Rows, long SkippedRows, RecordView? Validation, long ValidationRows)
{
    /// <summary>Opens the files and reads them once, so that what is wrong with them shows before any work.</summary>
    /// <param name="split">Which training rows to validate on, when there is no file for that.</param>
    public static RegressionData Read(IReadOnlyList<string> trainFiles, string? validationFile, SampleSplit? split, ColumnHeaders headers)
    {
        var columns = Columns(headers);
        var all = new RecordView([.. trainFiles.Select(RecordSource.File)], columns);
        var train = split is null ? all : all.Where((row, _) => !split.IsHeldOut(row));
        var validation = split is not null ? all.Where((row, _) => split.IsHeldOut(row))
            : validationFile is not null ? new RecordView([RecordSource.File(validationFile)], columns)
            : null;
        var (rows, skipped) = Count(train);
        if (rows == 0)
            throw new CliException($"{string.Join(", ", trainFiles.Select(file => $"'{file}'"))}: no row has a label in column '{headers.Label}'.");
        var held = validation is null ? 0 : Count(validation).Rows;
        if (validation is not null && held == 0)
            throw new CliException(split is null ? $"'{validationFile}': no row has a label in column '{headers.Label}'." : "--validation-fraction leaves no row to validate on.");
        return new RegressionData(Labelled(train), rows, skipped, validation is null ? null : Labelled(validation), held);
    }

    /// <summary>The columns of pairs with a score.</summary>
    public static List<ViewColumn> Columns(ColumnHeaders headers) =>
    [
        new(headers.Text!, TextDataViewType.Instance, headers.Text), new(headers.Text2!, TextDataViewType.Instance, headers.Text2),
        new(headers.Label!, NumberDataViewType.Single, headers.Label),
    ];

    /// <summary>The rows that have a label.</summary>
    public static RecordView Labelled(RecordView view) => view.Where((_, values) => !string.IsNullOrWhiteSpace(values[^1]));

    /// <summary>Reads the whole view, so that a label that is no number is an error now.</summary>
    /// <exception cref="CliException">A label is no number; the message has file and line.</exception>
    public static (long Rows, long Skipped) Count(RecordView view)
    {
        long rows = 0, skipped = 0;
        foreach (var (source, line, values) in view.Rows())
        {
            if (HasNumber(source, line, values[^1], view.Columns[^1].Header))
                rows++;
            else
                skipped++;
        }

        return (rows, skipped);
    }

    /// <summary>Whether a row has a label.</summary>
    /// <exception cref="CliException">It is no number; the message has file and line.</exception>
    public static bool HasNumber(string source, long line, string text, string? column)
    {
        if (string.IsNullOrWhiteSpace(text))
            return false;
        return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number) ? true
            : throw new CliException($"{source}, line {line}: '{text}' in column '{column}' is not a number.");
    }
}
