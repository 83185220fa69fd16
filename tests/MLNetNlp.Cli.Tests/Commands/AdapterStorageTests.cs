namespace MLNetNlp.Cli.Tests.Commands;

[TestClass]
public sealed class AdapterStorageTests
{
    private static readonly string[] Options = ["--adapter", "lora:r=4", "--max-steps", "1", "--batch-size", "4", "--max-length", "24", "--seed", "1", "--device", "cpu"];

    [TestMethod]
    [DataRow("classification", "--text", "a", "--label", "verdict")]
    [DataRow("setfit", "--text", "a", "--label", "verdict")]
    [DataRow("regression", "--text", "a", "--text2", "b", "--label", "score")]
    [DataRow("ranking", "--text", "a", "--text2", "b", "--label", "score", "--group", "tags", "--loss", "mse")]
    [DataRow("embeddings", "--text", "a", "--text2", "b", "--label", "score")]
    [DataRow("ner", "--text", "a", "--label", "tags")]
    public void Every_task_heeds_what_the_zip_is_to_hold(string task, params string[] columns)
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("train.tsv", "a\tb\tverdict\tscore\ttags\nAnna sings\tshe sings\tyes\t1\tB-PER O\nit rains\tthe sun\tno\t0\tO O\nPeter sings\the sings\tyes\t1\tB-PER O\nit snows\ta car\tno\t0\tO O\n");
        foreach (var (storage, said) in new[] { ("alone", "the adapter alone"), ("separate", "base model and adapter") })
        {
            var (exitCode, output, error) = Shell.Run(["train", task, "--train", data, .. columns, .. Options, "--adapter-storage", storage, "--output", folder["model.zip"]]);
            Assert.AreEqual((0, ""), (exitCode, error), output);
            StringAssert.Matches(Shell.Run("adapter", "inspect", "--model", folder["model.zip"]).Output, new System.Text.RegularExpressions.Regex($@"the zip holds\s+{said}"));
        }
    }
}
