using System.Runtime.InteropServices;
using System.Text;
using MLNetNlp.Models.Mini;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp.Transformers.Tests.Checkpoints;

[TestClass]
public sealed unsafe class SafetensorsFileTests
{
    [TestMethod]
    public void Memory_is_read_in_place()
    {
        var bytes = File.ReadAllBytes(TestPaths.Fixture("safetensors", "ok-f32-two-tensors.safetensors"));
        using var file = SafetensorsFile.FromMemory(bytes);
        var entry = file.Tensors["y"];
        Assert.IsTrue(file.Bytes("y").Overlaps(bytes.AsSpan((int)entry.Offset), out var distance) && distance == 0);
    }

    [TestMethod]
    public void An_embedded_model_is_read_in_place_without_allocating_its_size()
    {
        using var files = ModelFiles.FromAssembly(MiniModel.Assembly, MiniModel.ResourcePrefix, "Mini");
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var file = files.OpenSafetensors(ModuleWeights.FileName);
        Assert.IsLessThan(200_000L, GC.GetAllocatedBytesForCurrentThread() - before);
        var entry = file.Tensors["embeddings.word_embeddings.weight"];
        Assert.AreEqual(SafetensorsDType.F16, entry.DType);
        CollectionAssert.AreEqual(new long[] { 16000, 384 }, entry.Shape.ToArray());
        var row = new float[16000 * 384];
        file.CopyTo(entry.Name, row);
        Assert.AreEqual((float)MemoryMarshal.Read<Half>(file.Bytes(entry.Name)[(2 * 384 * 7)..]), row[384 * 7]);
    }

    [TestMethod]
    public void Half_precision_is_widened_exactly()
    {
        var bits = Enumerable.Range(0, 65536).Select(i => (ushort)i).ToArray();
        var actual = Widen(SafetensorsDType.F16, bits);
        for (var i = 0; i < bits.Length; i++)
        {
            var expected = (float)BitConverter.UInt16BitsToHalf(bits[i]);
            if (float.IsNaN(expected))
                Assert.IsTrue(float.IsNaN(actual[i]), $"{bits[i]:x4}");
            else
                Assert.AreEqual(BitConverter.SingleToInt32Bits(expected), BitConverter.SingleToInt32Bits(actual[i]), $"{bits[i]:x4}");
        }
    }

    [TestMethod]
    public void Bfloat16_is_widened_exactly()
    {
        var bits = Enumerable.Range(0, 65536).Select(i => (ushort)i).ToArray();
        var actual = Widen(SafetensorsDType.BF16, bits);
        for (var i = 0; i < bits.Length; i++)
            Assert.AreEqual(bits[i] << 16, BitConverter.SingleToInt32Bits(actual[i]));
    }

    [TestMethod]
    public void Errors_name_file_and_tensor()
    {
        var path = TestPaths.Fixture("safetensors", "bad-overlap.safetensors");
        var error = Assert.ThrowsExactly<InvalidDataException>(() => SafetensorsFile.Open(path));
        StringAssert.Contains(error.Message, path);
        StringAssert.Contains(error.Message, "tensor 'b'");

        using var file = SafetensorsFile.Open(TestPaths.Fixture("safetensors", "ok-f4-packed.safetensors"));
        var name = file.Tensors.Keys.First();
        StringAssert.Contains(Assert.ThrowsExactly<KeyNotFoundException>(() => file.Bytes("no such")).Message, "'no such'");
        StringAssert.Contains(Assert.ThrowsExactly<NotSupportedException>(() => file.CopyTo(name, new float[file.Tensors[name].ElementCount])).Message, "F4");
    }

    [TestMethod]
    public void A_missing_file_is_named() =>
        StringAssert.Contains(
            Assert.ThrowsExactly<FileNotFoundException>(() => SafetensorsFile.Open("/nowhere-at-all.safetensors")).Message, "nowhere-at-all.safetensors");

