using TorchSharp;
using static TorchSharp.torch;

namespace Compat.TorchSharp.Tests;

[TestClass]
public sealed class ArithmeticTests
{
    [TestMethod]
    public void Operators_broadcast_and_take_numbers_on_either_side()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new float[,] { { 1, 2 }, { 3, 4 } });
        var row = tensor(new[] { 10f, 20f });

        Check.Values(a + row, 11, 22, 13, 24);
        Check.Values(a - row, -9, -18, -7, -16);
        Check.Values(a * 2, 2, 4, 6, 8);
        Check.Values(2.5 * a, 2.5f, 5, 7.5f, 10);
        Check.Values(1 - a, 0, -1, -2, -3);
        Check.Values(12f / a, 12, 6, 4, 3);
        Check.Values(a / row, 0.1f, 0.1f, 0.3f, 0.2f);
        Check.Values(-a, -1, -2, -3, -4);
        Check.Values(a % 3, 1, 2, 0, 1);
        Check.Values(a.pow(2), 1, 4, 9, 16);
        Check.Values(a.matmul(a), 7, 10, 15, 22);
        Check.Values(a.addcmul(a, a, 0.5), 1.5f, 4, 7.5f, 12);
    }

    [TestMethod]
    public void Functions_that_change_the_tensor_return_it()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { 1f, 4f, 9f });

        Assert.AreSame(a, a.sqrt_());
        Check.Values(a, 1, 2, 3);
        Check.Values(a.add_(1), 2, 3, 4);
        Check.Values(a.mul_(tensor(new[] { 1f, 2f, 3f })), 2, 6, 12);
        Check.Values(a.div_(2).sub_(1), 0, 2, 5);
        Check.Values(a.addcdiv_(tensor(new[] { 1f, 1f, 1f }), tensor(new[] { 2f, 4f, 5f }), -1), -0.5f, 1.75f, 4.8f);
        Check.Values(a.lerp_(zeros(3), tensor(0.5f)), -0.25f, 0.875f, 2.4f);
        Check.Values(a.clamp_((Scalar)0, (Scalar)1), 0, 0.875f, 1);
        Check.Values(a.fill_(7).zero_(), 0, 0, 0);
    }

    [TestMethod]
    public void Division_rounds_as_asked()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { 7f, -7f });

        Check.Values(a.div(2), 3.5f, -3.5f);
        Check.Values(a.div(2, RoundingMode.trunc), 3, -3);
        Check.Values(a.div(2, RoundingMode.floor), 3, -4);
        Check.Values(a.floor_divide(2), 3, -4);
    }

    [TestMethod]
    public void Elementwise_functions_give_their_known_values()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { -1f, 0f, 2f });

        Check.Values(a.relu(), 0, 0, 2);
        Check.Values(a.gelu(), -0.158655f, 0, 1.954500f);
        Check.Values(a.tanh(), -0.761594f, 0, 0.964028f);
        Check.Values(a.sigmoid(), 0.268941f, 0.5f, 0.880797f);
        Check.Values(a.exp(), 0.367879f, 1, 7.389056f);
        Check.Values(a.abs().log1p(), 0.693147f, 0, 1.098612f);
        Check.Values(a.softmax(0), 0.042010f, 0.114195f, 0.843795f);
        Check.Values(a.log_softmax(0), -3.169846f, -2.169846f, -0.169846f);
        Check.Values(a.clamp((Scalar)(-0.5), (Scalar)1.5), -0.5f, 0, 1.5f);
        Check.Values(a.sign(), -1, 0, 1);
        Check.Values((a + 0.5).round(), -0f, 0, 2);
        Check.Values((a / 0).isfinite(), 0, 0, 0);
        Check.Values(tensor(new[] { 4f, 16f }).rsqrt(), 0.5f, 0.25f);
    }

    [TestMethod]
    public void Comparisons_give_truth_values()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { 1L, 2L, 3L });
        var b = tensor(new[] { 3L, 2L, 1L });

        Assert.AreEqual(ScalarType.Bool, (a < b).dtype);
        Check.Values(a < b, 1, 0, 0);
        Check.Values(a <= 2, 1, 1, 0);
        Check.Values(2 > a, 1, 0, 0);
        Check.Values(a == b, 0, 1, 0);
        Check.Values(a.ne(2), 1, 0, 1);
        Check.Values((a > 1) & (b > 1), 0, 1, 0);
        Check.Values(~(a > 1) | (a == 3), 1, 0, 1);
        Assert.IsTrue(a.equal(b.flip(0)).ToBoolean());
        Assert.IsFalse(tensor(1f).allclose(tensor(1.001f)));
    }
}
