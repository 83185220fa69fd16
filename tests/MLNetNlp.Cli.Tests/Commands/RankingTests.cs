using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Cli.Data;

namespace MLNetNlp.Cli.Tests.Commands;

/// <summary>Train, evaluate and predict on queries whose right document repeats their word, with the embedded model and few steps.</summary>
[TestClass]
public sealed class RankingTests
{
    private static readonly string[] Things = ["dog", "car", "soup", "guitar", "bridge", "train"];
    private static readonly string[] Training = ["--epochs", "3", "--batch-size", "6", "--learning-rate", "3e-4", "--max-length", "24", "--seed", "1", "--device", "cpu"];

    private static TemporaryFolder _folder = null!;

    [ClassInitialize]
    public static void Train(TestContext context)
    {
        _folder = new TemporaryFolder();
        var rows = Things.SelectMany((thing, i) => new[] { (i, thing, thing, 2), (i, thing, Things[(i + 1) % 6], 0), (i, thing, Things[(i + 2) % 6], 0) })
            .Select(row => $"q{row.i}\twhere is the {row.Item2}?\tthe {row.Item3} is here\t{row.Item4}").ToArray();
        _folder.Write("train.tsv", "id\tquery\tdocument\tgrade\n" + string.Join('\n', rows) + "\nq0\twhere?\there\t\n");
        // The rows of a group far apart.
        _folder.Write("test.tsv", "id\tquery\tdocument\tgrade\n" + string.Join('\n', rows.OrderBy(row => row.Split('\t')[2])) + "\n");
        var (exitCode, output, error) = Shell.Run(["train", "ranking", "--train", _folder["train.tsv"], "--validation", _folder["test.tsv"], "--text", "query", "--text2", "document",
            "--label", "grade", "--group", "id", .. Training, "--output", _folder["ranker.zip"], "--metrics", _folder["train.json"]]);
        Assert.AreEqual((0, ""), (exitCode, error), output);
        Assert.Contains("18 rows in 6 groups, 1 skipped for want of a label or a group", output);
    }

    [ClassCleanup]
    public static void Clean() => _folder.Dispose();

    [TestMethod]
    public void A_ranking_is_measured_as_when_it_was_trained()
    {
        var training = Json("train.json");
        Assert.AreEqual(("ranking", 18, 6, 9), (training.GetProperty("task").GetString(), training.GetProperty("rows").GetInt32(), training.GetProperty("groups").GetInt32(),
            training.GetProperty("steps").GetInt32()));
        Assert.AreEqual("share of pairs in order", training.GetProperty("history")[0].GetProperty("validationMetricName").GetString());
        var (exitCode, output, error) = Shell.Run("evaluate", "--model", _folder["ranker.zip"], "--data", _folder["test.tsv"], "--metrics", _folder["test.json"]);
        Assert.AreEqual((0, ""), (exitCode, error), output);
        var json = Json("test.json");
        Assert.AreEqual(("ranking", 6), (json.GetProperty("task").GetString(), json.GetProperty("groups").GetInt32()));
        foreach (var figure in (string[])["ndcgAt1", "ndcgAt3", "ndcgAt10", "mrr", "map", "pairsInOrder"])
            Assert.AreEqual(training.GetProperty("validation").GetProperty(figure).GetDouble(), json.GetProperty(figure).GetDouble(), 1e-9, figure);
        Assert.IsGreaterThan(0.6, json.GetProperty("pairsInOrder").GetDouble());
    }

    [TestMethod]
    public void Pairs_and_files_are_scored_without_groups()
    {
        var (exitCode, output, error) = Shell.Run("predict", "--model", _folder["ranker.zip"], "--text", "where is the dog?", "--text2", "the dog is here");
        Assert.AreEqual((0, ""), (exitCode, error));
        Assert.EndsWith("\twhere is the dog?\tthe dog is here", output.TrimEnd());
        var data = _folder.Write("new.csv", "query,document\na dog?,a dog\na dog?,a car\n");
        (exitCode, _, error) = Shell.Run("predict", "--model", _folder["ranker.zip"], "--data", data, "--output", _folder["new.jsonl"]);
        Assert.AreEqual((0, ""), (exitCode, error));
        Assert.AreEqual(JsonValueKind.Number, JsonDocument.Parse(File.ReadLines(_folder["new.jsonl"]).Last()).RootElement.GetProperty("score").ValueKind);
    }

