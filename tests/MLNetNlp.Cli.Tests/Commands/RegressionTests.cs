using System.Globalization;
using System.Text.Json;

namespace MLNetNlp.Cli.Tests.Commands;

/// <summary>Train, evaluate and predict on pairs of short texts with a score, with the embedded model and few steps.</summary>
[TestClass]
public sealed class RegressionTests
{
    private static TemporaryFolder _folder = null!;

    [ClassInitialize]
    public static void Train(TestContext context)
    {
        _folder = new TemporaryFolder();
        string[] things = ["a dog", "the red car", "our soup", "her guitar", "an old bridge", "my train"];
        var rows = things.SelectMany((thing, i) => new[]
        {
            $"{thing} is here\tyes, {thing} is here\t5", $"{thing} is here\t{things[(i + 1) % things.Length]} sings\t{(i % 2 == 0 ? "0" : "0.5")}",
        });
        _folder.Write("pairs.tsv", "a\tb\tscore\n" + string.Join('\n', rows) + "\nno label\there\t\n");
        var (exitCode, output, error) = Shell.Run("train", "regression", "--train", _folder["pairs.tsv"], "--validation", _folder["pairs.tsv"], "--text", "a", "--text2", "b",
            "--label", "score", "--loss", "bce", "--label-max", "5", "--epochs", "3", "--batch-size", "4", "--learning-rate", "3e-4", "--seed", "1", "--device", "cpu",
            "--output", _folder["pairs.zip"], "--metrics", _folder["train.json"]);
        Assert.AreEqual((0, ""), (exitCode, error), output);
        Assert.Contains("12 rows, 1 skipped for want of a label", output);
    }

    [ClassCleanup]
    public static void Clean() => _folder.Dispose();

    [TestMethod]
    public void Evaluation_has_ML_NETs_figures_and_the_correlations()
    {
        var (exitCode, output, error) = Shell.Run("evaluate", "--model", _folder["pairs.zip"], "--data", _folder["pairs.tsv"], "--metrics", _folder["test.json"]);
        Assert.AreEqual((0, ""), (exitCode, error), output);
        var json = JsonDocument.Parse(File.ReadAllText(_folder["test.json"])).RootElement;
        Assert.AreEqual("regression", json.GetProperty("task").GetString());
        Assert.AreEqual(12, json.GetProperty("rows").GetInt32());
        foreach (var figure in (string[])["rSquared", "rootMeanSquaredError", "meanSquaredError", "meanAbsoluteError", "pearson", "spearman"])
            Assert.AreEqual(JsonValueKind.Number, json.GetProperty(figure).ValueKind, figure);
        Assert.IsGreaterThan(0.3, json.GetProperty("spearman").GetDouble());
        var training = JsonDocument.Parse(File.ReadAllText(_folder["train.json"])).RootElement;
        Assert.AreEqual(9, training.GetProperty("steps").GetInt32());
        var epoch = training.GetProperty("history")[2];
        Assert.AreEqual("Spearman correlation", epoch.GetProperty("validationMetricName").GetString());
        Assert.IsTrue(epoch.GetProperty("validationMetric").GetDouble() is >= -1 and <= 1);
        Assert.AreEqual(json.GetProperty("spearman").GetDouble(), training.GetProperty("validation").GetProperty("spearman").GetDouble(), 1e-9);
    }

    [TestMethod]
    public void Pairs_and_files_are_scored()
    {
        var (exitCode, output, error) = Shell.Run("predict", "--model", _folder["pairs.zip"], "--text", "a dog", "--text2", "a cat");
        Assert.AreEqual((0, ""), (exitCode, error));
        var fields = output.TrimEnd().Split('\t');
        CollectionAssert.AreEqual(new[] { "a dog", "a cat" }, fields[1..]);
        Assert.IsTrue(float.Parse(fields[0], CultureInfo.InvariantCulture) is >= 0 and <= 5);
        foreach (var name in (string[])["scored.tsv", "scored.jsonl"])
        {
            (exitCode, output, error) = Shell.Run("predict", "--model", _folder["pairs.zip"], "--data", _folder["pairs.tsv"], "--output", _folder[name]);
            Assert.AreEqual((0, ""), (exitCode, error));
            Assert.Contains("13 rows written", output);
        }

        Assert.AreEqual("a\tb\tscore", File.ReadLines(_folder["scored.tsv"]).First());
        Assert.AreEqual(JsonValueKind.Number, JsonDocument.Parse(File.ReadLines(_folder["scored.jsonl"]).First()).RootElement.GetProperty("score").ValueKind);
    }

    [TestMethod]
    public void Hard_negatives_are_mined()
    {
        var (exitCode, output, error) = Shell.Run("mine", "negatives", "--data", _folder["pairs.tsv"], "--text", "a", "--text2", "b", "--negatives", "2", "--range-max", "6",
            "--cross-encoder", _folder["pairs.zip"], "--output", _folder["triplets.csv"]);
        Assert.AreEqual((0, ""), (exitCode, error), output);
        var lines = File.ReadAllLines(_folder["triplets.csv"]);
        Assert.AreEqual("a,b,negative", lines[0]);
        Assert.HasCount(1 + (2 * 13), lines);
    }

    [TestMethod]
    public void What_is_wrong_is_one_line()
    {
        _folder.Write("words.tsv", "a\tb\tscore\nx\ty\tmuch\n");
        foreach (var (code, message, arguments) in new (int, string, string[])[]
        {
            (1, "line 2: 'much' in column 'score' is not a number.", ["train", "regression", "--train", _folder["words.tsv"], "--text", "a", "--text2", "b", "--label", "score", "--output", _folder["x.zip"]]),
            (2, "--label-min must be less than --label-max.",
                ["train", "regression", "--train", _folder["pairs.tsv"], "--text", "a", "--text2", "b", "--label", "score", "--label-min", "2", "--output", _folder["x.zip"]]),
            (1, "the model scores pairs: --text2 is needed too.", ["predict", "--model", _folder["pairs.zip"], "--text", "x"]),
        })
        {
            var (exitCode, _, error) = Shell.Run(arguments);
            Assert.AreEqual(code, exitCode, error);
            Shell.AssertOneLine(error);
            Assert.Contains(message, error);
        }
    }
}
