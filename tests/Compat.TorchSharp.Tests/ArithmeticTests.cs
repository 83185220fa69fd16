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

        Values(a + row, 11, 22, 13, 24);
        Values(a - row, -9, -18, -7, -16);
        Values(a * 2, 2, 4, 6, 8);
        Values(2.5 * a, 2.5f, 5, 7.5f, 10);
        Values(1 - a, 0, -1, -2, -3);
        Values(12f / a, 12, 6, 4, 3);
        Values(a / row, 0.1f, 0.1f, 0.3f, 0.2f);
        Values(-a, -1, -2, -3, -4);
        Values(a % 3, 1, 2, 0, 1);
        Values(a.pow(2), 1, 4, 9, 16);
        Values(a.matmul(a), 7, 10, 15, 22);
        Values(a.addcmul(a, a, 0.5), 1.5f, 4, 7.5f, 12);
    }

    private static void Values(Tensor actual, params float[] expected) => Close.AreClose(expected, actual.data<float>().ToArray(), 1e-6);
}