    [TestMethod]
    public void A_pipeline_that_makes_its_own_groups_is_measured_by_queries_that_it_never_saw()
    {
        var ml = new MLContext(1);
        ViewColumn[] columns = [new("query", TextDataViewType.Instance, "query"), new("document", TextDataViewType.Instance, "document"), new("grade", NumberDataViewType.Single, "grade")];
        var data = new RecordView([RecordSource.File(_folder["train.tsv"])], columns);
        ITransformer model = ml.Transforms.Conversion.MapValueToKey("GroupId", "query").Append(ml.Ranking.Trainers.CrossEncoder(new CrossEncoderTrainer.Options
        {
            LabelColumnName = "grade",
            Sentence1ColumnName = "query",
            Sentence2ColumnName = "document",
            Training = new() { MaxSteps = 1, BatchSize = 4, Device = "cpu" },
        })).Fit(data);
        ml.Model.Save(model, data.Schema, _folder["pipeline.zip"]);
        (model as IDisposable)?.Dispose();
        var test = _folder.Write("unseen.tsv", "question\tdocument\tgrade\nmy cat?\ta cat\t1\nmy cat?\ta boat\t0\nhis hat?\ta hat\t1\nhis hat?\ta spoon\t0\n");
        var (exitCode, output, error) = Shell.Run("evaluate", "--model", _folder["pipeline.zip"], "--data", test, "--text", "question");
        Assert.AreEqual((0, ""), (exitCode, error), output);
        Assert.Contains("4 rows in 2 groups", output);
        Assert.Contains("ndcgAt10", output);
        (exitCode, output, error) = Shell.Run("predict", "--model", _folder["pipeline.zip"], "--text", "my cat?", "--text2", "a cat");
        Assert.AreEqual((0, ""), (exitCode, error), output);
    }

    [TestMethod]
    public void The_query_is_the_group_where_none_is_named()
    {
        var (exitCode, output, error) = Shell.Run(["train", "ranking", "--train", _folder["train.tsv"], "--text", "query", "--text2", "document", "--label", "grade", .. Training,
            "--max-steps", "1", "--loss", "margin", "--validation-fraction", "0.3", "--output", _folder["query.zip"]]);
        Assert.AreEqual((0, ""), (exitCode, error), output);
        (exitCode, output, error) = Shell.Run("evaluate", "--model", _folder["query.zip"], "--data", _folder["test.tsv"]);
        Assert.AreEqual((0, ""), (exitCode, error), output);
        Assert.Contains("18 rows in 6 groups", output);
    }

    [TestMethod]
    public void What_is_wrong_is_one_line()
    {
        string[] common = ["train", "ranking", "--train", _folder["train.tsv"], "--text", "query", "--text2", "document", "--output", _folder["x.zip"]];
        Fails(1, "'q0' in column 'id' is not a number.", [.. common, "--label", "id"]);
        Fails(2, "--group must name another column than --text2 and --label.", [.. common, "--label", "grade", "--group", "grade"]);
        Fails(2, "--loss is 'listwise'; one of logistic, margin, margin-mse, bce, mse is needed.", [.. common, "--label", "grade", "--loss", "listwise"]);
        Fails(1, "has no column 'who'", ["evaluate", "--model", _folder["ranker.zip"], "--data", _folder["test.tsv"], "--group", "who"]);

        static void Fails(int code, string message, string[] arguments)
        {
            var (exitCode, _, error) = Shell.Run(arguments);
            Assert.AreEqual(code, exitCode, error);
            Shell.AssertOneLine(error);
            Assert.Contains(message, error);
        }
    }

    private static JsonElement Json(string name) => JsonDocument.Parse(File.ReadAllText(_folder[name])).RootElement;
}
