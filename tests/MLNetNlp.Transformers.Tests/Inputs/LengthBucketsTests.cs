using MLNetNlp.Transformers.Inputs;

namespace MLNetNlp.Transformers.Tests.Inputs;

[TestClass]
public sealed class LengthBucketsTests
{
    private static int Length(int row) => 5 + row * 7919 % 60;

    [TestMethod]
    public void Every_row_is_in_one_batch()
    {
        var batches = LengthBuckets.Epoch(1003, Length, 8, seed: 1, epoch: 0);
        CollectionAssert.AreEqual(Enumerable.Range(0, 1003).ToArray(), batches.SelectMany(b => b).Order().ToArray());
        Assert.AreEqual(125, batches.Count(b => b.Length == 8));
        Assert.AreEqual(1, batches.Count(b => b.Length == 3));
    }

    [TestMethod]
    public void There_is_little_padding()
    {
        var batches = LengthBuckets.Epoch(4000, Length, 32, seed: 1, epoch: 0);
        var padded = batches.Sum(b => b.Length * b.Max(Length));
        Assert.IsLessThan(1.05 * Enumerable.Range(0, 4000).Sum(Length), padded);
    }

    [TestMethod]
    public void Epochs_and_seeds_differ_and_repeat()
    {
        static int[] Order(int seed, int epoch) => [.. LengthBuckets.Epoch(200, Length, 8, seed, epoch).SelectMany(b => b)];
        CollectionAssert.AreEqual(Order(1, 0), Order(1, 0));
        CollectionAssert.AreNotEqual(Order(1, 0), Order(1, 1));
        CollectionAssert.AreNotEqual(Order(1, 0), Order(2, 0));
    }

    [TestMethod]
    public void Long_and_short_batches_come_mixed()
    {
        var lengths = LengthBuckets.Epoch(1600, Length, 32, seed: 1, epoch: 0).Select(b => b.Max(Length)).ToArray();
        CollectionAssert.AreNotEqual(lengths.Order().ToArray(), lengths);
        CollectionAssert.AreNotEqual(lengths.OrderDescending().ToArray(), lengths);
    }
}
