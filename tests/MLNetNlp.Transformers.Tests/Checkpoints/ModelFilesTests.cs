using System.Text;
using MLNetNlp.Models.Mini;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp.Transformers.Tests.Checkpoints;

[TestClass]
public sealed class ModelFilesTests
{
    [TestMethod]
    public void A_directory_an_assembly_and_memory_give_the_same_files()
    {
        var source = Path.Combine(TestPaths.Root, "src", "MLNetNlp.Models.Mini", "files");
        using var directory = ModelFiles.FromDirectory(source);
        using var assembly = ModelFiles.FromAssembly(MiniModel.Assembly, MiniModel.ResourcePrefix, "Mini");
        using var memory = ModelFiles.FromMemory(directory.Names.ToDictionary(n => n, directory.ReadAllBytes), "copy");
        CollectionAssert.Contains(directory.Names.ToArray(), "1_Pooling/config.json");
        CollectionAssert.AreEquivalent(directory.Names.Append("LICENSE").ToArray(), assembly.Names.ToArray());
        CollectionAssert.AreEquivalent(directory.Names.ToArray(), memory.Names.ToArray());
        foreach (var name in directory.Names.Where(n => n != ModuleWeights.FileName))
        {
            CollectionAssert.AreEqual(directory.ReadAllBytes(name), assembly.ReadAllBytes(name), name);
            CollectionAssert.AreEqual(directory.ReadAllBytes(name), memory.ReadAllBytes(name), name);
        }
    }

    [TestMethod]
    public void A_missing_file_is_an_error_that_names_it_and_the_folder()
    {
        using var files = TestFiles.InMemory(("config.json", "{}"));
        Assert.IsNull(files.TryOpenRead("vocab.txt"));
        Assert.IsFalse(files.Exists("vocab.txt"));
        var error = Assert.ThrowsExactly<FileNotFoundException>(() => files.OpenRead("vocab.txt"));
        StringAssert.Contains(error.Message, "'vocab.txt'");
        StringAssert.Contains(error.Message, "'test-model'");
        StringAssert.Contains(Assert.ThrowsExactly<FileNotFoundException>(() => files.OpenSafetensors("model.safetensors")).Message, "'model.safetensors'");
    }

    [TestMethod]
    public void A_missing_directory_is_named() =>
        StringAssert.Contains(Assert.ThrowsExactly<DirectoryNotFoundException>(() => ModelFiles.FromDirectory("/no/such/model")).Message, "'/no/such/model'");

    [TestMethod]
    public void A_file_in_place_of_a_directory_is_said_to_be_one() =>
        StringAssert.Contains(
            Assert.ThrowsExactly<DirectoryNotFoundException>(() => ModelFiles.FromDirectory(TestPaths.Fixture("mini", "expected.json"))).Message, "is a file");

    [TestMethod]
    public void A_prefix_without_resources_is_an_error() =>
        Assert.ThrowsExactly<ArgumentException>(() => ModelFiles.FromAssembly(MiniModel.Assembly, "nothing.", "Mini"));

    [TestMethod]
    [DataRow("../secret")]
    [DataRow("a/../../secret")]
    [DataRow("/etc/passwd")]
    [DataRow("C:\\secret")]
    [DataRow("a\\b")]
    [DataRow("a//b")]
    [DataRow("./a")]
    public void Names_do_not_lead_out_of_the_folder(string name)
    {
        using var files = ModelFiles.FromDirectory(TestPaths.Fixture("mini"));
        Assert.ThrowsExactly<ArgumentException>(() => files.TryOpenRead(name));
        Assert.ThrowsExactly<ArgumentException>(() => files.Exists(name));
        Assert.ThrowsExactly<ArgumentException>(() => files.OpenSafetensors(name));
    }

    [TestMethod]
    public void Streams_of_an_archive_are_files()
    {
        var weights = TestFiles.Safetensors(("a", [2], [1, 2]));
        using var files = ModelFiles.FromStreams(
            ["w.safetensors", "t.txt"],
            n => n == "t.txt" ? new MemoryStream(Encoding.UTF8.GetBytes("text")) : new MemoryStream(weights), "archive");
        Assert.AreEqual("text", Encoding.UTF8.GetString(files.ReadAllBytes("t.txt")));
        using var file = files.OpenSafetensors("w.safetensors");
        var values = new float[2];
        file.CopyTo("a", values);
        CollectionAssert.AreEqual(new float[] { 1, 2 }, values);
        using var damaged = ModelFiles.FromStreams(["w"], _ => new MemoryStream([1, 2, 3]), "archive");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => damaged.OpenSafetensors("w")).Message, "'archive/w'");
    }
}
