using System.Diagnostics;
using System.Text.Json;

namespace MLNetNlp.Cli.Tests.Commands;

/// <summary>Ctrl+C, and going on afterwards.</summary>
[TestClass]
public sealed class InterruptionTests
{
    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void Ctrl_C_ends_with_one_line_and_no_model_and_resume_goes_on_from_there()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("train.tsv", "Label\tText\n" + string.Concat(Enumerable.Range(0, 16).Select(i => $"{(i % 2 == 0 ? "a" : "b")}\ttext number {i}\n")));
        string[] arguments =
        [
            "train", "classification", "--train", data, "--text", "Text", "--label", "Label", "--batch-size", "2", "--max-length", "8", "--freeze-embeddings", "--freeze-layers", "3",
            "--seed", "1", "--device", "cpu", "--checkpoint", folder["checkpoints"], "--output", folder["model.zip"], "--metrics", folder["metrics.json"],
        ];
        using (var process = Shell.Start([.. arguments, "--epochs", "100000"]))
        {
            while (process.StandardOutput.ReadLine() is { } line && !line.StartsWith("epoch ", StringComparison.Ordinal))
            {
            }

            using (var kill = Process.Start("kill", ["-INT", process.Id.ToString()]))
                kill.WaitForExit();
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.AreEqual(1, process.ExitCode, error);
            Shell.AssertOneLine(error);
            Assert.Contains("stopped", error);
        }

        CollectionAssert.AreEqual(new[] { "train.tsv" }, Directory.GetFiles(Path.GetDirectoryName(data)!).Select(Path.GetFileName).ToArray());
        Assert.IsNotEmpty(Directory.GetFileSystemEntries(folder["checkpoints"]));

        // Begun anew, this run would do one step; it finds that one done already, and saves what the checkpoint holds.
        var (exitCode, _, message) = Shell.Run([.. arguments, "--epochs", "100000", "--max-steps", "1", "--resume"]);
        Assert.AreEqual((0, ""), (exitCode, message));
        using var json = JsonDocument.Parse(File.ReadAllBytes(folder["metrics.json"]));
        Assert.AreEqual(0, json.RootElement.GetProperty("steps").GetInt32());
        Assert.AreEqual(0, Shell.Run("predict", "--model", folder["model.zip"], "--text", "text").ExitCode);
    }
}
