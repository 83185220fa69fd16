using System.CommandLine;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Cli.Data;
using MLNetNlp.Cli.Models;
using MLNetNlp.Cli.Output;

namespace MLNetNlp.Cli.Commands;

/// <summary><c>mlnetnlp predict</c>.</summary>
internal sealed class PredictCommand(Option<bool> verbose)
{
    private readonly Option<string> _model = new("--model") { Description = "The zip of a trained model.", HelpName = "FILE.zip", Required = true };
    private readonly Option<string?> _data = new("--data") { Description = "Rows to predict; needs --output.", HelpName = "FILE" };
    private readonly Option<string?> _output = new("--output")
    {
        Description = "Where the rows go with their predictions; the extension tells the format.",
        HelpName = "FILE",
    };


    private readonly Option<string?> _html = new("--html") { Description = "Also show the entities on a page of its own.", HelpName = "FILE.html" };

    private readonly Option<string[]> _text = new("--text")
    {
        Description = "Texts to predict; with --data, the file's text column. [default there: as when trained]",
        HelpName = "TEXT",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _text2 = new("--text2")
    {
        Description = "The second text of each pair, as many as --text; with --data, the file's second text column.",
        HelpName = "TEXT",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> _separator = new("--multi-label")
    {
        Description = "Of a model that gives any number of labels, what separates them in predictedLabel.",
        HelpName = "SEPARATOR",
        DefaultValueFactory = _ => ClassificationModel.Separator,
    };

    public static Command Create(Option<bool> verbose)
    {
        var self = new PredictCommand(verbose);
        var command = new Command("predict", "Predict with a trained model.") { self._model, self._text, self._text2, self._data, self._output, self._html, self._separator };
        command.SetAction((parsed, cancellation) => Task.Run(() => self.Run(parsed, cancellation), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var texts = parsed.GetValue(_text) ?? [];
        var texts2 = parsed.GetValue(_text2) ?? [];
        var data = parsed.GetValue(_data);
        var target = parsed.GetValue(_output);
        if (data is null && texts.Length == 0)
            throw new UsageException("predict needs --text TEXT or --data FILE.");
        var html = parsed.GetValue(_html);
        if (data is not null && target is null && html is null)
            throw new UsageException("--data needs --output FILE.");
        if (data is null && target is not null)
            throw new UsageException("--output needs --data FILE.");
        if (data is null && texts2.Length is not 0 && texts2.Length != texts.Length)
            throw new UsageException($"there are {texts.Length} --text and {texts2.Length} --text2; one of each makes a pair.");
        if (data is not null && (texts.Length > 1 || texts2.Length > 1))
            throw new UsageException("with --data, --text and --text2 each name one column.");

        if (target is not null)
            EntityFile.Check(target, data is not null && TaggedFile.IsConll(data));
        using var file = target is null ? null : new OutputFile(target, "--output");
        using var page = html is null ? null : new OutputFile(html, "--html");
        var ml = MlContexts.Create(null, parsed.InvocationConfiguration.Error, parsed.GetValue(verbose));
        var modelPath = parsed.GetValue(_model)!;
        var (transformer, input) = SavedModel.Load(ml, modelPath);
        using var disposable = transformer as IDisposable;
        if (EntityModel.Of(modelPath, transformer) is { } entities)
        {
            if (texts2.Length > 0)
                throw new UsageException("--text2 is for models that classify pairs; this one finds entities.");
            PredictEntities(ml, entities, texts, data, file, page, parsed.InvocationConfiguration.Output, cancellation);
            return CommandLine.Done;
        }

        if (html is not null)
            throw new UsageException("--html shows entities; this model finds none.");
        if (PairModel.Of(modelPath, transformer, input) is { } pairs)
        {
            ScorePairs(pairs, texts, texts2, data, file, parsed.InvocationConfiguration.Output, cancellation);
            return CommandLine.Done;
        }

        var model = ClassificationModel.Of(modelPath, transformer, input);
        if (data is null)
        {
            PredictTexts(model, texts, texts2, parsed.GetValue(_separator)!, parsed.InvocationConfiguration.Output);
        }
        else
        {
            var headers = new ColumnHeaders(texts.FirstOrDefault(), texts2.FirstOrDefault(), null);
            var rows = PredictFile(model, data, headers, parsed.GetValue(_separator)!, file!, cancellation);
            parsed.InvocationConfiguration.Output.WriteLine($"{rows} rows written to {target}");
        }

        return CommandLine.Done;
    }

    /// <summary>Of texts, one line a pair: the score and both texts.</summary>
    private static void ScorePairs(
        PairModel model, string[] texts, string[] texts2, string? data, OutputFile? target, TextWriter output, CancellationToken cancellation)
    {
        if (data is not null)
        {
            var rows = PairScoring.Run(model, data, new ColumnHeaders(texts.FirstOrDefault(), texts2.FirstOrDefault(), null), target!, cancellation);
            output.WriteLine($"{rows} rows written to {target!.Path}");
            return;
        }

        if (texts2.Length == 0)
            throw new CliException("the model scores pairs: --text2 is needed too.");
        var pairs = texts.Zip(texts2, (first, second) => new[] { first, second }).ToArray();
        var scored = model.Transform(new RecordView([RecordSource.Memory(["text", "text2"], pairs)], model.ColumnsToPredict([], new ColumnHeaders("text", "text2", null))));
        foreach (var (score, pair) in scored.GetColumn<float>(model.ScoreColumn).Zip(pairs))
            output.WriteLine(FormattableString.Invariant($"{score:0.0000}\t{string.Join('\t', pair.Select(OnOneLine))}"));
    }

    private static void PredictEntities(
        MLContext ml, EntityModel model, string[] texts, string? data, OutputFile? target, OutputFile? page, TextWriter output, CancellationToken cancellation)
    {
        IReadOnlyList<EntityReading> readings;
        if (data is null)
        {
            var display = new EntityDisplay(output);
            readings = [.. model.Read(ml, texts)];
            foreach (var reading in readings)
                display.Show(reading);
        }
        else
        {
            var rows = EntityPredicting.Read(ml, model, data, texts.FirstOrDefault(), cancellation);
            IReadOnlyList<string> columns = TaggedFile.IsConll(data) ? [] : FileColumns.Of(data);
            target?.Write(stream => EntityFile.Write(stream, target.Path, columns, rows));
            if (target is not null)
                output.WriteLine($"{rows.Count} rows written to {target.Path}");
            readings = [.. rows.Select(row => row.Reading)];
        }

        page?.Write(stream => EntityPage.Write(stream, $"Entities in {(data is null ? "texts" : Path.GetFileName(data))}", readings));
        if (page is not null)
            output.WriteLine($"{readings.Count} texts shown in {page.Path}");
    }

    /// <summary>One line a text: the class, its probability, the text.</summary>
    private static void PredictTexts(ClassificationModel model, string[] texts, string[] texts2, string separator, TextWriter output)
    {
        if (model.Text2Column is not null && texts2.Length == 0)
            throw new CliException("the model was trained on pairs: --text2 is needed too.");
        var headers = new ColumnHeaders("text", texts2.Length > 0 ? "text2" : null, null);
        var rows = texts.Select((text, i) => texts2.Length > 0 ? new[] { text, texts2[i] } : [text]).ToArray();
        var view = new RecordView([RecordSource.Memory(texts2.Length > 0 ? ["text", "text2"] : ["text"], rows)], model.ColumnsToPredict([], headers));
        var scored = model.Transform(view);
        var columns = model.Scored(scored.Schema, separator);
        using var cursor = scored.GetRowCursor(columns.Columns);
        var read = columns.Reader(cursor);
        for (var i = 0; cursor.MoveNext(); i++)
        {
            var (label, probabilities) = read();
            output.WriteLine(FormattableString.Invariant($"{label}\t{probabilities.Max():0.0000}\t{string.Join('\t', rows[i].Select(OnOneLine))}"));
        }
    }

    private static long PredictFile(ClassificationModel model, string path, ColumnHeaders headers, string separator, OutputFile target, CancellationToken cancellation)
    {
        var fileColumns = FileColumns.Of(path);
        var columns = model.ColumnsToPredict(fileColumns, headers);
        var passed = columns.Count;

        // The file's own columns travel beside the model's, under names that cannot collide with them.
        columns.AddRange(fileColumns.Select((name, i) => new ViewColumn($"\0{i}", TextDataViewType.Instance, name, i)));
        columns.Add(new ViewColumn(ViewColumn.JsonHeader, TextDataViewType.Instance, ViewColumn.JsonHeader));
        var view = new RecordView([RecordSource.File(path)], columns);
        var scored = model.Transform(view);
        var prediction = model.Scored(scored.Schema, separator);
        var carried = columns.Skip(passed).Select(column => scored.Schema[column.Name]).ToArray();
        using var cursor = scored.GetRowCursor([.. prediction.Columns, .. carried]);
        var read = prediction.Reader(cursor);
        var getters = carried.Select(column => cursor.GetGetter<ReadOnlyMemory<char>>(column)).ToArray();
        long rows = 0;
        target.Write(stream =>
        {
            using var writer = PredictionWriter.Create(stream, target.Path, fileColumns, prediction.Classes);
            var values = new string[getters.Length];
            var value = default(ReadOnlyMemory<char>);
            while (cursor.MoveNext())
            {
                cancellation.ThrowIfCancellationRequested();
                for (var i = 0; i < values.Length; i++)
                {
                    getters[i](ref value);
                    values[i] = value.ToString();
                }

                writer.Write(values[..^1], values[^1], read());
                rows++;
            }
        });
        return rows;
    }

    private static string OnOneLine(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ');
}
