using System.CommandLine;
using System.Text.Json.Nodes;
using Microsoft.ML;
using MLNetNlp.Cli.Data;
using MLNetNlp.Cli.Models;
using MLNetNlp.Cli.Output;

namespace MLNetNlp.Cli.Commands;

/// <summary><c>mlnetnlp evaluate</c>.</summary>
internal sealed class EvaluateCommand(Option<bool> verbose)
{
    private readonly Option<string> _model = new("--model") { Description = "The zip of a trained model.", HelpName = "FILE.zip", Required = true };
    private readonly Option<string> _data = new("--data") { Description = "Labelled rows to measure the model on.", HelpName = "FILE", Required = true };
    private readonly Option<string?> _text = new("--text") { Description = "The file's text column. [default: as when trained]", HelpName = "COL" };
    private readonly Option<string?> _text2 = new("--text2") { Description = "The file's second text column. [default: as when trained]", HelpName = "COL" };
    private readonly Option<string?> _label = new("--label") { Description = "The file's label column. [default: as when trained]", HelpName = "COL" };

    private readonly Option<string?> _group = new("--group")
    {
        Description = "Of a ranking, the file's column that says which rows are ranked against each other. [default: as when trained, or the first text]",
        HelpName = "COL",
    };

    private readonly Option<string> _separator = new("--multi-label")
    {
        Description = "Of a model that gives any number of labels, what separates them in the label column.",
        HelpName = "SEPARATOR",
        DefaultValueFactory = _ => ClassificationModel.Separator,
    };

    private readonly ConllColumnOptions _columns = new();
    private readonly Option<string?> _metrics = new("--metrics") { Description = "Write every figure to this JSON file.", HelpName = "FILE.json" };

