using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using MLNetNlp.Cli.Data;

namespace MLNetNlp.Cli.Models;

/// <summary>Texts with any number of labels each, which a separator keeps apart in one column of the files.</summary>
/// <param name="Train">The texts with the keys of their labels.</param>
/// <param name="TrainSummary">How many there are, and how often each label.</param>
/// <param name="Input">The columns of the model that comes of it: the text.</param>
/// <param name="Validation">The rows to measure the model on; the last column holds the labels.</param>
internal sealed record MultiLabelData(IDataView Train, DataSummary TrainSummary, DataViewSchema Input, RecordView? Validation)
{
    /// <summary>Reads the training files, which are few examples, and opens the other.</summary>
    public static MultiLabelData Read(MLContext ml, IReadOnlyList<string> trainFiles, string? validationFile, string text, string label, string separator)
    {
        ViewColumn[] columns = [new(text, TextDataViewType.Instance, text), new(label, TextDataViewType.Instance, label)];
        RecordSource[] sources = [.. trainFiles.Select(RecordSource.File)];
        List<Row> rows = [];
        var skipped = 0;
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (_, _, values) in new RecordView(sources, columns).Rows())
        {
            if (values[1].Length == 0)
            {
                skipped++;
                continue;
            }

            var row = new Row { Text = values[0], Labels = Split(values[1], separator) };
            rows.Add(row);
            foreach (var name in row.Labels)
                counts[name] = counts.GetValueOrDefault(name) + 1;
        }

        if (counts.Count == 0)
            throw new CliException($"{string.Join(", ", sources.Select(source => source.Name))}: no row has a label in column '{label}'.");
        var definition = SchemaDefinition.Create(typeof(Row));
        definition.Single(column => column.MemberName == nameof(Row.Text)).ColumnName = text;
        definition.Single(column => column.MemberName == nameof(Row.Labels)).ColumnName = label;
        var data = ml.Data.LoadFromEnumerable(rows, definition);
        var keyed = ml.Transforms.Conversion.MapValueToKey(label, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(data).Transform(data);
        return new MultiLabelData(keyed, new DataSummary(rows.Count, skipped, counts), new RecordView(sources, columns[..1]).Schema,
            validationFile is null ? null : new RecordView([RecordSource.File(validationFile)], columns));
    }

    /// <summary>The labels of a field; the separator alone stands for none.</summary>
    public static string[] Split(string field, string separator) =>
        [.. field.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    private sealed class Row
    {
        public string Text { get; set; } = "";

        public string[] Labels { get; set; } = [];
    }
}
