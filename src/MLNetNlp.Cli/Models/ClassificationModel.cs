using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Cli.Data;

namespace MLNetNlp.Cli.Models;

/// <summary>A saved text classification model, and how its columns are filled from files.</summary>
internal sealed class ClassificationModel : IDisposable
{
    private readonly string _path;
    private readonly ITransformer _transformer;
    private readonly DataViewSchema _input;

    private ClassificationModel(string path, ITransformer transformer, DataViewSchema input)
    {
        _path = path;
        _transformer = transformer;
        _input = input;
        if (SavedModel.Find<SetFitTransformerBase>(transformer) is { } fewShot and not MultiLabelSetFitTransformer)
        {
            TextColumn = fewShot.Sentence1ColumnName;
            LabelColumn = fewShot.LabelColumnName;
            return;
        }

        var classifier = SavedModel.Find<TextClassificationTransformerBase>(transformer)
            ?? throw new CliException($"'{path}' holds no model that this command knows: text classification, similarity of pairs or named entities.");
        TextColumn = classifier.Sentence1ColumnName;
        Text2Column = classifier.Sentence2ColumnName;
        LabelColumn = classifier.LabelColumnName;
    }

    /// <summary>The model's text column.</summary>
    public string TextColumn { get; }

    /// <summary>The model's second text column, when it was trained on pairs.</summary>
    public string? Text2Column { get; }

    /// <summary>The column whose label the model learned.</summary>
    public string LabelColumn { get; }

    /// <summary>The model in a pipeline.</summary>
    /// <param name="path">How errors name it.</param>
    /// <param name="transformer">The fitted pipeline.</param>
    /// <param name="input">The columns that it was saved with.</param>
    /// <exception cref="CliException">The pipeline holds something else.</exception>
    public static ClassificationModel Of(string path, ITransformer transformer, DataViewSchema input) => new(path, transformer, input);

    public IDataView Transform(IDataView data) => _transformer.Transform(data);

    /// <summary>The prediction columns of a scored view.</summary>
    public ScoredColumns Scored(DataViewSchema schema) => new(schema, _path);

    /// <summary>The columns to read for predicting: the texts, whatever else of the model's columns the file has, and a label without value.</summary>
    /// <param name="headers">What the user calls the model's columns in the file.</param>
    public List<ViewColumn> ColumnsToPredict(IReadOnlyList<string> fileColumns, ColumnHeaders headers)
    {
        var columns = TextColumns(headers);
        foreach (var column in _input)
        {
            if (columns.Exists(c => c.Name == column.Name) || !FieldParser.Supported(column.Type))
                continue;
            if (column.Name == LabelColumn)
                columns.Add(new ViewColumn(column.Name, column.Type, null));
            else if (fileColumns.Contains(column.Name))
                columns.Add(new ViewColumn(column.Name, column.Type, column.Name));
        }

        return columns;
    }

    /// <summary>The columns to read for evaluating; the last is the label.</summary>
    public List<ViewColumn> ColumnsToEvaluate(IReadOnlyList<string> fileColumns, ColumnHeaders headers)
    {
        var columns = ColumnsToPredict(fileColumns, headers);
        columns.RemoveAll(c => c.Name == LabelColumn);
        var label = _input.GetColumnOrNull(LabelColumn)
            ?? throw new CliException($"'{_path}' was saved without its label column '{LabelColumn}' and can predict, but not be evaluated here.");
        columns.Add(new ViewColumn(label.Name, label.Type, headers.Label ?? label.Name));
        return columns;
    }

    public void Dispose() => (_transformer as IDisposable)?.Dispose();

    private List<ViewColumn> TextColumns(ColumnHeaders headers)
    {
        if (headers.Text2 is not null && Text2Column is null)
            throw new CliException($"--text2: '{_path}' was trained on one text, not on pairs.");
        var columns = new List<ViewColumn> { new(TextColumn, TextDataViewType.Instance, headers.Text ?? TextColumn) };
        if (Text2Column is not null)
            columns.Add(new ViewColumn(Text2Column, TextDataViewType.Instance, headers.Text2 ?? Text2Column));
        return columns;
    }
}
