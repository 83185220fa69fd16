using static TorchSharp.torch;

namespace Compat.TorchSharp.Tests.Tensors;

[TestClass]
public sealed class ShapeTests
{
    [TestMethod]
    public void Views_share_their_elements()
    {
        using var scope = NewDisposeScope();
        var a = arange(6, dtype: float32);
        var view = a.view(2, -1);

        view.t()[2, 1].fill_(50);

        Check.Shape(view, 2, 3);
        Check.Values(a, 0, 1, 2, 3, 4, 50);
        Assert.IsFalse(view.t().is_contiguous());
        CollectionAssert.AreEqual(new long[] { 1, 3 }, view.t().stride());
    }

    [TestMethod]
    public void Dimensions_are_moved_joined_and_cut()
    {
        using var scope = NewDisposeScope();
        var a = arange(24, dtype: float32).reshape(2, 3, 4);

        Check.Shape(a.permute(2, 0, 1), 4, 2, 3);
        Check.Shape(a.transpose(-1, -2), 2, 4, 3);
        Check.Shape(a.flatten(1), 2, 12);
        Check.Shape(a.unflatten(2, 2, 2), 2, 3, 2, 2);
        Check.Shape(a.unsqueeze(1).squeeze(1).unsqueeze(-1).squeeze(), 2, 3, 4);
        Check.Shape(a.narrow(1, 1, 2), 2, 2, 4);
        Check.Values(a.select(1, 2).select(0, 1), 20, 21, 22, 23);
        Check.Values(a.slice(2, 0, 4, 3).select(0, 0).flatten(), 0, 3, 4, 7, 8, 11);
        Check.Shape(cat([a, a], 1), 2, 6, 4);
        Check.Shape(stack([a, a]), 2, 2, 3, 4);
        Check.Shape(a.split(2, dim: 1)[1], 2, 1, 4);
        Check.Shape(a.split([1, 3], dim: 2)[1], 2, 3, 3);
        Assert.HasCount(3, a.unbind(1));
        Check.Values(tensor(new[] { 1f, 2f }).expand(2, 2).reshape(4), 1, 2, 1, 2);
        Check.Values(tensor(new[] { 1f, 2f }).repeat(2), 1, 2, 1, 2);
        Check.Values(tensor(new[] { 1f, 2f }).repeat_interleave(2), 1, 1, 2, 2);
        Check.Values(ones(2, 2).tril(), 1, 0, 1, 1);
        Check.Values(tensor(new[] { 1f, 2f, 3f }).roll(1), 3, 1, 2);
        Check.Values(einsum("ij,j->i", tensor(new float[,] { { 1, 2 }, { 3, 4 } }), tensor(new[] { 1f, 10f })), 21, 43);
    }

    [TestMethod]
    public void A_list_longer_than_the_stack_s_share_is_joined()
    {
        using var scope = NewDisposeScope();

        Check.Values(cat([.. Enumerable.Range(0, 500).Select(i => tensor(new[] { (float)i }))]).sum(), 124750);
    }

    [TestMethod]
    public void Indexers_take_numbers_ranges_masks_and_tensors()
    {
        using var scope = NewDisposeScope();
        var a = arange(12, dtype: float32).reshape(3, 4);

        Check.Values(a[1], 4, 5, 6, 7);
        Check.Values(a[-1, 0], 8);
        Check.Values(a[.., 1], 1, 5, 9);
        Check.Values(a[1.., ..2].flatten(), 4, 5, 8, 9);
        Check.Values(a[..^1, ^1], 3, 7);
        Check.Values(a[TensorIndex.Ellipsis, 0], 0, 4, 8);
        Check.Values(a[TensorIndex.Slice(step: 2), TensorIndex.Slice(1, 3)].flatten(), 1, 2, 9, 10);
        Check.Shape(a[TensorIndex.None, 0], 1, 4);
        Check.Values(a[a > 9], 10, 11);
        Check.Values(a[tensor(new[] { 0L, 2L }), tensor(new[] { 1L, 3L })], 1, 11);
        Check.Values(a[0, TensorIndex.Tensor(tensor(new[] { 2L, 0L }))], 2, 0);
        Check.Values(a[TensorIndex.Colon, TensorIndex.Tensor(tensor(new[] { 2L, 0L }))].flatten(), 2, 0, 6, 4, 10, 8);

        a[0, ..2] = tensor(new[] { -1f, -2f });
        a[a > 9] = tensor(0f);
        Check.Values(a.flatten(), -1, -2, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0);
        Assert.Throws<ArgumentException>(() => a[0, 0, 0]);
    }

    [TestMethod]
    public void Elements_are_gathered_scattered_and_masked()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        var at = tensor(new long[,] { { 2 }, { 0 } });

        Check.Values(a.gather(1, at).flatten(), 3, 4);
        Check.Values(zeros(2, 3).scatter(1, at, ones(2, 1)).flatten(), 0, 0, 1, 1, 0, 0);
        Check.Values(a.clone().scatter_add_(1, at, ones(2, 1)).flatten(), 1, 2, 4, 5, 5, 6);
        Check.Values(a.index_select(1, tensor(new[] { 2L, 0L })).flatten(), 3, 1, 6, 4);
        Check.Values(a.masked_fill(a > 3, -1).flatten(), 1, 2, 3, -1, -1, -1);
        Check.Values(a.masked_select(a > 3), 4, 5, 6);
        Check.Values(where(a > 3, a, zeros_like(a)).flatten(), 0, 0, 0, 4, 5, 6);
        Check.Values(zeros(2, 3).index_add_(0, tensor(new[] { 1L, 1L }), a, 1).flatten(), 0, 0, 0, 5, 7, 9);
        Check.Values(a.nonzero()[-1], 1, 2);
    }

    [TestMethod]
    public void Reductions_work_over_all_and_along_dimensions()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new float[,] { { 3, 1, 2 }, { 4, 6, 5 } });

        Check.Values(a.sum(), 21);
        Check.Values(a.sum(1), 6, 15);
        Check.Values(a.sum([0L, 1L]), 21);
        Check.Values(a.mean([0L]), 3.5f, 3.5f, 3.5f);
        Check.Shape(a.mean([1L], keepdim: true), 2, 1);
        Check.Values(a.max(), 6);
        Check.Values(a.max(1).values, 3, 6);
        Check.Values(a.max(1).indexes, 0, 1);
        Check.Values(a.argmin(1), 1, 0);
        Check.Values(a.topk(2).values.flatten(), 3, 2, 6, 5);
        Check.Values(a.sort(descending: true).Indices.flatten(), 0, 2, 1, 1, 2, 0);
        Check.Values(a.std(1, unbiased: false), 0.816497f, 0.816497f);
        Check.Values(a.var(), 3.5f);
        Check.Values(a.norm(), 9.539392f);
        Check.Values(a.norm(1, p: 1), 6, 15);
        Check.Values(a.cumsum(1)[1], 4, 10, 15);
        Check.Values(a.logsumexp(1), 3.407606f, 6.407606f);
        Check.Values((a > 2).all(1), 0, 1);
        Check.Values((a > 5).any(), 1);
        Check.Values(a.prod(1), 6, 120);
        Check.Values(tensor(new[] { 3L, 1L, 3L }).unique(return_counts: true).counts!, 1, 2);
        Check.Values(tensor(new[] { 0L, 2L, 2L }).bincount(null), 1, 0, 2);
    }
}
