using Microsoft.ML.Data;
using MLNetNlp.Cli.Data;

namespace MLNetNlp.Cli.Models;

/// <summary>The labelled rows that a classification model is trained and validated on; the label is the views' last column.</summary>
internal sealed record ClassificationData(
    RecordView Train, DataSummary TrainSummary, RecordView? Validation, DataSummary? ValidationSummary, string TextColumn, string? Text2Column, string LabelColumn, bool IsBinary)
{
    /// <summary>Opens the files and reads them once, so that what is wrong with them shows before any work.</summary>
    /// <param name="split">Which training rows to validate on, when there is no file for that.</param>
    public static ClassificationData Read(IReadOnlyList<string> trainFiles, string? validationFile, SampleSplit? split, ColumnHeaders headers, bool binary)
    {
        var (text, label) = (headers.Text!, headers.Label!);
        List<ViewColumn> columns = [new(text, TextDataViewType.Instance, text)];
        if (headers.Text2 is { } text2)
            columns.Add(new ViewColumn(text2, TextDataViewType.Instance, text2));
        columns.Add(new ViewColumn(label, binary ? BooleanDataViewType.Instance : TextDataViewType.Instance, label));
        var labelIndex = columns.Count - 1;

        var all = new RecordView([.. trainFiles.Select(RecordSource.File)], columns);
        var train = split is null ? all : all.Where((row, _) => !split.IsHeldOut(row));
        var validation = split is not null ? all.Where((row, _) => split.IsHeldOut(row))
            : validationFile is not null ? new RecordView([RecordSource.File(validationFile)], columns)
            : null;
        var trainSummary = Summarize(train, labelIndex, binary);
        var validationSummary = validation is null ? null : Summarize(validation, labelIndex, binary);

        var files = string.Join(", ", trainFiles.Select(file => $"'{file}'"));
        if (trainSummary.Rows == 0)
            throw new CliException($"{files}: no row has a label in column '{label}'.");
        if (trainSummary.Classes.Count < 2)
            throw new CliException($"{files}: column '{label}' has one class only ('{trainSummary.Classes.Keys.Single()}'); at least two are needed.");
        if (validationSummary is { Rows: 0 })
            throw new CliException(split is null ? $"'{validationFile}': no row has a label in column '{label}'." : "--validation-fraction leaves no row to validate on.");
        // A Boolean column has no missing value, so it is here that rows without a label are left out.
        RowFilter labelled = (_, values) => values[labelIndex].Length > 0;
        return new ClassificationData(train.Where(labelled), trainSummary, validation?.Where(labelled), validationSummary, text, headers.Text2, label, binary);
    }

    private static DataSummary Summarize(RecordView view, int label, bool binary)
    {
        var summary = DataSummary.Of(view, label);
        if (!binary)
            return summary;
        var classes = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (text, count) in summary.Classes)
        {
            if (!FieldParser.ParseBool(text, out var value))
                throw new CliException($"--binary: '{text}' in column '{view.Columns[label].Header}' is not {FieldParser.Describe(BooleanDataViewType.Instance)}; without --binary it is a class like any other.");
            var name = value ? "true" : "false";
            classes[name] = classes.GetValueOrDefault(name) + count;
        }

        return summary with { Classes = classes };
    }
}
