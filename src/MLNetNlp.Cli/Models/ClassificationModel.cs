using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Cli.Data;

namespace MLNetNlp.Cli.Models;

/// <summary>A saved text classification model, and how its columns are filled from files.</summary>
internal sealed class ClassificationModel : IDisposable
{
    /// <summary>What joins several labels of a text, unless the user says otherwise.</summary>
    public const string Separator = ",";

    // What a model without training takes for the label.
    private const string UntrainedLabel = "Label";

    // A name that no column of a pipeline has.
    private const string LabelsColumn = "\0labels";

    private readonly string _path;
    private readonly ITransformer _transformer;
    private readonly DataViewSchema _input;

    private ClassificationModel(string path, ITransformer transformer, DataViewSchema input)
    {
        _path = path;
        _transformer = transformer;
        _input = input;
        (TextColumn, Text2Column, LabelColumn) = Columns(transformer)
            ?? throw new CliException($"'{path}' holds no model that this command knows: text classification, scores of pairs, sentence embeddings or named entities.");
    }

    /// <summary>The model's text column.</summary>
    public string TextColumn { get; }

    /// <summary>The model's second text column, when it was trained on pairs.</summary>
    public string? Text2Column { get; }

    /// <summary>The column whose label the model learned.</summary>
    public string LabelColumn { get; }

    /// <summary>Whether the model gives any number of labels.</summary>
    public bool HasSeveralLabels => SavedModel.Find<MultiLabelSetFitTransformer>(_transformer) is not null;

    /// <summary>The model in a pipeline.</summary>
    /// <param name="path">How errors name it.</param>
    /// <param name="transformer">The fitted pipeline.</param>
    /// <param name="input">The columns that it was saved with.</param>
    /// <exception cref="CliException">The pipeline holds something else.</exception>
    public static ClassificationModel Of(string path, ITransformer transformer, DataViewSchema input) => new(path, transformer, input);

    public IDataView Transform(IDataView data) => _transformer.Transform(data);

    /// <summary>The scored rows as evaluators need them: labels that are texts still, as the pipeline makes no keys of them, become keys of the classes.</summary>
    public IDataView TransformLabelled(MLContext ml, IDataView data)
    {
        var scored = Transform(data);
        if (scored.Schema[LabelColumn].Type is not TextDataViewType)
            return scored;
        var classes = ml.Data.LoadFromEnumerable(Scored(scored.Schema).Classes.Select(name => new ClassName { Name = name }));
        return ml.Transforms.Conversion.MapValueToKey(LabelColumn, keyData: classes).Fit(scored).Transform(scored);
    }

    /// <summary>The prediction columns of a scored view.</summary>
    /// <param name="schema">Of the view.</param>
    /// <param name="separator">What joins the labels of a model that gives several.</param>
    public ScoredColumns Scored(DataViewSchema schema, string separator = Separator) => new(schema, _path, separator);

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

    /// <summary>The columns to read for evaluating a model that gives several labels; the last holds them, as text.</summary>
    public List<ViewColumn> ColumnsWithLabels(IReadOnlyList<string> fileColumns, ColumnHeaders headers) =>
        [.. ColumnsToPredict(fileColumns, headers), new ViewColumn(LabelsColumn, TextDataViewType.Instance, headers.Label ?? LabelColumn)];

    /// <summary>The columns to read for evaluating; the last is the label.</summary>
    public List<ViewColumn> ColumnsToEvaluate(IReadOnlyList<string> fileColumns, ColumnHeaders headers)
    {
        var columns = ColumnsToPredict(fileColumns, headers);
        columns.RemoveAll(c => c.Name == LabelColumn);
        columns.Add(new ViewColumn(LabelColumn, _input.GetColumnOrNull(LabelColumn)?.Type ?? UnsavedLabel(), headers.Label ?? LabelColumn));
        return columns;
    }

    public void Dispose() => (_transformer as IDisposable)?.Dispose();

    private static (string Text, string? Text2, string Label)? Columns(ITransformer transformer)
    {
        if (SavedModel.Find<SetFitTransformerBase>(transformer) is { } fewShot)
            return (fewShot.Sentence1ColumnName, null, fewShot.LabelColumnName);
        if (SavedModel.Find<ClassifyByLabelEmbeddingsTransformer>(transformer) is { } untrained)
            return (untrained.InputColumnName, null, UntrainedLabel);
        return SavedModel.Find<TextClassificationTransformerBase>(transformer) is { } classifier
            ? (classifier.Sentence1ColumnName, classifier.Sentence2ColumnName, classifier.LabelColumnName)
            : null;
    }

    // Of a model that was saved without the label.
    private DataViewType UnsavedLabel() => SavedModel.Find<BinaryTextClassificationTransformer>(_transformer) is not null || SavedModel.Find<BinarySetFitTransformer>(_transformer) is not null
        ? BooleanDataViewType.Instance
        : TextDataViewType.Instance;

    private List<ViewColumn> TextColumns(ColumnHeaders headers)
    {
        if (headers.Text2 is not null && Text2Column is null)
            throw new CliException($"--text2: '{_path}' was trained on one text, not on pairs.");
        var columns = new List<ViewColumn> { new(TextColumn, TextDataViewType.Instance, headers.Text ?? TextColumn) };
        if (Text2Column is not null)
            columns.Add(new ViewColumn(Text2Column, TextDataViewType.Instance, headers.Text2 ?? Text2Column));
        return columns;
    }

    private sealed class ClassName
    {
        public string Name { get; set; } = "";
    }
}
