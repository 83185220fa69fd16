using TorchSharp;
using static TorchSharp.torch;

namespace Compat.TorchSharp.Tests.Tensors;

[TestClass]
public sealed class ConversionTests
{
    [TestMethod]
    public void Tensors_are_made_from_arrays_lists_and_numbers()
    {
        using var scope = NewDisposeScope();

        Check.Values(tensor(new[] { 1f, 2f }), 1, 2);
        Check.Shape(tensor(new int[,,] { { { 1, 2 } }, { { 3, 4 } } }), 2, 1, 2);
        Check.Shape(tensor(new long[] { 1, 2, 3, 4 }, [2, 2]), 2, 2);
        Check.Shape(tensor(new float[6].AsMemory(), [3, 2]), 3, 2);
        Check.Values(tensor(new List<double> { 1.5, 2.5 }), 1.5f, 2.5f);
        Assert.AreEqual(ScalarType.Float64, tensor(2.5).dtype);
        Assert.AreEqual(ScalarType.Float32, tensor(2.5f).dtype);
        Assert.AreEqual(ScalarType.Int64, tensor(2L).dtype);
        Assert.AreEqual(ScalarType.Bool, tensor(true).dtype);
        Assert.AreEqual(ScalarType.Int64, tensor(new[] { 1, 2 }, dtype: int64).dtype);
        Assert.AreEqual(ScalarType.Int64, arange(3).dtype);
        Check.Values(arange(0, 1, 0.25), 0, 0.25f, 0.5f, 0.75f);
        Check.Values(full([2], 3), 3, 3);
        Check.Values(eye(2).flatten(), 1, 0, 0, 1);
        Check.Values(from_array(new short[,] { { 1, 2 } }).flatten(), 1, 2);
        Check.Values(frombuffer(new byte[] { 0, 0, 128, 63, 0, 0, 0, 64 }, float32), 1, 2);
        Assert.AreEqual(0, zeros(0, 3).numel());
        Assert.IsTrue(ones(2, requires_grad: true).requires_grad);
        Assert.Throws<ArgumentException>(() => tensor(new float[5], [2, 2]));
    }

    [TestMethod]
    public void Elements_are_read_and_written()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new float[,] { { 1, 2 }, { 3, 4 } });

        var data = a.t().data<float>();
        CollectionAssert.AreEqual(new[] { 1f, 3f, 2f, 4f }, data.ToArray());
        Assert.AreEqual(3f, data[0, 1]);
        data[0, 1] = 30;
        Assert.AreEqual(30f, a[1, 0].item<float>());
        a.data<float>().CopyFrom([7f, 8f], tensorIndex: 2);
        var two = new float[3];
        a.data<float>().CopyTo(two, 1, 2);
        CollectionAssert.AreEqual(new[] { 0f, 7f, 8f }, two);
        Assert.AreEqual(16, a.bytes.Length);
        a.bytes = new byte[16];
        Assert.AreEqual(0f, a.sum().ToSingle());
        Assert.AreEqual(5L, tensor(5L).item<long>());
        Assert.AreEqual(5, tensor(5L).ToInt32());
        Assert.IsTrue(tensor(true).item<bool>());
        Assert.AreEqual((Half)0.5f, tensor(0.5f).half().item<Half>());
        Assert.IsEmpty(zeros(0).data<float>().ToArray());
    }

    [TestMethod]
    public void Reading_as_another_type_or_more_than_one_element_is_refused()
    {
        using var scope = NewDisposeScope();

        StringAssert.Contains(Assert.Throws<ArgumentException>(() => ones(2).data<long>()).Message, "Float32");
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => ones(2, 3).item<float>()).Message, "[2, 3]");
        Assert.Throws<ArgumentException>(() => ones(2).bytes = new byte[7]);
        Assert.Throws<IndexOutOfRangeException>(() => ones(2).data<float>()[2]);
    }

    [TestMethod]
    public void Types_change_and_round()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { 1.7f, -1.7f });

        Check.Values(a.to(int64), 1, -1);
        Assert.AreEqual(ScalarType.BFloat16, a.bfloat16().dtype);
        Check.Values(a.bfloat16().@float(), 1.703125f, -1.703125f);
        Assert.AreEqual(a.dtype, a.to(float32).dtype);
        var copy = a.to(float32, copy: true);
        copy.fill_(0);
        Check.Values(a, 1.7f, -1.7f);
        Assert.AreEqual("cpu", a.cpu().device.ToString());
        Assert.AreEqual(4, a.element_size());
        Assert.AreEqual("[2], type = Float32, device = cpu", a.ToString());
    }
}
