using System.Text;
using MLNetNlp.Models.Mini;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp.Transformers.Tests.Checkpoints;

[TestClass]
public sealed class SafetensorsWriterTests
{
    [TestMethod]
    public void Mini_is_written_byte_for_byte_as_it_was()
    {
        using var files = ModelFiles.FromAssembly(MiniModel.Assembly, MiniModel.ResourcePrefix, "Mini");
        CheckRewritten(files.ReadAllBytes(ModuleWeights.FileName), "Mini");
    }

    [TestMethod]
    public void Files_of_the_formats_own_writer_are_written_byte_for_byte_alike()
    {
        var folders = new[] { TestPaths.Shared("reference", "models"), TestPaths.Shared("reference", "heads"), TestPaths.Shared("reference", "training") };
        var paths = folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.safetensors", SearchOption.AllDirectories))
            .Where(p => new FileInfo(p).Length < 2_000_000).ToList();
        Assert.IsGreaterThan(30, paths.Count);
        foreach (var path in paths)
            CheckRewritten(File.ReadAllBytes(path), path);
    }

    [TestMethod]
    public void Tensors_are_ordered_by_alignment_then_name_and_the_header_is_padded()
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream,
            [
                ("b", SafetensorsDType.F32, [1], new byte[4]),
                ("flag", SafetensorsDType.Bool, [3], new byte[] { 1, 0, 1 }),
                ("ids", SafetensorsDType.I64, [], new byte[8]),
                ("a", SafetensorsDType.F32, [1, 2], new byte[8]),
                ("half", SafetensorsDType.F16, [0], Array.Empty<byte>()),
            ],
            new Dictionary<string, string> { ["format"] = "pt" });
        var bytes = stream.ToArray();
        var length = (int)BitConverter.ToUInt64(bytes);
        Assert.AreEqual(0, length % 8);
        string[] expected =
        [
            """{"__metadata__":{"format":"pt"}""",
            """ "ids":{"dtype":"I64","shape":[],"data_offsets":[0,8]}""",
            """ "a":{"dtype":"F32","shape":[1,2],"data_offsets":[8,16]}""",
            """ "b":{"dtype":"F32","shape":[1],"data_offsets":[16,20]}""",
            """ "half":{"dtype":"F16","shape":[0],"data_offsets":[20,20]}""",
            """ "flag":{"dtype":"BOOL","shape":[3],"data_offsets":[20,23]}}""",
        ];
        Assert.AreEqual(string.Join(',', expected.Select(line => line.Trim())), Encoding.UTF8.GetString(bytes, 8, length).TrimEnd(' '));
        Assert.HasCount(8 + length + 23, bytes);
        CollectionAssert.AreEqual(new byte[] { 1, 0, 1 }, bytes[^3..]);
    }

    [TestMethod]
    public void Odd_names_survive()
    {
        // In UTF-8's order the private-use character comes before the emoji, in UTF-16's after it.
        string[] names = ["", "a\"b\\c", "line\nbreak\u0001", "中/é", "\uE000", "😀", "a.b"];
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [.. names.Select(n => (n, SafetensorsDType.U8, (IReadOnlyList<long>)[1], (ReadOnlyMemory<byte>)new byte[1]))]);
        using var file = SafetensorsFile.FromMemory(stream.ToArray());
        CollectionAssert.AreEquivalent(names, file.Tensors.Keys.ToArray());
        Assert.IsLessThan(file.Tensors["😀"].Offset, file.Tensors["\uE000"].Offset);
        Assert.IsEmpty(file.Metadata);
    }

    [TestMethod]
    public void Wrong_input_is_refused_before_anything_is_written()
    {
        Refuses("'a' has 3 bytes", ("a", SafetensorsDType.F32, [1], new byte[3]));
        Refuses("'a' is given twice", ("a", SafetensorsDType.U8, [1], new byte[1]), ("a", SafetensorsDType.U8, [1], new byte[1]));
        Refuses("__metadata__", ("__metadata__", SafetensorsDType.U8, [1], new byte[1]));
        Refuses("'a' has 4 bytes", ("a", SafetensorsDType.F32, [-1, -1], new byte[4]));

        static void Refuses(string message, params (string, SafetensorsDType, IReadOnlyList<long>, ReadOnlyMemory<byte>)[] tensors)
        {
            using var stream = new MemoryStream();
            StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => SafetensorsWriter.Write(stream, tensors)).Message, message);
            Assert.AreEqual(0, stream.Length);
        }
    }

    private static void CheckRewritten(byte[] original, string what)
    {
        using var file = SafetensorsFile.FromMemory(original, what);
        var tensors = file.Tensors.Values.Select(e => (e.Name, e.DType, e.Shape, (ReadOnlyMemory<byte>)file.Bytes(e.Name).ToArray())).ToArray();
        new Random(7).Shuffle(tensors);
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, tensors, file.Metadata.Count == 0 ? null : file.Metadata);
        Assert.IsTrue(original.AsSpan().SequenceEqual(stream.GetBuffer().AsSpan(0, (int)stream.Length)), $"{what}: other bytes");
    }
}
