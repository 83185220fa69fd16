using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Compat.TorchSharp.Tests.Modules;

[TestClass]
public sealed class FunctionalTests
{
    [TestMethod]
    public void Cross_entropy_is_the_formula_with_weights_ignored_classes_and_smoothing()
    {
        using var scope = NewDisposeScope();
        var scores = tensor(new float[,] { { 1, 2, 3 }, { 1, 1, 1 }, { 0, 5, 0 } });
        var target = tensor(new[] { 2L, 0L, 1L });
        var each = -scores.log_softmax(1).gather(1, target.unsqueeze(1)).squeeze(1);
        var weight = tensor(new[] { 1f, 2f, 3f });

        Check.Values(functional.cross_entropy(scores, target), each.mean().item<float>());
        Check.Values(functional.cross_entropy(scores, target, reduction: Reduction.Sum), each.sum().item<float>());
        Check.Values(functional.cross_entropy(scores, target, reduction: Reduction.None), each.data<float>().ToArray());
        Check.Values(functional.cross_entropy(scores, target, weight), (each * weight[target]).sum().item<float>() / 6);
        Check.Values(functional.cross_entropy(scores, target, ignore_index: 0), each[tensor(new[] { 0L, 2L })].mean().item<float>());
        var even = -scores.log_softmax(1).mean();
        Check.Values(functional.cross_entropy(scores, target, label_smoothing: 0.1), 0.9f * each.mean().item<float>() + 0.1f * even.item<float>());
        Check.Values(functional.nll_loss(scores.log_softmax(1), target), each.mean().item<float>());
    }

    [TestMethod]
    public void Losses_have_their_hand_computed_values()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (tensor(new[] { 0.5f, -2f }), tensor(new[] { 1f, 0f }));

        Check.Values(functional.mse_loss(x, y), 2.125f);
        Check.Values(functional.l1_loss(x, y), 1.25f);
        Check.Values(functional.smooth_l1_loss(x, y), 0.8125f);
        Check.Values(functional.huber_loss(x, y, delta: 0.5), 0.5f);
        Check.Values(functional.binary_cross_entropy_with_logits(x, y), 0.300503f);
        Check.Values(functional.binary_cross_entropy(x.sigmoid(), y), 0.300503f);
        Check.Values(functional.cosine_similarity(x, y, dim: 0), 0.242536f);
        var (even, uneven) = (tensor(new[] { 0.5f, 0.5f }), tensor(new[] { 0.25f, 0.75f }));
        Check.Values(functional.kl_div(even.log(), uneven, log_target: false, reduction: Reduction.Sum), 0.130812f);
    }

    [TestMethod]
    public void Layers_compute_what_their_formulas_say()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var x = randn(2, 4);
        var linear = Linear(4, 3);
        var norm = LayerNorm(4, 1e-3);
        var table = Embedding(5, 4, padding_idx: 1);

        Assert.IsTrue(linear.call(x).allclose(x.matmul(linear.weight.t()) + linear.bias!));
        Assert.IsNull(Linear(4, 3, hasBias: false).bias);
        Assert.IsLessThan(0.5, linear.weight.abs().max().ToDouble());
        var expected = (x - x.mean([1L], true)) / (x.var([1L], unbiased: false, keepdim: true) + 1e-3).sqrt();
        Assert.IsTrue(norm.call(x).allclose(expected, atol: 1e-6));
        Check.Values(table.call(tensor(new[] { 1L })).flatten(), 0, 0, 0, 0);
        table.call(tensor(new long[,] { { 1, 2 } })).sum().backward();
        Check.Values(table.weight.grad!.sum(1), 0, 0, 4, 0, 0);
        Check.Values(Sequential(("scale", Linear(1, 1)), ("act", Tanh())).call(zeros(1, 1)).abs().lt(1).flatten(), 1);
        Check.Values(functional.pad(ones(2), (1, 0), value: 9), 9, 1, 1);
        Check.Values(functional.one_hot(tensor(new[] { 1L }), 3).flatten(), 0, 1, 0);
    }

    [TestMethod]
    public void Attention_heeds_masks()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var (q, k, v) = (randn(1, 2, 3, 4), randn(1, 2, 3, 4), randn(1, 2, 3, 4));
        var weights = (q.matmul(k.transpose(-2, -1)) / 2).masked_fill(ones([3, 3], @bool).triu(1), float.NegativeInfinity).softmax(-1);

        var causal = functional.scaled_dot_product_attention(q, k, v, is_casual: true);
        Assert.IsTrue(causal.allclose(weights.matmul(v), atol: 1e-6));
        Assert.IsTrue(causal.allclose(functional.scaled_dot_product_attention(q, k, v, ones([3, 3], @bool).tril()), atol: 1e-6));
    }

    [TestMethod]
    public void Start_values_have_their_bounds()
    {
        using var scope = NewDisposeScope();
        var w = empty(100, 50);

        Assert.AreEqual(Math.Sqrt(6.0 / 150), init.xavier_uniform_(w).abs().max().ToDouble(), 1e-3);
        Assert.AreEqual(Math.Sqrt(6.0 / 50), init.kaiming_uniform_(w).abs().max().ToDouble(), 1e-3);
        Assert.AreEqual(0.02, init.normal_(w, 0, 0.02).std().ToDouble(), 1e-3);
        Check.Values(init.ones_(w).mean() - init.constant_(w, 3).mean() + init.zeros_(w).mean(), -2);
        Assert.Throws<ArgumentException>(() => init.xavier_uniform_(empty(3)));
        var parameter = Parameter(ones(2, 2));
        Assert.IsTrue(init.zeros_(parameter).is_leaf && parameter.requires_grad);
    }
}
