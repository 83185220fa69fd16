using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Cli.Data;

namespace MLNetNlp.Cli.Models;

/// <summary>A saved model that scores pairs of texts, and how its columns are filled from files.</summary>
internal sealed class PairModel
{
    private readonly ITransformer _transformer;
    private readonly CrossEncoderTransformer _scorer;
    private readonly string _path;

    private PairModel(string path, ITransformer transformer, CrossEncoderTransformer scorer) => (_path, _transformer, _scorer) = (path, transformer, scorer);

    /// <summary>The column of the score.</summary>
    public string ScoreColumn => _scorer.ScoreColumnName;

    /// <summary>The model in a pipeline; null when it holds something else.</summary>
    public static PairModel? Of(string path, ITransformer transformer) =>
        SavedModel.Find<CrossEncoderTransformer>(transformer) is { } scorer ? new PairModel(path, transformer, scorer) : null;

    public IDataView Transform(IDataView data) => _transformer.Transform(data);

    /// <summary>The columns to read for predicting; the label, where there is one, without value.</summary>
    /// <param name="headers">What the user calls the model's columns in the file.</param>
    public List<ViewColumn> ColumnsToPredict(ColumnHeaders headers)
    {
        if (_scorer.RowGroupColumnName is not null)
            throw new CliException($"'{_path}' was trained to rank groups of rows, in a pipeline of its own; the command line scores pairs with models of similarity.");
        List<ViewColumn> columns =
        [
            new(_scorer.Sentence1ColumnName, TextDataViewType.Instance, headers.Text ?? _scorer.Sentence1ColumnName),
            new(_scorer.Sentence2ColumnName, TextDataViewType.Instance, headers.Text2 ?? _scorer.Sentence2ColumnName),
        ];
        if (_scorer.LabelColumnName is { } label)
            columns.Add(new(label, NumberDataViewType.Single, null));
        return columns;
    }

    /// <summary>The columns to read for evaluating; the last is the label.</summary>
    public List<ViewColumn> ColumnsToEvaluate(ColumnHeaders headers)
    {
        var label = headers.Label ?? _scorer.LabelColumnName
            ?? throw new CliException($"'{_path}' was not trained here and has no label column of its own; --label COL is needed.");
        return [.. ColumnsToPredict(headers)[..2], new(_scorer.LabelColumnName ?? label, NumberDataViewType.Single, label)];
    }
}
