using MLNetNlp.Transformers.Losses;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Tests.Losses;

[TestClass]
public sealed class RankingLossTests
{
    private static readonly float[] Scores = [0.5f, -1, 2, 0.25f, 1.5f];
    private static readonly float[] Relevance = [1, 0, 0, 2, 2];
    private static readonly int[] Groups = [7, 7, 3, 7, 3];

    [TestMethod]
    public void Rows_are_compared_within_their_group_and_where_they_differ()
    {
        var pairs = RankingPairs.Of(Relevance, Groups);
        CollectionAssert.AreEquivalent(new[] { (4, 2), (0, 1), (3, 0), (3, 1) }, pairs.Better.Zip(pairs.Worse).ToArray());
        Assert.AreEqual(0, RankingPairs.Of([1, 1], [0, 0]).Count);
        Assert.AreEqual(1, RankingPairs.Of([1, 1], [0, 0], ties: true).Count);
        Assert.Throws<ArgumentException>(() => RankingPairs.Of([1, 1], [0]));
    }

    [TestMethod]
    public void Losses_and_their_gradients_are_what_the_formulas_say()
    {
        // Differences of the scores, better less worse: 4-2: -0.5, 0-1: 1.5, 3-0: -0.25, 3-1: 1.25.
        double[] differences = [-0.5, 1.5, -0.25, 1.25];
        double[] margins = [2, 1, 1, 2];
        var pairs = RankingPairs.Of(Relevance, Groups);
        Check(scores => PairwiseMarginLoss.Compute(scores, pairs), differences.Average(d => Math.Max(0, 1 - d)), [0.25f, 0, 0.25f, -0.25f, -0.25f]);
        Check(scores => PairwiseMarginLoss.Compute(scores, pairs, 0.4), differences.Average(d => Math.Max(0, 0.4 - d)), [0.25f, 0, 0.25f, -0.25f, -0.25f]);
        Check(scores => PairwiseLogisticLoss.Compute(scores, pairs), differences.Average(d => Math.Log(1 + Math.Exp(-d))), null);
        Check(scores => ScoreMarginMseLoss.Compute(scores, tensor(Relevance), pairs), differences.Zip(margins, (d, m) => (d - m) * (d - m)).Average(), null);
    }

    [TestMethod]
    public void A_batch_without_pairs_costs_nothing_and_moves_nothing()
    {
        var none = RankingPairs.Of([1, 1], [0, 0]);
        using var scope = NewDisposeScope();
        foreach (var loss in (Func<Tensor, Tensor>[])[s => PairwiseMarginLoss.Compute(s, none), s => PairwiseLogisticLoss.Compute(s, none),
            s => ScoreMarginMseLoss.Compute(s, tensor(new[] { 1f, 1 }), none)])
        {
            var scores = tensor(new[] { 3f, 4 }, requires_grad: true);
            var value = loss(scores);
            value.backward();
            Assert.AreEqual(0f, value.item<float>());
            CollectionAssert.AreEqual(new[] { 0f, 0 }, scores.grad!.data<float>().ToArray());
        }
    }

    private static void Check(Func<Tensor, Tensor> loss, double expected, float[]? gradient)
    {
        using var scope = NewDisposeScope();
        var scores = tensor(Scores, requires_grad: true);
        var value = loss(scores);
        Assert.AreEqual(expected, value.item<float>(), 1e-6);
        value.backward();
        var actual = scores.grad!.data<float>().ToArray();
        Assert.AreEqual(0, actual.Sum(), 1e-6, "scores may move together at no cost");
        if (gradient is not null)
            CollectionAssert.AreEqual(gradient, actual);
    }
}
