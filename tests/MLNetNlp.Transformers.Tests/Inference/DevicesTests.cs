using MLNetNlp.Transformers.Inference;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.Inference;

[TestClass]
public sealed class DevicesTests
{
    [TestMethod]
    public void Cpu_is_always_there() => Assert.AreEqual(DeviceType.CPU, Devices.Parse("cpu").type);

    [TestMethod]
    public void Auto_takes_cuda_where_it_is() =>
        Assert.AreEqual(cuda.is_available() ? DeviceType.CUDA : DeviceType.CPU, Devices.Parse("auto").type);

    [TestMethod]
    [DataRow("gpu")]
    [DataRow("")]
    [DataRow("cuda:x")]
    [DataRow("cuda:-1")]
    public void A_name_that_means_nothing_is_refused(string name) =>
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Devices.Parse(name)).Message, $"'{name}'");

    [TestMethod]
    public void A_cuda_device_that_is_not_there_is_named()
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Devices.Parse("cuda:99"));
        StringAssert.Contains(error.Message, "'cuda:99'");
    }
}
