using TorchSharp;
using static TorchSharp.torch;

namespace Compat.TorchSharp.Tests;

/// <summary>Comparisons of tensors with figures.</summary>
internal static class Check
{
    /// <summary>Fails unless the tensor's elements, in order, are the figures to within 1e-5.</summary>
    public static void Values(Tensor actual, params float[] expected)
    {
        using var scope = NewDisposeScope();
        Close.AreClose(expected, actual.detach().to(float32).contiguous().data<float>().ToArray(), 1e-5);
    }

    /// <summary>Fails unless the tensor has the shape.</summary>
    public static void Shape(Tensor actual, params long[] expected) => CollectionAssert.AreEqual(expected, actual.shape);

    /// <summary>Fails unless the function's gradient by autograd is that by differences, at the (Float64) point.</summary>
    public static void Gradient(Func<Tensor, Tensor> function, Tensor point)
    {
        using var scope = NewDisposeScope();
        var x = point.detach().clone().requires_grad_();
        function(x).sum().backward();
        var automatic = x.grad!.contiguous().data<double>().ToArray();

        using var _ = no_grad();
        const double h = 1e-6;
        var values = x.data<double>();
        for (var i = 0; i < automatic.Length; i++)
        {
            using var inner = NewDisposeScope();
            var before = values[i];
            if (x.ndim != 1)
                before = values.ToArray()[i];
            values.CopyFrom([before + h], 0, i);
            var above = function(x).sum().ToDouble();
            values.CopyFrom([before - h], 0, i);
            var below = function(x).sum().ToDouble();
            values.CopyFrom([before], 0, i);
            Assert.AreEqual((above - below) / (2 * h), automatic[i], 1e-5 * Math.Max(1, Math.Abs(automatic[i])), $"element {i}");
        }
    }
}