    [TestMethod]
    public void A_disposed_file_gives_no_bytes()
    {
        var file = SafetensorsFile.Open(TestPaths.Fixture("safetensors", "ok-scalar.safetensors"));
        var name = file.Tensors.Keys.First();
        file.Dispose();
        file.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => file.Bytes(name));
    }

    [TestMethod]
    public void A_claim_in_a_header_allocates_nothing()
    {
        foreach (var length in new ulong[] { 99_999_999, 100_000_000, ulong.MaxValue, 1UL << 63 })
        {
            var bytes = new byte[64];
            BitConverter.TryWriteBytes(bytes, length);
            Check(bytes);
        }

        Check(TestFiles.Safetensors("""{"a":{"dtype":"F32","shape":[1000000000,1000000],"data_offsets":[0,4000000000000000]}}""", 8));

        static void Check(byte[] bytes)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.ThrowsExactly<InvalidDataException>(() => SafetensorsFile.FromMemory(bytes));
            Assert.IsLessThan(100_000L, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [TestMethod]
    public void Damaged_headers_are_refused_or_read_but_nothing_else()
    {
        var original = File.ReadAllBytes(TestPaths.Fixture("safetensors", "ok-metadata.safetensors"));
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = original.ToArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                bytes[random.Next(bytes.Length - 24)] = random.Next(3) == 0 ? (byte)"{}[]\",:0"[random.Next(8)] : (byte)random.Next(256);
            var cut = bytes.AsMemory(0, random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length);
            try
            {
                using var file = SafetensorsFile.FromMemory(cut);
                foreach (var name in file.Tensors.Keys)
                    _ = file.Bytes(name)[^1..];
            }
            catch (Exception e) when (e is InvalidDataException or ArgumentOutOfRangeException)
            {
                Assert.IsInstanceOfType<InvalidDataException>(e, Encoding.UTF8.GetString(cut.Span));
            }
        }
    }

    /// <summary>Each file lies just before memory that may not be touched: reading one byte too many would end the process.</summary>
    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void Nothing_is_read_beyond_the_end()
    {
        var page = Environment.SystemPageSize;
        const int Pages = 4;
        var memory = (byte*)NativeMemory.AlignedAlloc((nuint)(page * (Pages + 1)), (nuint)page);
        var end = memory + (page * Pages);
        Assert.AreEqual(0, Protect(end, (nuint)page, 0));
        try
        {
            foreach (var path in Directory.EnumerateFiles(TestPaths.Fixture("safetensors"), "*.safetensors"))
            {
                var bytes = File.ReadAllBytes(path);
                bytes.CopyTo(new Span<byte>(end - bytes.Length, bytes.Length));
                try
                {
                    using var file = SafetensorsFile.FromPointer(end - bytes.Length, bytes.Length, path, this);
                    foreach (var (name, entry) in file.Tensors)
                    {
                        _ = file.Bytes(name).ToArray();
                        if (FloatConversion.CanConvert(entry.DType))
                            file.CopyTo(name, new float[entry.ElementCount]);
                    }
                }
                catch (InvalidDataException)
                {
                    // Refused: also without touching what is behind.
                }
            }
        }
        finally
        {
            Assert.AreEqual(0, Protect(end, (nuint)page, 3));
            NativeMemory.AlignedFree(memory);
        }
    }

    [DllImport("libc", EntryPoint = "mprotect")]
    private static extern int Protect(void* address, nuint length, int protection);

    private static float[] Widen(SafetensorsDType dtype, ushort[] bits)
    {
        // An odd number of elements behind an odd offset: vectors, the rest after them, and unaligned reads.
        ushort[] all = [.. bits, 0x3c00];
        var header = $$$"""
            {"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},
             "h":{"dtype":"{{{dtype}}}","shape":[{{{all.Length}}}],"data_offsets":[1,{{{1 + (2 * all.Length)}}}]}}
            """;
        var bytes = TestFiles.Safetensors(header, [0, .. MemoryMarshal.AsBytes(all.AsSpan())]);
        using var file = SafetensorsFile.FromMemory(bytes);
        var values = new float[all.Length];
        file.CopyTo("h", values);
        return values;
    }
}
