using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Cli.Data;
using MLNetNlp.Cli.Models;

namespace MLNetNlp.Cli.Tests.Models;

[TestClass]
public sealed class RankingEvaluationTests
{
    [TestMethod]
    public void Rows_of_a_group_need_not_stand_together()
    {
        // Of q1 the relevant row comes second, of q2 first.
        var (json, report) = Evaluate(["0.9", "q1", "0"], ["0.7", "q2", "1"], ["0.5", "q1", "1"], ["0.6", "q2", "0"], ["0.1", "q1", "0"], ["0.1", "", "1"], ["0.1", "q1", ""]);
        Assert.AreEqual("5 rows in 2 groups, 2 left out without a label or a group", report[0]);
        Assert.AreEqual(0.5, json["ndcgAt1"]!.GetValue<double>(), 1e-6);
        Assert.AreEqual((1 + (1 / Math.Log2(3))) / 2, json["ndcgAt3"]!.GetValue<double>(), 1e-6);
        Assert.AreEqual(json["ndcgAt3"]!.GetValue<double>(), json["ndcgAt10"]!.GetValue<double>(), 1e-6);
        Assert.AreEqual(0.75, json["mrr"]!.GetValue<double>(), 1e-6);
        Assert.AreEqual(0.75, json["map"]!.GetValue<double>(), 1e-6);
        Assert.AreEqual(2.0 / 3, json["pairsInOrder"]!.GetValue<double>(), 1e-6);
        Assert.AreEqual(10, json["normalizedDiscountedCumulativeGains"]!.AsArray().Count);
    }

    [TestMethod]
    public void Grades_above_those_of_ML_NET_go_on_as_its_gains_do()
    {
        var (json, _) = Evaluate(["0.9", "q", "5"], ["0.8", "q", "6"], ["0.7", "q", "0"]);
        Assert.AreEqual(63.0 / 127, json["ndcgAt1"]!.GetValue<double>(), 1e-6);
    }

    [TestMethod]
    public void A_teachers_scores_have_pairs_in_order_only()
    {
        var (json, report) = Evaluate(["0.9", "q", "2.5"], ["0.8", "q", "-1"], ["0.8", "q", "0.5"]);
        Assert.IsFalse(json.ContainsKey("ndcgAt1"));
        Assert.AreEqual(2.5 / 3, json["pairsInOrder"]!.GetValue<double>(), 1e-6);
        Assert.Contains("no grades", report[^1]);
    }

    private static RankingEvaluation Evaluate(params string[][] rows) => RankingEvaluation.Of(new MLContext(1),
        new RecordView([RecordSource.Memory(["score", "group", "label"], rows)],
            [new("Score", NumberDataViewType.Single, "score"), new("Group", TextDataViewType.Instance, "group"), new("Label", NumberDataViewType.Single, "label")]),
        scored => scored, "Score", CancellationToken.None);
}
