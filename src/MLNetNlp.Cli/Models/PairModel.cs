using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Cli.Data;

namespace MLNetNlp.Cli.Models;

/// <summary>A saved model that scores pairs of texts, and how its columns are filled from files.</summary>
internal sealed class PairModel
{
    // Names that no column of a pipeline has.
    private const string GroupColumn = "\0group";
    private const string GradeColumn = "\0grade";

    private readonly string _path;
    private readonly ITransformer _transformer;
    private readonly DataViewSchema _input;
    private readonly CrossEncoderTransformer _scorer;

    private PairModel(string path, ITransformer transformer, DataViewSchema input, CrossEncoderTransformer scorer) =>
        (_path, _transformer, _input, _scorer) = (path, transformer, input, scorer);

    /// <summary>The column of the score.</summary>
    public string ScoreColumn => _scorer.ScoreColumnName;

    /// <summary>Whether the model was trained to rank rows of a group.</summary>
    public bool Ranks => _scorer.RowGroupColumnName is not null;

    /// <summary>The model in a pipeline; null when it holds something else.</summary>
    /// <param name="path">How errors name it.</param>
    /// <param name="transformer">The fitted pipeline.</param>
    /// <param name="input">The columns that it was saved with.</param>
    public static PairModel? Of(string path, ITransformer transformer, DataViewSchema input) =>
        SavedModel.Find<CrossEncoderTransformer>(transformer) is { } scorer ? new PairModel(path, transformer, input, scorer) : null;

    public IDataView Transform(IDataView data) => _transformer.Transform(data);

    /// <summary>The columns to read for predicting: the texts, whatever else the pipeline was saved with, empty where the file lacks it, and a label without value.</summary>
    /// <param name="headers">What the user calls the model's columns in the file.</param>
    public List<ViewColumn> ColumnsToPredict(IReadOnlyList<string> fileColumns, ColumnHeaders headers)
    {
        List<ViewColumn> columns =
        [
            new(_scorer.Sentence1ColumnName, TextDataViewType.Instance, headers.Text ?? _scorer.Sentence1ColumnName),
            new(_scorer.Sentence2ColumnName, TextDataViewType.Instance, headers.Text2 ?? _scorer.Sentence2ColumnName),
        ];
        foreach (var column in _input)
        {
            if (!columns.Exists(c => c.Name == column.Name) && FieldParser.Supported(column.Type))
                columns.Add(new(column.Name, column.Type, column.Name != _scorer.LabelColumnName && fileColumns.Contains(column.Name) ? column.Name : null));
        }

        return columns;
    }

    /// <summary>The columns to read for comparing scores with a label; the last is the label.</summary>
    public List<ViewColumn> ColumnsToEvaluate(IReadOnlyList<string> fileColumns, ColumnHeaders headers)
    {
        var label = LabelHeader(headers);
        var columns = ColumnsToPredict(fileColumns, headers);
        columns.RemoveAll(column => column.Name == (_scorer.LabelColumnName ?? label));
        return [.. columns, new(_scorer.LabelColumnName ?? label, NumberDataViewType.Single, label)];
    }

    /// <summary>The columns to read for measuring a ranking; the last are the group and the label.</summary>
    /// <remarks>The group is the column that is named, or else the one that the model was trained with, or where the file has none such the first text.</remarks>
    public List<ViewColumn> ColumnsToRank(IReadOnlyList<string> fileColumns, ColumnHeaders headers)
    {
        var trained = _scorer.RowGroupColumnName is { } name && fileColumns.Contains(name) ? name : null;
        var group = headers.Group ?? trained ?? headers.Text ?? _scorer.Sentence1ColumnName;
        return
        [
            .. ColumnsToPredict(fileColumns, headers),
            new(GroupColumn, TextDataViewType.Instance, group), new(GradeColumn, NumberDataViewType.Single, LabelHeader(headers)),
        ];
    }

    private string LabelHeader(ColumnHeaders headers) => headers.Label ?? _scorer.LabelColumnName
        ?? throw new CliException($"'{_path}' was not trained here and has no label column of its own; --label COL is needed.");
}
