using System.CommandLine;
using System.Globalization;
using MLNetNlp.Cli.Models;
using MLNetNlp.Cli.Output;

namespace MLNetNlp.Cli.Commands;

/// <summary><c>mlnetnlp search</c>.</summary>
internal sealed class SearchCommand(Option<bool> verbose)
{
    private readonly Option<string> _model = ModelOptions.Embedder("What embeds texts (the zip of an embedder, the embedded model, a folder, a hub id), or the zip of a saved search.");

    private readonly Option<string?> _corpus = new("--corpus") { Description = "The rows to search in.", HelpName = "FILE" };
    private readonly Option<string?> _text = new("--text") { Description = "The corpus's text column.", HelpName = "COL" };
    private readonly Option<string?> _id = new("--id") { Description = "The corpus's column of ids. [default: row numbers from 0]", HelpName = "COL" };

    private readonly Option<string[]> _query = new("--query")
    {
        Description = "What to search for; several are answered one after the other.",
        HelpName = "TEXT",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _top = NumberOptions.Whole("--top", "Most rows found for a query.", 1, 5);
    private readonly Option<double?> _minScore = NumberOptions.RealOrNone("--min-score", "Leave out rows that are less alike.", _ => true, "a number");
    private readonly Option<string> _index = ChoiceOptions.OneOf("--index", "exact compares with every row; hnsw is for hundreds of thousands.", "exact", "hnsw");
    private readonly Option<int> _batchSize = NumberOptions.Whole("--batch-size", "Most texts in one forward pass.", 1, 32);
    private readonly Option<string> _device = ChoiceOptions.Device();
    private readonly Option<string?> _save = new("--output") { Description = "Save the search with its model, index and texts.", HelpName = "FILE.zip" };

    public static Command Create(Option<bool> verbose)
    {
        var self = new SearchCommand(verbose);
        var command = new Command("search", "Find the rows of a file that mean most nearly the same as a text.")
        {
            self._model, self._corpus, self._text, self._id, self._query, self._top, self._minScore, self._index, self._batchSize, self._device, self._save,
        };
        command.SetAction((parsed, _) => Task.Run(() => self.Run(parsed), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var queries = parsed.GetValue(_query) ?? [];
        var save = parsed.GetValue(_save);
        if (queries.Length == 0 && save is null)
            throw new UsageException("search needs --query TEXT, or --output FILE.zip to save an index.");
        using var file = save is null ? null : new OutputFile(save, "--output");
        var output = parsed.InvocationConfiguration.Output;
        var ml = MlContexts.Create(null, parsed.InvocationConfiguration.Error, parsed.GetValue(verbose));
        using var search = CorpusSearch.Open(ml, parsed.GetValue(_model)!, parsed.GetValue(_corpus), new CorpusSearch.Settings(
            parsed.GetValue(_text), parsed.GetValue(_id), parsed.GetValue(_top), parsed.GetValue(_index) == "hnsw" ? new HnswOptions() : null,
            (float?)parsed.GetValue(_minScore), parsed.GetValue(_batchSize), parsed.GetValue(_device)!));
        if (file is not null)
        {
            file.Write(search.Save);
            output.WriteLine(FormattableString.Invariant($"saved {file.Path} ({search.Count} rows, {new FileInfo(file.Path).Length / 1e6:0.0} MB)"));
        }

        var hits = search.Find(queries);
        for (var i = 0; i < queries.Length; i++)
            Print(queries[i], hits[i], queries.Length > 1, output);
        return CommandLine.Done;
    }

    private static void Print(string query, CorpusSearch.Hit hits, bool named, TextWriter output)
    {
        if (named)
            output.WriteLine(query);
        if (hits.SimilarIds.Length == 0)
            output.WriteLine("nothing found");
        for (var i = 0; i < hits.SimilarIds.Length; i++)
        {
            var text = hits.SimilarTexts.Length > 0 ? hits.SimilarTexts[i].ReplaceLineEndings(" ") : "";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{hits.SimilarScores[i]:0.0000}\t{hits.SimilarIds[i]}\t{text}"));
        }
    }
}
