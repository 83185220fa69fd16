using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Cli.Data;
using MLNetNlp.Cli.Models;
using MLNetNlp.Cli.Output;

namespace MLNetNlp.Cli.Commands;

/// <summary><c>mlnetnlp mine negatives</c>.</summary>
internal sealed class MineNegativesCommand(Option<bool> verbose)
{
    private static readonly HardNegativeOptions Defaults = new();
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Option<string> _model = ModelOptions.Embedder("What embeds texts: the zip of an embedder, the embedded model, a folder, or a hub id.");

    private readonly Option<string> _data = new("--data") { Description = "Pairs of anchor and positive.", HelpName = "FILE", Required = true };
    private readonly Option<string> _text = new("--text") { Description = "The column of the anchors.", HelpName = "COL", Required = true };
    private readonly Option<string> _text2 = new("--text2") { Description = "The column of the positives.", HelpName = "COL", Required = true };
    private readonly Option<string?> _corpus = new("--corpus") { Description = "Further texts that can be negatives.", HelpName = "FILE" };
    private readonly Option<string> _corpusText = new("--corpus-text") { Description = "The corpus's text column.", HelpName = "COL", DefaultValueFactory = _ => "text" };
    private readonly Option<int> _negatives = NumberOptions.Whole("--negatives", "Negatives of a pair.", 1, Defaults.NumberOfNegatives);
    private readonly Option<int> _rangeMin = NumberOptions.Whole("--range-min", "Pass over so many of the best candidates.", 0, Defaults.RangeMin);
    private readonly Option<int?> _rangeMax = NumberOptions.WholeOrNone("--range-max", "Look at the best so many candidates.", 1);
    private readonly Option<double?> _minScore = NumberOptions.RealOrNone("--min-score", "Lowest score of a negative.", double.IsFinite, "a number");
    private readonly Option<double?> _maxScore = NumberOptions.RealOrNone("--max-score", "Highest score of a negative.", double.IsFinite, "a number");
    private readonly Option<double?> _margin = NumberOptions.RealOrNone("--margin", "A negative scores lower than its positive by this.", x => x >= 0, "a number of at least 0");

    private readonly Option<double?> _relativeMargin =
        NumberOptions.RealOrNone("--relative-margin", "A negative scores lower than its positive by this share of it.", x => x is >= 0 and < 1, "a number from 0 to below 1");

    private readonly Option<string> _sampling = ChoiceOptions.OneOf("--sampling", "Which of the candidates: the hardest, or any.", "top", "random");
    private readonly Option<bool> _tuples = new("--tuples") { Description = "One row a pair, with all its negatives, instead of a row for each negative." };
    private readonly Option<string?> _crossEncoder = new("--cross-encoder") { Description = "A model of pairs that scores candidates anew.", HelpName = "FILE.zip|DIR|org/name" };
    private readonly Option<int?> _seed = NumberOptions.WholeOrNone("--seed", "Seed of random sampling.", 0);
    private readonly Option<string> _output = new("--output") { Description = "Where the rows go; the extension tells the format.", HelpName = "FILE", Required = true };

