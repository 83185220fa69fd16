using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Compat.TorchSharp.Tests.Tensors;

[TestClass]
public sealed class ErrorTests
{
    [TestMethod]
    public void A_refused_operator_names_itself_and_its_shapes()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (ones(2, 3), ones([4, 5], int64));

        var error = Assert.Throws<ExternalException>(() => a.matmul(b));

        StringAssert.Contains(error.Message, "aten::matmul");
        StringAssert.Contains(error.Message, "Float[2, 3]");
        StringAssert.Contains(error.Message, "Long[4, 5]");
        Assert.DoesNotContain("frame #", error.Message);
    }

    [TestMethod]
    public void Errors_of_many_kinds_are_exceptions_and_leave_the_library_usable()
    {
        using var scope = NewDisposeScope();
        var a = ones(2, 3);

        Assert.Throws<ExternalException>(() => a.view(5));
        Assert.Throws<ExternalException>(() => cat([a, ones(3, 2)]));
        Assert.Throws<ExternalException>(() => a[5]);
        Assert.Throws<ExternalException>(() => a.index_select(0, tensor(new[] { 9L })));
        Assert.Throws<ExternalException>(() => a.to(int64).mean());
        Assert.Throws<ExternalException>(() => einsum("ij,jk", a, a));
        Assert.Throws<ExternalException>(() => a.sum().backward());
        Assert.Throws<ExternalException>(() => nn.functional.cross_entropy(a, tensor(new[] { 0L, 7L })));
        Assert.Throws<ExternalException>(() => nn.functional.linear(a, ones(4, 4)));
        Assert.Throws<ExternalException>(() => a.requires_grad_().add_(1));
        Assert.Throws<ExternalException>(() => zeros([-1]));
        Assert.Throws<ExternalException>(() => nn.Embedding(10, 64).call(full([200, 200], 10L)));
        Assert.Throws<ExternalException>(() => nn.functional.dropout(a, 1.5));
        Assert.Throws<ExternalException>(() => zeros([1L << 40, 1L << 10]));
        Check.Values(ones(2) + 1, 2, 2);
    }

    [TestMethod]
    public void An_unknown_or_missing_device_is_named()
    {
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => device("gpu")).Message, "gpu");
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => device("cuda:x")).Message, "cuda:x");
        Assert.AreEqual(1, device("cuda:1").index);
        Assert.AreEqual("cuda:1", device(DeviceType.CUDA, 1).ToString());
        if (!cuda.is_available())
            StringAssert.Contains(Assert.Throws<InvalidOperationException>(() => ones(1, device: device("cuda:0"))).Message, "cuda:0");
        Assert.Throws<InvalidOperationException>(() => ones(1, device: device("mps")));
    }

    [TestMethod]
    public void A_null_among_tensors_is_named()
    {
        using var scope = NewDisposeScope();

        Assert.Throws<ArgumentNullException>(() => cat([ones(1), null!]));
    }
}
