using MLNetNlp.Transformers.Inputs;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.Inputs;

[TestClass]
public sealed class TokenBatchTests
{
    [TestMethod]
    public void Rows_are_padded_to_the_longest_of_them()
    {
        using var batch = TokenBatch.Create(Texts(), [2, 0], paddingId: 9, CPU);
        CollectionAssert.AreEqual(new long[] { 2, 4 }, batch.InputIds.shape);
        CollectionAssert.AreEqual(new long[] { 7, 8, 5, 6, 1, 2, 9, 9 }, batch.InputIds.data<long>().ToArray());
        CollectionAssert.AreEqual(new long[] { 1, 1, 1, 1, 1, 1, 0, 0 }, batch.AttentionMask.data<long>().ToArray());
        CollectionAssert.AreEqual(new long[] { 0, 0, 0, 1, 0, 0, 0, 0 }, batch.TokenTypeIds.data<long>().ToArray());
        Assert.IsTrue(batch.HasPadding);
        Assert.IsTrue(batch.HasSecondSegment);
        Assert.AreEqual(9, batch.LargestId);
    }

    [TestMethod]
    public void Rows_of_one_length_have_no_padding()
    {
        using var batch = TokenBatch.Create(Texts(), [0], paddingId: 0, CPU);
        Assert.IsFalse(batch.HasPadding);
        Assert.IsFalse(batch.HasSecondSegment);
        Assert.AreEqual(2, batch.LargestId);
    }

    [TestMethod]
    public void What_is_known_of_a_batch_is_read_from_tensors_too()
    {
        using var scope = NewDisposeScope();
        var batch = new TokenBatch(Square(5, 6, 7, 0), Square(1, 1, 1, 0), Square(0, 1, 0, 0));
        Assert.IsTrue(batch.HasPadding);
        Assert.IsTrue(batch.HasSecondSegment);
        Assert.AreEqual(7, batch.LargestId);
        Assert.IsFalse(new TokenBatch(ones(2, 2, dtype: int64), ones(2, 2, dtype: int64)).HasPadding);

        static Tensor Square(params long[] values) => tensor(values, [2, 2]);
    }

    [TestMethod]
    public void Shapes_that_disagree_are_refused()
    {
        using var scope = NewDisposeScope();
        var error = Assert.ThrowsExactly<ArgumentException>(() => new TokenBatch(ones(2, 3, dtype: int64), ones(2, 4, dtype: int64)));
        StringAssert.Contains(error.Message, "[2, 4]");
        Assert.ThrowsExactly<ArgumentException>(() => new TokenBatch(ones(3, dtype: int64)));
        Assert.ThrowsExactly<ArgumentException>(() => TokenBatch.Create(Texts(), [], 0, CPU));
    }

    private static TokenizedTexts Texts()
    {
        var texts = new TokenizedTexts();
        texts.Ids.AddRange([1, 2]);
        texts.Commit();
        texts.Ids.AddRange([3, 4, 5]);
        texts.Commit();
        texts.Ids.AddRange([7, 8, 5, 6]);
        texts.Commit(firstLength: 3);
        return texts;
    }
}
