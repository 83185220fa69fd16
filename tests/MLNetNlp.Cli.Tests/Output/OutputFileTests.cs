using MLNetNlp.Cli.Output;

namespace MLNetNlp.Cli.Tests.Output;

[TestClass]
public sealed class OutputFileTests
{
    [TestMethod]
    public void A_file_that_is_not_written_leaves_what_was_there()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("model.zip", "old");
        Assert.ThrowsExactly<InvalidOperationException>(() =>
        {
            using var file = new OutputFile(path, "--output");
            file.Write(stream =>
            {
                stream.WriteByte(1);
                throw new InvalidOperationException();
            });
        });
        Assert.AreEqual("old", File.ReadAllText(path));
        Assert.HasCount(1, Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [TestMethod]
    public void A_written_file_replaces_what_was_there()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("model.zip", "old");
        using (var file = new OutputFile(path, "--output"))
            file.Write(stream => stream.Write("new"u8));
        Assert.AreEqual("new", File.ReadAllText(path));
        Assert.HasCount(1, Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [TestMethod]
    public void A_folder_or_a_path_without_folder_cannot_be_written()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["there"]);
        Assert.Contains("--output: ", Assert.ThrowsExactly<CliException>(() => new OutputFile(folder["there"], "--output")).Message);
        Assert.Contains("there is no folder", Assert.ThrowsExactly<CliException>(() => new OutputFile(Path.Combine(folder["missing"], "model.zip"), "--output")).Message);
    }
}
