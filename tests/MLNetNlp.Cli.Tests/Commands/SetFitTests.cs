using System.Text.Json;

namespace MLNetNlp.Cli.Tests.Commands;

/// <summary>SetFit on a few short texts whose class is plain, with the embedded model and few steps.</summary>
[TestClass]
public sealed class SetFitTests
{
    private static readonly string[] Good = ["wonderful", "excellent", "lovely", "delightful", "superb", "great"];
    private static readonly string[] Bad = ["terrible", "awful", "horrible", "dreadful", "disgusting", "bad"];
    private static readonly string[] Quick = ["--max-steps", "2", "--seed", "1", "--device", "cpu", "--max-length", "24"];

    [TestMethod]
    public void A_model_is_trained_evaluated_and_predicts()
    {
        using var folder = Folder();
        var (exitCode, output, error) = Shell.Run(["train", "setfit", "--train", folder["train.tsv"], "--validation", folder["test.tsv"], "--text", "words", "--label", "verdict",
            "--shots", "3", .. Quick, "--output", folder["model.zip"], "--metrics", folder["train.json"]]);
        Assert.AreEqual((0, ""), (exitCode, error), output);
        Assert.Contains("learning    6 rows, up to 3 of each class", output);
        using var json = JsonDocument.Parse(File.ReadAllText(folder["train.json"]));
        Assert.AreEqual(("setfit", 6, 2), (json.RootElement.GetProperty("task").GetString(), json.RootElement.GetProperty("rows").GetInt32(), json.RootElement.GetProperty("steps").GetInt32()));
        Assert.IsGreaterThan(0.6, json.RootElement.GetProperty("validation").GetProperty("microAccuracy").GetDouble());

        (exitCode, output, error) = Shell.Run("evaluate", "--model", folder["model.zip"], "--data", folder["test.tsv"]);
        Assert.AreEqual((0, ""), (exitCode, error), output);
        (exitCode, output, error) = Shell.Run("predict", "--model", folder["model.zip"], "--text", "A lovely, excellent soup.");
        Assert.AreEqual((0, ""), (exitCode, error), output);
        Assert.Contains("yes", output);
    }

    [TestMethod]
    public void Texts_with_several_labels_are_learned_measured_and_predicted()
    {
        using var folder = SeveralLabels();
        var (exitCode, output, error) = Shell.Run(["train", "setfit", "--train", folder["train.tsv"], "--validation", folder["train.tsv"], "--text", "words", "--label", "topics",
            "--multi-label", ";", "--freeze-body", "--c", "1000", .. Quick, "--output", folder["model.zip"], "--metrics", folder["train.json"]]);
        Assert.AreEqual((0, ""), (exitCode, error), output);
        Assert.Contains("18 rows, 1 skipped for want of a label, 3 classes: film 8, food 8, good 8", output);

        (exitCode, output, error) = Shell.Run("evaluate", "--model", folder["model.zip"], "--data", folder["train.tsv"], "--multi-label", ";", "--metrics", folder["test.json"]);
        Assert.AreEqual((0, ""), (exitCode, error), output);
        var json = JsonDocument.Parse(File.ReadAllText(folder["test.json"])).RootElement;
        Assert.AreEqual(("multi-label", 18, 1), (json.GetProperty("task").GetString(), json.GetProperty("rows").GetInt32(), json.GetProperty("skippedRows").GetInt32()));
        Assert.IsGreaterThan(0.8, json.GetProperty("f1").GetDouble());
        Assert.AreEqual(8, json.GetProperty("perLabel").GetProperty("film").GetProperty("support").GetInt32());
        var training = JsonDocument.Parse(File.ReadAllText(folder["train.json"])).RootElement;
        Assert.AreEqual(json.GetProperty("subsetAccuracy").GetDouble(), training.GetProperty("validation").GetProperty("subsetAccuracy").GetDouble());

        (exitCode, output, error) = Shell.Run("predict", "--model", folder["model.zip"], "--text", "A lovely film.", "--multi-label", " + ");
        Assert.AreEqual((0, ""), (exitCode, error));
        Assert.StartsWith("film + good\t", output);
        (exitCode, _, error) = Shell.Run("predict", "--model", folder["model.zip"], "--data", folder["train.tsv"], "--output", folder["out.tsv"]);
        Assert.AreEqual((0, ""), (exitCode, error));
        Assert.AreEqual("words\ttopics\tpredictedLabel\tprobability:film\tprobability:food\tprobability:good", File.ReadLines(folder["out.tsv"]).First());
        Assert.Contains("\tfood,good\t", File.ReadLines(folder["out.tsv"]).ElementAt(1));
        (exitCode, output, error) = Shell.Run("evaluate", "--model", folder["model.zip"], "--data", folder["train.tsv"]);
        Assert.AreEqual((0, ""), (exitCode, error));
        Assert.Contains("8 rows, 1 left out without a label, 10 left out with a label the model does not know", output);
    }

