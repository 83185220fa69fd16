namespace MLNetNlp.Cli.Tests.Commands;

/// <summary>What cannot work ends with exit code 1 and one line, before any training.</summary>
[TestClass]
public sealed class FailureTests
{
    private const string Rows = "Label\tText\na\tone\nb\ttwo\n";

    [TestMethod]
    [DataRow("none.tsv", null, "There is no file")]
    [DataRow("train.txt", Rows, "does not tell the format")]
    [DataRow("train.tsv", "Kind\tText\na\tone\n", "has no column 'Label'; its columns are 'Kind', 'Text'")]
    [DataRow("train.tsv", "Label\tText\na\tone\nb\n", "line 3: 1 field, but the header has 2")]
    [DataRow("train.tsv", "Label\tText\n", "no row has a label")]
    [DataRow("train.tsv", "Label\tText\n\tone\n", "no row has a label")]
    [DataRow("train.tsv", "Label\tText\na\tone\na\ttwo\n", "has one class only ('a')")]
    public void Data_that_cannot_be_used(string name, string? text, string expected)
    {
        using var folder = new TemporaryFolder();
        if (text is not null)
            folder.Write(name, text);
        AssertFails(expected, Train(folder[name], folder["model.zip"]));
        Assert.IsFalse(File.Exists(folder["model.zip"]));
    }

    [TestMethod]
    public void Outputs_that_cannot_be_written_are_noticed_before_the_data_is_read()
    {
        using var folder = new TemporaryFolder();
        var missing = Path.Combine(folder["missing"], "model.zip");
        AssertFails("--output: there is no folder", Train(folder["none.tsv"], missing));
        AssertFails("--metrics: there is no folder", [.. Train(folder["none.tsv"], folder["model.zip"]), "--metrics", missing]);
        AssertFails("--output: there is no folder", ["predict", "--model", "none.zip", "--data", "none.tsv", "--output", Path.Combine(folder["missing"], "p.tsv")]);
    }

    [TestMethod]
    public void Labels_that_are_not_true_or_false_are_not_binary()
    {
        using var folder = new TemporaryFolder();
        AssertFails("--binary: 'a' in column 'Label' is not true or false", [.. Train(folder.Write("train.tsv", Rows), folder["model.zip"]), "--binary"]);
    }

    [TestMethod]
    public void A_pretrained_model_that_is_not_there_is_named()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("train.tsv", Rows);
        AssertFails("--model: there is no folder 'nonsense'", [.. Train(data, folder["model.zip"]), "--model", "nonsense"]);
        Directory.CreateDirectory(folder["empty"]);
        AssertFails("config.json", [.. Train(data, folder["model.zip"]), "--model", folder["empty"]]);
    }

    [TestMethod]
    public void A_model_that_is_no_model_zip_is_named()
    {
        using var folder = new TemporaryFolder();
        AssertFails("There is no file", ["predict", "--model", folder["none.zip"], "--text", "hello"]);
        AssertFails("cannot be opened as a model", ["predict", "--model", folder.Write("text.zip", "not a zip"), "--text", "hello"]);
        AssertFails("There is no file", ["evaluate", "--model", folder["none.zip"], "--data", folder["none.tsv"]]);
    }

    [TestMethod]
    public void The_program_itself_ends_with_the_exit_code_and_one_line()
    {
        var (exitCode, output, error) = Shell.RunProcess("evaluate", "--model", "none.zip", "--data", "none.tsv");
        Assert.AreEqual((1, ""), (exitCode, output));
        Shell.AssertOneLine(error);
        (exitCode, output, error) = Shell.RunProcess("evaluate", "--model", "none.zip");
        Assert.AreEqual((2, ""), (exitCode, output));
        Shell.AssertOneLine(error);
    }

    private static string[] Train(string data, string model) => ["train", "classification", "--train", data, "--text", "Text", "--label", "Label", "--output", model];

    private static void AssertFails(string expected, string[] arguments)
    {
        var (exitCode, _, error) = Shell.Run(arguments);
        Assert.AreEqual(1, exitCode, error);
        Shell.AssertOneLine(error);
        Assert.Contains(expected, error);
    }
}