    public static Command Create(Option<bool> verbose)
    {
        var self = new MineNegativesCommand(verbose);
        var command = new Command("negatives", "Find texts that are like an anchor and do not belong to it, to train embeddings on.")
        {
            self._model, self._data, self._text, self._text2, self._corpus, self._corpusText, self._negatives, self._rangeMin, self._rangeMax, self._minScore,
            self._maxScore, self._margin, self._relativeMargin, self._sampling, self._tuples, self._crossEncoder, self._seed, self._output,
        };
        command.SetAction((parsed, _) => Task.Run(() => self.Run(parsed), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed)
    {
        using var file = new OutputFile(parsed.GetValue(_output)!, "--output");
        var ml = MlContexts.Create(null, parsed.InvocationConfiguration.Error, parsed.GetValue(verbose));
        var (first, second) = (parsed.GetValue(_text)!, parsed.GetValue(_text2)!);
        if (first == second)
            throw new UsageException("--text and --text2 must name different columns.");
        var pairs = Texts(parsed.GetValue(_data)!, first, second);
        using var embedder = Embedder(ml, parsed.GetValue(_model)!, first, pairs);
        using var crossEncoder = parsed.GetValue(_crossEncoder) is { } name ? CrossEncoder(ml, name, first, second, pairs) : null;
        var mined = ml.Data.MineHardNegatives(pairs, embedder, new HardNegativeOptions
        {
            Sentence1ColumnName = first,
            Sentence2ColumnName = second,
            NegativeColumnName = "negative",
            Corpus = parsed.GetValue(_corpus) is { } corpus ? Texts(corpus, parsed.GetValue(_corpusText)!) : null,
            CorpusColumnName = parsed.GetValue(_corpusText)!,
            NumberOfNegatives = parsed.GetValue(_negatives),
            RangeMin = parsed.GetValue(_rangeMin),
            RangeMax = parsed.GetValue(_rangeMax),
            MinScore = (float?)parsed.GetValue(_minScore),
            MaxScore = (float?)parsed.GetValue(_maxScore),
            AbsoluteMargin = (float?)parsed.GetValue(_margin),
            RelativeMargin = (float?)parsed.GetValue(_relativeMargin),
            Sampling = parsed.GetValue(_sampling) == "random" ? NegativeSampling.Random : NegativeSampling.Top,
            Format = parsed.GetValue(_tuples) ? NegativeFormat.Tuple : NegativeFormat.Triplet,
            CrossEncoder = crossEncoder,
            Seed = parsed.GetValue(_seed) ?? 0,
        });
        long rows = 0;
        file.Write(stream => rows = Write(stream, mined, FileFormats.Of(file.Path)));
        parsed.InvocationConfiguration.Output.WriteLine($"{rows} rows written to {file.Path}");
        return CommandLine.Done;
    }

    private static RecordView Texts(string path, params string[] columns) =>
        new([RecordSource.File(path)], [.. columns.Select(name => new ViewColumn(name, TextDataViewType.Instance, name))]);

    private static SentenceEmbeddingTransformer Embedder(MLContext ml, string model, string column, IDataView data) => File.Exists(model)
        ? SavedModel.Find<SentenceEmbeddingTransformer>(SavedModel.Load(ml, model).Transformer) ?? throw new CliException($"'{model}' holds no sentence embeddings.")
        : ml.Transforms.Text.EmbedSentences("Features", column, ModelChoice.Parse(model)).Fit(data);

    private static CrossEncoderTransformer CrossEncoder(MLContext ml, string model, string first, string second, IDataView data) => File.Exists(model)
        ? SavedModel.Find<CrossEncoderTransformer>(SavedModel.Load(ml, model).Transformer) ?? throw new CliException($"'{model}' holds no model of pairs.")
        : ml.Transforms.Text.ScorePairs(ModelChoice.Parse(model), sentence1ColumnName: first, sentence2ColumnName: second).Fit(data);

    private static long Write(Stream stream, IDataView mined, FileFormat format)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        string[] names = [.. mined.Schema.Select(column => column.Name)];
        var separator = format == FileFormat.Tsv ? '\t' : ',';
        if (format != FileFormat.JsonLines)
            DelimitedRow.Write(writer, separator, names);
        var columns = Array.ConvertAll(names, name => mined.GetColumn<string>(name).ToArray());
        for (var row = 0; row < columns[0].Length; row++)
        {
            var fields = Array.ConvertAll(columns, column => column[row]);
            if (format == FileFormat.JsonLines)
                writer.WriteLine(JsonSerializer.Serialize(names.Zip(fields).ToDictionary(field => field.First, field => field.Second), Json));
            else
                DelimitedRow.Write(writer, separator, fields);
        }

        return columns[0].Length;
    }
}
