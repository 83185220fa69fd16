using MLNetNlp.Tokenizers;
using MLNetNlp.Transformers.Checkpoints;

namespace MLNetNlp.Tests.SentenceEmbedding.Training;

/// <summary>How batches are made: every example once, no text twice, several of each class.</summary>
[TestClass]
public sealed class BatchTests
{
    private static readonly Lazy<TextTokenizer> Tokenizer = new(() =>
    {
        using var files = ModelFiles.FromDirectory(TinyModel.Folder);
        return TextTokenizer.Load(files.TryOpenRead, files.Description);
    });

    [TestMethod]
    public void No_text_occurs_in_two_examples_of_a_batch_and_every_example_in_one()
    {
        // 60 anchors of their own, but only 9 positives.
        var examples = new EmbeddingExamples(new TextPool(Tokenizer.Value, 32), 2);
        for (var i = 0; i < 60; i++)
            examples.Add([examples.Pool.Add($"anchor {i}"), examples.Pool.Add($"positive {i % 9}")]);
        var batches = NoDuplicateBatches.Epoch(examples, 8, seed: 3, epoch: 0);
        CollectionAssert.AreEquivalent(Enumerable.Range(0, 60).ToArray(), batches.SelectMany(b => b).ToArray());
        foreach (var batch in batches)
        {
            Assert.IsLessThanOrEqualTo(8, batch.Length);
            var texts = batch.SelectMany(row => examples.TextsOf(row).ToArray()).ToArray();
            Assert.AreEqual(texts.Length, texts.Distinct().Count());
        }

        Assert.IsLessThanOrEqualTo(10, batches.Count);
        CollectionAssert.AreEqual(batches.SelectMany(b => b).ToArray(), NoDuplicateBatches.Epoch(examples, 8, 3, 0).SelectMany(b => b).ToArray());
        CollectionAssert.AreNotEqual(batches.SelectMany(b => b).ToArray(), NoDuplicateBatches.Epoch(examples, 8, 3, 1).SelectMany(b => b).ToArray());
    }

    [TestMethod]
    public void Every_anchor_of_a_batch_grouped_by_label_has_a_positive_and_a_negative()
    {
        var examples = new EmbeddingExamples(new TextPool(Tokenizer.Value, 32), 1, classCount: 5);
        for (var i = 0; i < 81; i++)
            examples.Add([examples.Pool.Add($"text {i}")], classNumber: i % 5);
        var batches = LabelGroupBatches.Epoch(examples, 16, 4, seed: 3, epoch: 2);
        CollectionAssert.AreEquivalent(Enumerable.Range(0, 81).ToArray(), batches.SelectMany(b => b).ToArray());
        foreach (var classes in batches.Select(batch => batch.GroupBy(examples.ClassOf).ToArray()))
        {
            Assert.IsTrue(classes.All(c => c.Count() >= 2));
            Assert.IsGreaterThanOrEqualTo(2, classes.Length);
        }
    }

    [TestMethod]
    public void Round_robin_takes_a_batch_of_each_set_in_turn_and_proportional_all_of_them()
    {
        int[][] first = [[0], [1], [2]];
        int[][] second = [[10], [11]];
        CollectionAssert.AreEqual(new[] { 0, 10, 1, 11 }, MixedBatches.Epoch([first, second], DataSetMixing.RoundRobin, 1, 0).SelectMany(b => b).ToArray());
        CollectionAssert.AreEquivalent(new[] { 0, 1, 2, 10, 11 }, MixedBatches.Epoch([first, second], DataSetMixing.Proportional, 1, 0).SelectMany(b => b).ToArray());
    }
}
