using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Cli.Data;
using MLNetNlp.Cli.Models;
using MLNetNlp.Cli.Output;

namespace MLNetNlp.Cli.Commands;

/// <summary><c>mlnetnlp mine</c>.</summary>
internal sealed class MineCommand(Option<bool> verbose)
{
    private readonly Option<string> _model = ModelOptions.Embedder("What embeds texts: the zip of an embedder, the embedded model, a folder, or a hub id.");

    private readonly Option<string> _data = new("--data") { Description = "The rows to look for paraphrases among.", HelpName = "FILE", Required = true };
    private readonly Option<string> _text = new("--text") { Description = "The text column.", HelpName = "COL", Required = true };
    private readonly Option<string?> _id = new("--id") { Description = "The column of ids. [default: row numbers from 0]", HelpName = "COL" };
    private readonly Option<int> _top = NumberOptions.Whole("--top", "How many of the nearest rows each is paired with.", 1, 100);
    private readonly Option<int> _maxPairs = NumberOptions.Whole("--max-pairs", "Most pairs, the most alike.", 1, 1000);
    private readonly Option<double?> _minScore = NumberOptions.RealOrNone("--min-score", "Leave out pairs that are less alike.", _ => true, "a number");
    private readonly Option<bool> _skipDuplicates = new("--skip-duplicates") { Description = "Leave out rows that repeat a text exactly." };
    private readonly Option<int> _batchSize = NumberOptions.Whole("--batch-size", "Most texts in one forward pass.", 1, 32);
    private readonly Option<string> _device = ChoiceOptions.Device();
    private readonly Option<string?> _output = new("--output") { Description = "Where the pairs go: .tsv or .jsonl. [default: the screen]", HelpName = "FILE" };

    public static Command Create(Option<bool> verbose)
    {
        var self = new MineCommand(verbose);
        var command = new Command("mine", "Find the pairs of rows that mean most nearly the same.")
        {
            self._model, self._data, self._text, self._id, self._top, self._maxPairs, self._minScore, self._skipDuplicates, self._batchSize, self._device,
            self._output,
        };
        command.SetAction((parsed, _) => Task.Run(() => self.Run(parsed), CancellationToken.None));
        command.Subcommands.Add(MineNegativesCommand.Create(verbose));
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var target = parsed.GetValue(_output);
        if (target is not null && FileFormats.Of(target) == FileFormat.Csv)
            throw new UsageException($"--output is '{target}'; a file that ends in .tsv or .jsonl is needed.");
        using var file = target is null ? null : new OutputFile(target, "--output");
        var ml = MlContexts.Create(null, parsed.InvocationConfiguration.Error, parsed.GetValue(verbose));
        var pairs = Mine(ml, parsed);
        if (file is null)
        {
            Write(parsed.InvocationConfiguration.Output, pairs, json: false);
            return CommandLine.Done;
        }

        file.Write(stream =>
        {
            using var writer = new StreamWriter(stream);
            Write(writer, pairs, FileFormats.Of(target!) == FileFormat.JsonLines);
        });
        parsed.InvocationConfiguration.Output.WriteLine($"{pairs.Count} pairs written to {target}");
        return CommandLine.Done;
    }

    private IReadOnlyList<ParaphrasePair> Mine(MLContext ml, ParseResult parsed)
    {
        const string Id = "MLNetNlp.Id";
        var model = parsed.GetValue(_model)!;
        var id = parsed.GetValue(_id);
        using var embedder = File.Exists(model)
            ? SavedModel.Find<SentenceEmbeddingTransformer>(SavedModel.Load(ml, model).Transformer) ?? throw new CliException($"'{model}' holds no sentence embeddings.")
            : null;
        var text = embedder?.InputColumnName ?? "Text";
        List<ViewColumn> columns = [new(text, TextDataViewType.Instance, parsed.GetValue(_text)!)];
        if (id is not null)
            columns.Add(new(Id, TextDataViewType.Instance, id));
        IDataView data = new RecordView([RecordSource.File(parsed.GetValue(_data)!)], columns);
        return ml.Data.MineParaphrases(embedder is null ? data : embedder.Transform(data), new ParaphraseMiningOptions
        {
            InputColumnName = embedder?.OutputColumnName ?? text,
            TextColumnName = text,
            IdColumnName = id is null ? null : Id,
            Top = parsed.GetValue(_top),
            MaxPairs = parsed.GetValue(_maxPairs),
            MinScore = (float?)parsed.GetValue(_minScore),
            SkipDuplicates = parsed.GetValue(_skipDuplicates),
            Model = embedder is null ? ModelChoice.Parse(model) : PretrainedModel.Mini,
            BatchSize = parsed.GetValue(_batchSize),
            Device = parsed.GetValue(_device)!,
        });
    }

    private static void Write(TextWriter writer, IReadOnlyList<ParaphrasePair> pairs, bool json)
    {
        if (!json)
            writer.WriteLine("Score\tFirstId\tSecondId\tFirst\tSecond");
        foreach (var pair in pairs)
        {
            writer.WriteLine(json
                ? JsonSerializer.Serialize(new { score = pair.Score, firstId = pair.FirstId, secondId = pair.SecondId, first = pair.FirstText, second = pair.SecondText })
                : string.Create(CultureInfo.InvariantCulture, $"{pair.Score:0.0000}\t{pair.FirstId}\t{pair.SecondId}\t{Flat(pair.FirstText)}\t{Flat(pair.SecondText)}"));
        }
    }

    private static string Flat(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ');
}