    public static Command Create(Option<bool> verbose)
    {
        var self = new EvaluateCommand(verbose);
        var command = new Command("evaluate", "Measure a trained model on labelled rows.") { self._model, self._data, self._text, self._text2, self._label, self._group, self._separator };
        self._columns.AddTo(command);
        command.Options.Add(self._metrics);
        command.SetAction((parsed, cancellation) => Task.Run(() => self.Run(parsed, cancellation), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var output = parsed.InvocationConfiguration.Output;
        using var metricsFile = parsed.GetValue(_metrics) is { } path ? new OutputFile(path, "--metrics") : null;
        var modelPath = parsed.GetValue(_model)!;
        var dataPath = parsed.GetValue(_data)!;
        var ml = MlContexts.Create(null, output, parsed.GetValue(verbose));
        var (transformer, input) = SavedModel.Load(ml, modelPath);
        using var disposable = transformer as IDisposable;
        if (parsed.GetValue(_group) is not null && SavedModel.Find<CrossEncoderTransformer>(transformer) is null)
            throw new UsageException("--group is for models that score pairs; this one does something else.");
        var (task, json) = EntityModel.Of(modelPath, transformer) is { } entities
            ? ("ner", EvaluateEntities(ml, entities, dataPath, parsed))
            : SavedModel.Find<SentenceEmbeddingTransformer>(transformer) is { } embedder
            ? ("embeddings", EvaluateEmbeddings(embedder, dataPath, parsed, cancellation))
            : PairModel.Of(modelPath, transformer, input) is { } pairs
            ? EvaluatePairs(ml, pairs, dataPath, parsed, cancellation)
            : ClassificationModel.Of(modelPath, transformer, input) is { HasSeveralLabels: true } several
            ? ("multi-label", EvaluateLabels(several, modelPath, dataPath, parsed, cancellation))
            : ("classification", EvaluateClassification(ml, ClassificationModel.Of(modelPath, transformer, input), modelPath, dataPath, parsed, cancellation));
        if (metricsFile is not null)
        {
            var all = new JsonObject { ["task"] = task, ["model"] = modelPath, ["data"] = dataPath };
            foreach (var (name, value) in json)
                all[name] = value?.DeepClone();
            MetricsJson.Write(metricsFile, all);
        }

        return CommandLine.Done;
    }

    private JsonObject EvaluateClassification(
        MLContext ml, ClassificationModel model, string modelPath, string dataPath, ParseResult parsed, CancellationToken cancellation)
    {
        var headers = new ColumnHeaders(parsed.GetValue(_text), parsed.GetValue(_text2), parsed.GetValue(_label));
        var view = new RecordView([RecordSource.File(dataPath)], model.ColumnsToEvaluate(FileColumns.Of(dataPath), headers));
        var evaluation = ClassificationEvaluation.Of(ml, view, model.LabelColumn, rows => model.TransformLabelled(ml, rows), modelPath, cancellation);
        return Show(parsed, evaluation.Report, evaluation.Json);
    }

    private JsonObject EvaluateLabels(ClassificationModel model, string modelPath, string dataPath, ParseResult parsed, CancellationToken cancellation)
    {
        var headers = new ColumnHeaders(parsed.GetValue(_text), parsed.GetValue(_text2), parsed.GetValue(_label));
        var view = new RecordView([RecordSource.File(dataPath)], model.ColumnsWithLabels(FileColumns.Of(dataPath), headers));
        var evaluation = MultiLabelEvaluation.Of(view, model.Transform, parsed.GetValue(_separator)!, modelPath, cancellation);
        return Show(parsed, evaluation.Report, evaluation.Json);
    }

    private JsonObject EvaluateEmbeddings(SentenceEmbeddingTransformer embedder, string dataPath, ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(_text) is not { } text || parsed.GetValue(_text2) is not { } text2 || parsed.GetValue(_label) is not { } label)
            throw new UsageException("sentence embeddings are measured on pairs: --text COL, --text2 COL and --label COL are needed.");
        var evaluation = EmbeddingEvaluation.Of(embedder, dataPath, text, text2, label, cancellation);
        parsed.InvocationConfiguration.Output.WriteLine(evaluation.Report);
        return evaluation.Json;
    }

    private (string Task, JsonObject Json) EvaluatePairs(MLContext ml, PairModel model, string dataPath, ParseResult parsed, CancellationToken cancellation)
    {
        var headers = new ColumnHeaders(parsed.GetValue(_text), parsed.GetValue(_text2), parsed.GetValue(_label), parsed.GetValue(_group));
        var fileColumns = FileColumns.Of(dataPath);
        RecordView View(List<ViewColumn> columns) => new([RecordSource.File(dataPath)], columns);
        if (model.Ranks || headers.Group is not null)
        {
            var ranking = RankingEvaluation.Of(ml, View(model.ColumnsToRank(fileColumns, headers)), model.Transform, model.ScoreColumn, cancellation);
            return ("ranking", Show(parsed, ranking.Report, ranking.Json));
        }

        var evaluation = RegressionEvaluation.Of(ml, View(model.ColumnsToEvaluate(fileColumns, headers)), model.Transform, model.ScoreColumn);
        return ("regression", Show(parsed, evaluation.Report, evaluation.Json));
    }

    private JsonObject EvaluateEntities(MLContext ml, EntityModel model, string dataPath, ParseResult parsed)
    {
        if (parsed.GetValue(_text2) is not null)
            throw new UsageException("--text2 is for models that classify pairs; this one finds entities.");
        var headers = _columns.Read(parsed, parsed.GetValue(_text), parsed.GetValue(_label));
        if (FileFormats.IsDelimited(dataPath))
            headers = headers with { Text = headers.Text ?? model.TextColumn, Label = headers.Label ?? model.LabelColumn };
        var data = EntityData.Of(ml, EntityData.Read([dataPath], headers), model.TextColumn, model.LabelColumn);
        var evaluation = EntityEvaluation.Of(ml, model.Transform(data.View), data);
        parsed.InvocationConfiguration.Output.WriteLine(evaluation.Report.TrimEnd());
        return evaluation.Json;
    }

    private static JsonObject Show(ParseResult parsed, IReadOnlyList<string> report, JsonObject json)
    {
        foreach (var line in report)
            parsed.InvocationConfiguration.Output.WriteLine(line);
        return json;
    }
}
