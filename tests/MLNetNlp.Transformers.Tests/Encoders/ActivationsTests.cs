using MLNetNlp.Transformers.Encoders;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.Encoders;

[TestClass]
public sealed class ActivationsTests
{
    // Python: 0.5 * x * (1 + erf(x / sqrt 2)), 0.5 * x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))), x / (1 + e^-x) at -2, -0.5, 0, 1, 3.
    [TestMethod]
    [DataRow("gelu", new[] { -0.04550026f, -0.15426877f, 0, 0.84134475f, 2.9959502f })]
    [DataRow("gelu_new", new[] { -0.04540231f, -0.15428599f, 0, 0.84119199f, 2.9963627f })]
    [DataRow("silu", new[] { -0.23840584f, -0.18877033f, 0, 0.73105858f, 2.8577224f })]
    [DataRow("relu", new[] { 0f, 0, 0, 1, 3 })]
    public void Values_are_the_formulas(string name, float[] expected)
    {
        using var scope = NewDisposeScope();
        var actual = Activations.Get(name)(tensor(new[] { -2f, -0.5f, 0, 1, 3 }));
        Close.AreClose(expected, ReferenceTensors.Values(actual), 1e-6, name);
    }

    [TestMethod]
    public void An_unknown_name_is_refused_with_the_known_ones()
    {
        var error = Assert.ThrowsExactly<NotSupportedException>(() => Activations.Get("maxout"));
        StringAssert.Contains(error.Message, "'maxout'");
        StringAssert.Contains(error.Message, "gelu_new");
    }
}
