using static TorchSharp.torch;

namespace Compat.TorchSharp.Tests.Tensors;

[TestClass]
public sealed class AutogradTests
{
    [TestMethod]
    public void Gradients_equal_differences()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var x = randn(3, 4, dtype: float64);
        var w = randn(5, 4, dtype: float64);
        var target = tensor(new[] { 0L, 3L, 1L });

        Check.Gradient(t => t.matmul(w.t()).gelu().pow(2), x);
        Check.Gradient(t => nn.functional.layer_norm(t, [4], w[0], w[1], 1e-5).tanh(), x);
        Check.Gradient(t => nn.functional.cross_entropy(t, target, label_smoothing: 0.1), x);
        Check.Gradient(t => t.softmax(-1).log().gather(1, target.unsqueeze(1)), x);
        Check.Gradient(t => nn.functional.scaled_dot_product_attention(t.unsqueeze(0), w.unsqueeze(0), w.unsqueeze(0)), x);
        Check.Gradient(t => cat([t, t * 2], 1).norm() / t.mean().exp(), x);
        Check.Gradient(t => nn.functional.binary_cross_entropy_with_logits(t, ones_like(t) * 0.3), x);
        Check.Gradient(t => t[1.., ..2] * t.index_select(1, tensor(new[] { 3L, 3L }))[..2], x);
    }

    [TestMethod]
    public void Backward_adds_up_and_respects_what_it_is_told()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new[] { 2f }, requires_grad: true);
        var b = tensor(new[] { 3f }, requires_grad: true);

        var y = a * a * b;
        y.backward(retain_graph: true);
        y.backward();
        Check.Values(a.grad!, 24);
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => y.backward());

        a.grad = null;
        b.grad = null;
        (a * b).backward(inputs: [b]);
        Assert.IsNull(a.grad);
        Check.Values(b.grad!, 2);

        var first = autograd.grad([a * a * a], [a], retain_graph: true, create_graph: true)[0];
        Check.Values(autograd.grad([first], [a])[0], 12);
        Assert.IsNull(autograd.grad([a * 1], [a, b], allow_unused: true)[1]);
    }

    [TestMethod]
    public void A_custom_operation_computes_its_own_gradient()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1f, 2f }, requires_grad: true);
        var y = Times.apply(x, 3.0);
        Check.Values(y, 3, 6);
        (y * y).sum().backward();
        Check.Values(x.grad!, 18, 36);

        using (no_grad())
            Assert.IsFalse(Times.apply(x, 3.0).requires_grad);
        Assert.IsFalse(Times.apply(x.detach(), 3.0).requires_grad);
        var error = Assert.ThrowsExactly<System.Runtime.InteropServices.ExternalException>(() => Times.apply(x, -1.0).sum().backward());
        StringAssert.Contains(error.Message, "no gradient of -1");
    }

    [TestMethod]
    public void A_graph_that_goes_lets_go_of_a_custom_operation()
    {
        var kept = Make();
        for (var i = 0; i < 20 && kept.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.IsFalse(kept.IsAlive);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference Make()
        {
            using var scope = NewDisposeScope();
            var factor = new object();
            using var y = Times.apply(ones(1, requires_grad: true), 2.0, factor);
            return new WeakReference(factor);
        }
    }

    [TestMethod]
    public void Recording_stops_and_starts()
    {
        using var scope = NewDisposeScope();
        var a = ones(1, requires_grad: true);

        using (no_grad())
        {
            Assert.IsFalse(is_grad_enabled());
            Assert.IsFalse((a * 2).requires_grad);
            using (enable_grad())
                Assert.IsTrue((a * 2).requires_grad);
            Assert.IsFalse(is_grad_enabled());
        }

        using (inference_mode())
        {
            Assert.IsTrue(is_inference_mode_enabled());
            Assert.IsFalse((a * 2).requires_grad);
        }

        Assert.IsTrue((a * 2).requires_grad);
        Assert.IsFalse((a * 2).detach().requires_grad);
        Assert.IsTrue(a.is_leaf);
        Assert.IsFalse((a * 2).is_leaf);
    }

    private sealed class Times : autograd.SingleTensorFunction<Times>
    {
        public override string Name => nameof(Times);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data("factor", vars[1]);
            ctx.save_data("kept", vars[^1]);
            return (Tensor)vars[0] * (double)vars[1];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            var factor = (double)ctx.get_data("factor")!;
            return factor < 0 ? throw new InvalidOperationException($"no gradient of {factor}") : [grad_output * factor, null!];
        }
    }
}
