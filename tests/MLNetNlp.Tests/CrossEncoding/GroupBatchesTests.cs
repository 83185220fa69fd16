namespace MLNetNlp.Tests.CrossEncoding;

[TestClass]
public sealed class GroupBatchesTests
{
    [TestMethod]
    [DataRow(8)]
    [DataRow(5)]
    [DataRow(2)]
    [DataRow(100)]
    public void Every_epoch_has_all_comparable_rows_in_as_many_batches(int batchSize)
    {
        var random = new Random(3);
        int[] sizes = [1, 2, 3, 23, 4, 1, 7, 16, 2, 2];
        var groups = sizes.SelectMany((size, group) => Enumerable.Repeat(group, size)).OrderBy(_ => random.Next()).ToArray();
        var comparable = Enumerable.Range(0, groups.Length).Where(row => sizes[groups[row]] > 1).ToArray();
        var batches = new GroupBatches(groups, batchSize, seed: 5);
        var first = batches.Epoch(0);
        for (var epoch = 0; epoch < 20; epoch++)
        {
            var these = batches.Epoch(epoch);
            Assert.HasCount(first.Count, these);
            CollectionAssert.AreEquivalent(comparable, these.SelectMany(batch => batch).ToArray());
            foreach (var batch in these)
                Assert.IsFalse(batch.GroupBy(row => groups[row]).Any(rows => rows.Count() == 1), "a row that has none to be compared with");
        }

        CollectionAssert.AreEqual(first.SelectMany(b => b).ToArray(), new GroupBatches(groups, batchSize, seed: 5).Epoch(0).SelectMany(b => b).ToArray());
        CollectionAssert.AreNotEqual(first.SelectMany(b => b).ToArray(), batches.Epoch(1).SelectMany(b => b).ToArray());
    }
}