    [TestMethod]
    public void Several_labels_are_learned_in_any_way()
    {
        using var folder = SeveralLabels();
        foreach (var strategy in (string[])["one-vs-rest", "multi-output", "classifier-chain"])
        {
            var (exitCode, output, error) = Shell.Run(["train", "setfit", "--train", folder["train.tsv"], "--text", "words", "--label", "topics", "--multi-label", ";",
                "--strategy", strategy, "--freeze-body", .. Quick, "--output", folder[strategy + ".zip"]]);
            Assert.AreEqual((0, ""), (exitCode, error), output);
            (exitCode, _, error) = Shell.Run("predict", "--model", folder[strategy + ".zip"], "--data", folder["train.tsv"], "--output", folder[strategy + ".tsv"]);
            Assert.AreEqual((0, ""), (exitCode, error));
        }

        Assert.AreEqual(File.ReadAllText(folder["one-vs-rest.tsv"]), File.ReadAllText(folder["multi-output.tsv"]));
        Assert.AreNotEqual(File.ReadAllText(folder["one-vs-rest.tsv"]), File.ReadAllText(folder["classifier-chain.tsv"]));
    }

    [TestMethod]
    public void Samples_of_several_seeds_are_measured()
    {
        using var folder = Folder();
        var (exitCode, output, error) = Shell.Run(["benchmark", "setfit", "--train", folder["train.tsv"], "--test", folder["test.tsv"], "--text", "words", "--label", "verdict",
            "--shots", "2", "--seeds", "2", "--freeze-body", .. Quick, "--metrics", folder["few.json"]]);
        Assert.AreEqual((0, ""), (exitCode, error), output);
        Assert.Contains("mean  ", output);
        using var json = JsonDocument.Parse(File.ReadAllText(folder["few.json"]));
        var runs = json.RootElement.GetProperty("runs").EnumerateArray().ToArray();
        Assert.HasCount(2, runs);
        Assert.AreEqual(runs.Average(r => r.GetProperty("metrics").GetProperty("microAccuracy").GetDouble()),
            json.RootElement.GetProperty("microAccuracy").GetProperty("mean").GetDouble(), 1e-9);
    }

    [TestMethod]
    public void Options_that_contradict_each_other_are_wrong_usage()
    {
        using var folder = Folder();
        var (exitCode, _, error) = Shell.Run("train", "setfit", "--train", folder["train.tsv"], "--text", "words", "--label", "verdict", "--end-to-end", "--output", folder["model.zip"]);
        Assert.AreEqual((2, "mlnetnlp: --end-to-end needs --head differentiable."), (exitCode, error.Trim()));
        (exitCode, _, error) = Shell.Run("train", "setfit", "--train", folder["train.tsv"], "--text", "words", "--label", "verdict", "--multi-label", ",", "--shots", "2", "--output", folder["model.zip"]);
        Assert.AreEqual((2, "mlnetnlp: --multi-label does not go with --binary, --shots and --class-weights balanced."), (exitCode, error.Trim()));
        (exitCode, _, error) = Shell.Run("train", "setfit", "--train", folder["train.tsv"], "--text", "words", "--label", "verdict", "--strategy", "classifier-chain", "--output", folder["model.zip"]);
        Assert.AreEqual((2, "mlnetnlp: --strategy needs --multi-label."), (exitCode, error.Trim()));
        (exitCode, _, error) = Shell.Run("train", "setfit", "--train", folder["train.tsv"], "--text", "words", "--label", "verdict", "--multi-label", ",", "--strategy", "classifier-chain",
            "--head", "differentiable", "--output", folder["model.zip"]);
        Assert.AreEqual((2, "mlnetnlp: --strategy needs --head logistic."), (exitCode, error.Trim()));
        (exitCode, _, error) = Shell.Run("train", "setfit", "--train", folder["train.tsv"], "--text", "words", "--label", "verdict", "--loss", "hinge", "--output", folder["model.zip"]);
        Assert.AreEqual(2, exitCode);
        Assert.Contains("--loss is 'hinge'; one of cosine, triplet,", error);
    }

    private static TemporaryFolder Folder()
    {
        var folder = new TemporaryFolder();
        folder.Write("train.tsv", Rows(0, 3));
        folder.Write("test.tsv", Rows(3, 3));
        return folder;
    }

    private static TemporaryFolder SeveralLabels()
    {
        var folder = new TemporaryFolder();
        string[] rows = [.. Good.Take(4).SelectMany(w => new[] { $"A {w} soup.\tfood; good", $"A {w} film.\tfilm;good" }),
            .. Bad.Take(4).SelectMany(w => new[] { $"A {w} soup.\tfood", $"A {w} film.\tfilm" }), "It is Tuesday.\t;", "The train leaves at nine.\t;"];
        folder.Write("train.tsv", "words\ttopics\n" + string.Join('\n', rows) + "\nNo label.\t\n");
        return folder;
    }

    private static string Rows(int skip, int take) => "verdict\twords\n" + string.Concat(
        Good.Skip(skip).Take(take).Select(w => $"yes\tThe food was {w}.\nyes\tWhat a {w} film!\n").Concat(Bad.Skip(skip).Take(take).Select(w => $"no\tThe food was {w}.\nno\tWhat a {w} film!\n")));
}
