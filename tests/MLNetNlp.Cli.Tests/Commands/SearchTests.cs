using System.Text.Json;
using Microsoft.ML;

namespace MLNetNlp.Cli.Tests.Commands;

/// <summary>Search, mining and evaluation of embeddings, with the embedded model as it is.</summary>
[TestClass]
public sealed class SearchTests
{
    private static TemporaryFolder _folder = null!;

    [ClassInitialize]
    public static void WriteData(TestContext context)
    {
        _folder = new TemporaryFolder();
        _folder.Write("faq.tsv", "key\tquestion\nlib\tHow do I get a library card?\npool\tWhen is the swimming pool open?\nbin\tWhen is my rubbish collected?\n"
            + "card\tWhere can I get a library card?\nempty\t\n");
        _folder.Write("sts.tsv", "a\tb\tscore\tsame\nA man is eating.\tA man eats.\t4.8\t1\nA dog runs.\tA cat sleeps on a roof.\t0.6\t0\n"
            + "The sky is blue.\tStocks fell again on Monday.\t0\t0\nHe plays the guitar.\tHe is playing a guitar.\t5\t1\nNo score.\tNone.\t\t\n");
        var ml = new MLContext();
        var data = ml.Data.LoadFromEnumerable(new[] { new Row() });
        using var embedder = ml.Transforms.Text.EmbedSentences("Vector", "Sentence").Fit(data);
        ml.Model.Save(embedder, data.Schema, _folder["embedder.zip"]);
    }

    [ClassCleanup]
    public static void Clean() => _folder.Dispose();

    [TestMethod]
    public void A_saved_search_answers_as_the_one_that_was_built()
    {
        var (exitCode, output, error) = Shell.Run("search", "--model", "mini", "--corpus", _folder["faq.tsv"], "--text", "question", "--id", "key",
            "--query", "opening hours of the swimming pool", "--top", "2", "--device", "cpu", "--output", _folder["search.zip"]);
        Assert.AreEqual(0, exitCode, error);
        Assert.AreEqual("warning: 1 rows of the corpus are empty and were left out.", error.Trim());
        var lines = output.TrimEnd().Split('\n');
        Assert.HasCount(3, lines, output);
        Assert.StartsWith("saved ", lines[0]);
        var fields = lines[1].Split('\t');
        CollectionAssert.AreEqual(new[] { "pool", "When is the swimming pool open?" }, fields[1..]);

        (exitCode, var again, error) = Shell.RunProcess("search", "--model", _folder["search.zip"], "--query", "opening hours of the swimming pool", "");
        Assert.AreEqual((0, ""), (exitCode, error));
        Assert.Contains(lines[1], again);
        Assert.Contains("nothing found", again);
    }

    [TestMethod]
    public void The_zip_of_an_embedder_searches_with_an_approximate_index_and_is_saved_with_it()
    {
        var (exitCode, output, error) = Shell.Run("search", "--model", _folder["embedder.zip"], "--corpus", _folder["faq.tsv"], "--text", "question",
            "--index", "hnsw", "--query", "rubbish collection", "--top", "1", "--output", _folder["chain.zip"]);
        Assert.AreEqual(0, exitCode, error);
        Assert.Contains("\t2\tWhen is my rubbish collected?", output);
        (exitCode, output, error) = Shell.Run("search", "--model", _folder["chain.zip"], "--query", "rubbish collection");
        Assert.AreEqual((0, ""), (exitCode, error));
        Assert.Contains("\t2\tWhen is my rubbish collected?", output);
    }

    [TestMethod]
    public void Mining_writes_the_most_alike_pairs_first()
    {
        var (exitCode, output, error) = Shell.Run(
            "mine", "--data", _folder["faq.tsv"], "--text", "question", "--id", "key", "--max-pairs", "2", "--device", "cpu", "--output", _folder["pairs.jsonl"]);
        Assert.AreEqual((0, ""), (exitCode, error));
        Assert.Contains("2 pairs written", output);
        using var first = JsonDocument.Parse(File.ReadLines(_folder["pairs.jsonl"]).First());
        Assert.AreEqual(("lib", "card"), (first.RootElement.GetProperty("firstId").GetString(), first.RootElement.GetProperty("secondId").GetString()));
        (_, output, _) = Shell.Run("mine", "--model", _folder["embedder.zip"], "--data", _folder["faq.tsv"], "--text", "question", "--max-pairs", "1");
        Assert.EndsWith("0\t3\tHow do I get a library card?\tWhere can I get a library card?", output.TrimEnd());
    }

    [TestMethod]
    public void An_embedder_is_measured_by_scores_or_by_labels()
    {
        var (exitCode, output, error) = Shell.Run("evaluate", "--model", _folder["embedder.zip"], "--data", _folder["sts.tsv"],
            "--text", "a", "--text2", "b", "--label", "score", "--metrics", _folder["sts.json"]);
        Assert.AreEqual((0, ""), (exitCode, error));
        Assert.Contains("Pearson", output);
        using var similarity = JsonDocument.Parse(File.ReadAllText(_folder["sts.json"]));
        Assert.AreEqual(("embeddings", 4, 1), (similarity.RootElement.GetProperty("task").GetString(), similarity.RootElement.GetProperty("rows").GetInt32(),
            similarity.RootElement.GetProperty("skippedRows").GetInt32()));
        Assert.IsGreaterThan(0.7, similarity.RootElement.GetProperty("cosine").GetProperty("spearman").GetDouble());
        (exitCode, _, error) = Shell.Run("evaluate", "--model", _folder["embedder.zip"], "--data", _folder["sts.tsv"],
            "--text", "a", "--text2", "b", "--label", "same", "--metrics", _folder["pairs.json"]);
        Assert.AreEqual((0, ""), (exitCode, error));
        using var pairs = JsonDocument.Parse(File.ReadAllText(_folder["pairs.json"]));
        Assert.AreEqual(1, pairs.RootElement.GetProperty("cosine").GetProperty("accuracy").GetDouble());
    }

    [TestMethod]
    [DataRow(2, "search needs --query TEXT, or --output FILE.zip to save an index.", "search", "--model", "mini")]
    [DataRow(2, "--model 'mini' needs --corpus FILE: it holds nothing to search in.", "search", "--query", "x")]
    [DataRow(2, "--corpus needs --text COL.", "search", "--query", "x", "--corpus", "<faq.tsv>")]
    [DataRow(1, "has no column 'nope'; its columns are 'key', 'question'.", "search", "--query", "x", "--corpus", "<faq.tsv>", "--text", "nope")]
    [DataRow(2, "sentence embeddings are measured on pairs: --text COL, --text2 COL and --label COL are needed.", "evaluate", "--model", "<embedder.zip>", "--data", "<sts.tsv>")]
    [DataRow(1, "line 2: the score is 'A man is eating.'; a number is needed.", "evaluate", "--model", "<embedder.zip>", "--data", "<sts.tsv>", "--text", "a", "--text2", "b", "--label", "a")]
    [DataRow(2, "a file that ends in .tsv or .jsonl is needed.", "mine", "--data", "<faq.tsv>", "--text", "question", "--output", "pairs.csv")]
    public void Wrong_use_is_one_clear_line(int code, string message, params string[] arguments)
    {
        var (exitCode, _, error) = Shell.Run([.. arguments.Select(argument => argument.StartsWith('<') ? _folder[argument.Trim('<', '>')] : argument)]);
        Assert.AreEqual(code, exitCode, error);
        Shell.AssertOneLine(error);
        Assert.Contains(message, error);
    }

    private sealed class Row
    {
        public string Sentence { get; set; } = "";
    }
}
