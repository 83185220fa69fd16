using MLNetNlp.Transformers.Checkpoints;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.Checkpoints;

/// <summary>Between files and torch tensors.</summary>
[TestClass]
public sealed class SafetensorsTensorTests
{
    [TestMethod]
    public void Every_element_type_that_torch_has_comes_back_as_it_went()
    {
        using var scope = NewDisposeScope();
        using var seed = arange(-3, 4, dtype: ScalarType.Float32);
        ScalarType[] types = [ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float64,
            ScalarType.Int64, ScalarType.Int32, ScalarType.Int16, ScalarType.Int8];
        List<(string Name, Tensor Tensor)> tensors = [.. types.Select(t => (t.ToString(), seed.to(t)))];
        tensors.Add(("Byte", arange(0, 250, 50).to(ScalarType.Byte)));
        tensors.Add(("Bool", seed.gt(0)));
        tensors.Add(("scalar", tensor(2.5f)));
        tensors.Add(("empty", zeros(2, 0, 3)));
        tensors.Add(("transposed", arange(6, dtype: ScalarType.Float32).reshape(2, 3).t()));
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, tensors);
        using var file = SafetensorsFile.FromMemory(stream.ToArray());
        Assert.HasCount(tensors.Count, file.Tensors);
        foreach (var (name, tensor) in tensors)
        {
            using var read = file.ToTensor(name);
            Assert.AreEqual(tensor.dtype, read.dtype, name);
            CollectionAssert.AreEqual(tensor.shape, read.shape, name);
            Assert.IsTrue(read.equal(tensor).item<bool>(), name);
        }
    }

    [TestMethod]
    public void A_tensor_can_be_converted_as_it_is_read()
    {
        using var scope = NewDisposeScope();
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream,
        [
            ("h", tensor(new[] { 0.5f, -2f, 65504f }).to(ScalarType.Float16)),
            ("i", arange(3, dtype: ScalarType.Int64)),
            ("d", tensor(new[] { 0.1, 1e300 })),
        ]);
        using var file = SafetensorsFile.FromMemory(stream.ToArray());
        CollectionAssert.AreEqual(new[] { 0.5f, -2f, 65504f }, file.ToTensor("h", ScalarType.Float32).data<float>().ToArray());
        CollectionAssert.AreEqual(new[] { 0.5, -2, 65504 }, file.ToTensor("h", ScalarType.Float64).data<double>().ToArray());
        CollectionAssert.AreEqual(new[] { 0f, 1, 2 }, file.ToTensor("i", ScalarType.Float32).data<float>().ToArray());
        CollectionAssert.AreEqual(new[] { 0.1f, float.PositiveInfinity }, file.ToTensor("d", ScalarType.Float32).data<float>().ToArray());
    }

    [TestMethod]
    public void A_tensor_outlives_its_file()
    {
        Tensor read;
        using (var file = SafetensorsFile.Open(TestPaths.Fixture("safetensors", "ok-f32-two-tensors.safetensors")))
            read = file.ToTensor("x");
        using (read)
            CollectionAssert.AreEqual(new[] { -0.015267511829733849f, -0.06940783560276031f }, read.data<float>().ToArray());
    }

    [TestMethod]
    public void A_bool_that_is_neither_0_nor_1_is_true()
    {
        using var file = SafetensorsFile.Open(TestPaths.Fixture("safetensors", "ok-bool-byte-2.safetensors"));
        var name = file.Tensors.Keys.Single();
        using var read = file.ToTensor(name);
        CollectionAssert.AreEqual(file.Bytes(name).ToArray().Select(b => b != 0).ToArray(), read.data<bool>().ToArray());
    }

    [TestMethod]
    public void A_type_that_torch_lacks_is_named()
    {
        using var file = SafetensorsFile.Open(TestPaths.Fixture("safetensors", "ok-f4-packed.safetensors"));
        var name = file.Tensors.Keys.Single();
        var error = Assert.ThrowsExactly<NotSupportedException>(() => file.ToTensor(name));
        StringAssert.Contains(error.Message, $"'{name}'");
        StringAssert.Contains(error.Message, "F4");
    }
}
