using System.Globalization;
using System.Text.Json;

namespace MLNetNlp.Cli.Tests.Commands;

/// <summary>Train, evaluate and predict on 48 short texts whose class is plain, with the embedded model and few steps.</summary>
[TestClass]
public sealed class ClassificationTests
{
    private static readonly string[] Good = ["wonderful", "excellent", "lovely", "delightful", "superb", "great"];
    private static readonly string[] Bad = ["terrible", "awful", "horrible", "dreadful", "disgusting", "bad"];
    private static readonly string[] Things = ["The food, a soup, was {0}.", "What a {0} film!", "My \"{0}\" hotel room", "A {0} book, from start to end."];
    private static readonly string[] Training = ["--epochs", "2", "--batch-size", "8", "--learning-rate", "3e-4", "--max-length", "24", "--seed", "1", "--device", "cpu"];

    private static TemporaryFolder _folder = null!;

    [ClassInitialize]
    public static void TrainOnCsv(TestContext context)
    {
        _folder = new TemporaryFolder();
        var rows = Rows("liked it", "did \"not\", ever").ToArray();
        _folder.Write("train.csv", "id,verdict,words\n" + string.Concat(rows.Select((row, i) => $"{i},\"{row.Label.Replace("\"", "\"\"")}\",\"{row.Text.Replace("\"", "\"\"")}\"\n")) + "99,,no label\n");
        _folder.Write("train.tsv", "id\tverdict\twords\n" + string.Concat(rows.Select((row, i) => $"{i}\t{row.Label}\t{row.Text}\n")));
        _folder.Write("train.jsonl", string.Concat(rows.Select((row, i) => JsonSerializer.Serialize(new { id = i, verdict = row.Label, words = row.Text }) + "\n")));
        var (exitCode, output, error) = Shell.RunProcess(
            ["train", "classification", "--train", _folder["train.csv"], "--validation", _folder["train.tsv"], "--text", "words", "--label", "verdict", .. Training,
                "--output", _folder["model.zip"], "--metrics", _folder["train.json"]]);
        Assert.AreEqual(0, exitCode, output + error);
        Assert.AreEqual("", error);
        Assert.Contains("48 rows, 1 skipped for want of a label, 2 classes", output);
    }

    [ClassCleanup]
    public static void Clean() => _folder.Dispose();

    [TestMethod]
    public void An_adapter_trains_and_is_exported_alone()
    {
        var (exitCode, output, error) = Shell.Run(["train", "classification", "--train", _folder["train.tsv"], "--text", "words", "--label", "verdict", .. Training, "--max-steps", "1",
            "--adapter", "lora:r=4,alpha=8,targets=query|value,dropout=0.1", "--output", _folder["adapter.zip"], "--metrics", _folder["adapter.json"]]);
        Assert.AreEqual((0, ""), (exitCode, error), output);
        // Four layers, two targets in each, a head for two classes, and the pooler, which Mini lacks.
        Assert.AreEqual(4 * 2 * 4 * (384 + 384) + 2 * 384 + 2 + 384 * 384 + 384, Json("adapter.json").GetProperty("trainableParameters").GetInt64());
        (exitCode, output, error) = Shell.Run("adapter", "export", "--model", _folder["adapter.zip"], "--output", _folder["adapter"]);
        Assert.AreEqual((0, ""), (exitCode, error));
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder["adapter"], "adapter_config.json")));
        Assert.AreEqual(4, config.RootElement.GetProperty("r").GetInt32());
        Assert.IsLessThan(700_000, new FileInfo(Path.Combine(_folder["adapter"], "adapter_model.safetensors")).Length);

        // Into the other forms and back.
        (exitCode, output, error) = Shell.Run("adapter", "unmerge", "--alone", "--model", _folder["adapter.zip"], "--output", _folder["alone.zip"]);
        Assert.AreEqual((0, ""), (exitCode, error));
        Assert.IsLessThan(2_000_000, new FileInfo(_folder["alone.zip"]).Length);
        (exitCode, output, error) = Shell.Run("adapter", "inspect", "--model", _folder["alone.zip"]);
        Assert.AreEqual((0, ""), (exitCode, error));
        StringAssert.Matches(output, new System.Text.RegularExpressions.Regex(@"kind\s+LORA\s+base model\s+Mini\s+base SHA-256\s+[0-9a-f]{64}\s+the zip holds\s+the adapter alone"));
        (exitCode, output, error) = Shell.Run("adapter", "merge", "--model", _folder["alone.zip"], "--output", _folder["merged.zip"]);
        Assert.AreEqual((0, ""), (exitCode, error));
        Assert.Contains("Wordpiece", Shell.Run("inspect", _folder["merged.zip"]).Output, StringComparison.OrdinalIgnoreCase);
        Assert.AreEqual(Shell.Run("predict", "--model", _folder["adapter.zip"], "--text", "fine words").Output,
            Shell.Run("predict", "--model", _folder["merged.zip"], "--text", "fine words").Output);
        Assert.Contains("merged already", Shell.Run("adapter", "merge", "--model", _folder["merged.zip"], "--output", _folder["again.zip"]).Error);
        Assert.Contains("adapter inspect", Shell.Run("inspect", _folder["alone.zip"]).Error);

        (exitCode, _, error) = Shell.Run("adapter", "export", "--model", _folder["model.zip"], "--output", _folder["none"]);
        Assert.AreEqual(1, exitCode);
        Shell.AssertOneLine(error);
        Assert.Contains("without --adapter", error);
    }

    [TestMethod]
    public void Training_writes_its_figures()
    {
        var json = Json("train.json");
        Assert.AreEqual("classification", json.GetProperty("task").GetString());
        Assert.AreEqual("mini", json.GetProperty("model").GetString());
        Assert.AreEqual(48, json.GetProperty("rows").GetInt32());
        Assert.AreEqual(1, json.GetProperty("skippedRows").GetInt32());
        Assert.AreEqual(12, json.GetProperty("steps").GetInt32());
        Assert.IsGreaterThan(0, json.GetProperty("seconds").GetDouble());
        Assert.IsGreaterThan(13_000_000, json.GetProperty("trainableParameters").GetInt64());
        var history = json.GetProperty("history");
        Assert.AreEqual(2, history.GetArrayLength());
        Assert.IsLessThan(history[0].GetProperty("loss").GetDouble(), history[1].GetProperty("loss").GetDouble());
        Assert.IsGreaterThan(0.8, json.GetProperty("validation").GetProperty("microAccuracy").GetDouble());
    }

    [TestMethod]
    [DataRow("train.tsv")]
    [DataRow("train.csv")]
    [DataRow("train.jsonl")]
    public void Evaluation_is_the_same_from_every_format_and_named_as_in_MLNet(string data)
    {
        var (exitCode, output, error) = Shell.Run("evaluate", "--model", _folder["model.zip"], "--data", _folder[data], "--metrics", _folder["evaluate.json"]);
        Assert.AreEqual((0, ""), (exitCode, error));
        Assert.Contains("microAccuracy", output);
        Assert.Contains("recall", output);
        var json = Json("evaluate.json");
        Assert.AreEqual(48, json.GetProperty("rows").GetInt32());
        CollectionAssert.AreEqual(new[] { "did \"not\", ever", "liked it" }, json.GetProperty("classes").EnumerateArray().Select(name => name.GetString()).ToArray());
        foreach (var name in (string[])["microAccuracy", "macroAccuracy", "logLoss", "logLossReduction"])
            Assert.AreEqual(Json("train.json").GetProperty("validation").GetProperty(name).GetDouble(), json.GetProperty(name).GetDouble(), 1e-4, name);
        Assert.AreEqual(2, json.GetProperty("perClassLogLoss").GetArrayLength());
        var counts = json.GetProperty("confusionMatrix").GetProperty("counts").EnumerateArray().SelectMany(row => row.EnumerateArray()).Sum(count => count.GetDouble());
        Assert.AreEqual(48, counts);
    }

    [TestMethod]
    public void A_label_that_the_model_does_not_know_is_left_out_and_counted()
    {
        var path = _folder.Write("other.tsv", "words\tverdict\nA lovely day.\tliked it\nA bad day.\tmeh\nA day.\t\n");
        var (exitCode, output, _) = Shell.Run("evaluate", "--model", _folder["model.zip"], "--data", path, "--metrics", _folder["other.json"]);
        Assert.AreEqual(0, exitCode);
        Assert.Contains("1 rows, 1 left out without a label, 1 left out with a label the model does not know", output);
        Assert.AreEqual(1, Json("other.json").GetProperty("unknownLabelRows").GetInt32());
        Assert.AreEqual(1.0, Json("other.json").GetProperty("confusionMatrix").GetProperty("counts").EnumerateArray().SelectMany(row => row.EnumerateArray()).Sum(c => c.GetDouble()));
    }

    [TestMethod]
    public void Predicting_a_file_needs_no_label_and_keeps_rows_and_columns()
    {
        var input = _folder.Write("new.csv", "words,Score,words2\n\"A superb, fine day\",7,x\n,8,y\n\"An awful\nday\",9,\"z\"\"\"\n");
        var (exitCode, _, error) = Shell.Run("predict", "--model", _folder["model.zip"], "--data", input, "--output", _folder["new.out.csv"]);
        Assert.AreEqual((0, ""), (exitCode, error));
        var lines = File.ReadAllText(_folder["new.out.csv"]).Split('\n');
        Assert.AreEqual("words,Score,words2,predictedLabel,\"probability:did \"\"not\"\", ever\",probability:liked it", lines[0]);
        Assert.StartsWith("\"A superb, fine day\",7,x,liked it,", lines[1]);
        Assert.StartsWith(",8,y,", lines[2]);
        Assert.StartsWith("day\",9,\"z\"\"\",\"did \"\"not\"\", ever\",", lines[4]);
        var probabilities = lines[1].Split(',')[^2..].Select(p => float.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        Assert.AreEqual(1f, probabilities.Sum(), 1e-5f);
        Assert.IsGreaterThan(probabilities[0], probabilities[1]);
    }

    [TestMethod]
    public void Json_lines_go_in_and_come_out_whole_under_other_column_names()
    {
        var input = _folder.Write("new.jsonl", "{\"body\":\"A superb day\",\"nested\":{\"a\":[1,2]}}\n{\"nested\":null}\n");
        var (exitCode, _, error) = Shell.Run("predict", "--model", _folder["model.zip"], "--data", input, "--text", "body", "--output", _folder["new.out.jsonl"]);
        Assert.AreEqual((0, ""), (exitCode, error));
        var lines = File.ReadAllLines(_folder["new.out.jsonl"]);
        Assert.HasCount(2, lines);
        Assert.StartsWith("{\"body\":\"A superb day\",\"nested\":{\"a\":[1,2]},\"predictedLabel\":\"liked it\",\"probabilities\":{", lines[0]);
        Assert.StartsWith("{\"nested\":null,\"predictedLabel\":", lines[1]);
    }

    [TestMethod]
    public void Texts_on_the_command_line_get_a_line_each()
    {
        var (exitCode, output, error) = Shell.RunProcess("predict", "--model", _folder["model.zip"], "--text", "An excellent day", "@ awful\tday", "--text", "What a horrible film!");
        Assert.AreEqual((0, ""), (exitCode, error));
        var lines = output.TrimEnd().Split('\n');
        Assert.HasCount(3, lines);
        Assert.StartsWith("liked it\t0.", lines[0]);
        Assert.EndsWith("\t@ awful day", lines[1]);
        Assert.StartsWith("did \"not\", ever\t0.", lines[2]);
    }

    [TestMethod]
    public void A_binary_model_of_pairs_has_MLNets_binary_metrics()
    {
        var rows = Rows("true", "0").Select(row => $"{{\"a\":\"{row.Text.Replace("\"", "")}\",\"b\":\"Is it good?\",\"y\":{row.Label}}}\n");
        var data = _folder.Write("pairs.jsonl", string.Concat(rows));
        var (exitCode, output, error) = Shell.Run(
            ["train", "classification", "--binary", "--train", data, "--text", "a", "--text2", "b", "--label", "y", "--validation-fraction", "0.25", "--early-stopping", "2", .. Training,
                "--freeze-embeddings", "--freeze-layers", "1", "--output", _folder["pairs.zip"], "--metrics", _folder["pairs.train.json"]]);
        Assert.AreEqual((0, ""), (exitCode, error), output);
        Assert.IsLessThan(8_000_000, Json("pairs.train.json").GetProperty("trainableParameters").GetInt64());

        (exitCode, output, error) = Shell.Run("evaluate", "--model", _folder["pairs.zip"], "--data", data, "--metrics", _folder["pairs.json"]);
        Assert.AreEqual((0, ""), (exitCode, error), output);
        var json = Json("pairs.json");
        Assert.IsGreaterThan(0.8, json.GetProperty("accuracy").GetDouble());
        foreach (var name in (string[])["areaUnderRocCurve", "areaUnderPrecisionRecallCurve", "f1Score", "positivePrecision", "positiveRecall", "negativePrecision", "negativeRecall", "entropy"])
            Assert.IsGreaterThan(0.5, json.GetProperty(name).GetDouble(), name);

        (exitCode, output, error) = Shell.Run("predict", "--model", _folder["pairs.zip"], "--text", "A superb day", "--text2", "Is it good?");
        Assert.AreEqual((0, ""), (exitCode, error));
        Assert.StartsWith("true\t", output);
        (exitCode, _, error) = Shell.Run("predict", "--model", _folder["pairs.zip"], "--text", "A superb day");
        Assert.AreEqual(1, exitCode);
        Assert.Contains("--text2", error);
    }

    private static IEnumerable<(string Label, string Text)> Rows(string good, string bad) => Good.Zip(Bad).SelectMany(pair => Things.SelectMany(thing =>
        new[] { (good, string.Format(CultureInfo.InvariantCulture, thing, pair.First)), (bad, string.Format(CultureInfo.InvariantCulture, thing, pair.Second)) }));

    private static JsonElement Json(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(_folder[name]));
        return document.RootElement.Clone();
    }
}
