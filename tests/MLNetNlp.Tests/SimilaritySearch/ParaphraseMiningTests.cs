using System.Text.Json;
using Microsoft.ML;
using MLNetNlp.Transformers.Search;

namespace MLNetNlp.Tests.SimilaritySearch;

[TestClass]
public sealed class ParaphraseMiningTests
{
    [TestMethod]
    [DataRow("top_k=100,max_pairs=40", 100, 40)]
    [DataRow("top_k=3,max_pairs=500000", 3, 500_000)]
    [DataRow("top_k=1,max_pairs=500000", 1, 500_000)]
    public void Pairs_equal_sentence_transformers(string name, int top, int maxPairs)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(TestPaths.Fixture("metrics", "paraphrase_mining.json")));
        var rows = document.RootElement.GetProperty("embeddings").EnumerateArray().ToArray();
        float[] vectors = [.. rows.SelectMany(row => row.EnumerateArray().Select(number => number.GetSingle()))];
        var pairs = ParaphraseMiner.Mine(ExactVectorIndex.Empty(vectors.Length / rows.Length).Add(vectors), top, maxPairs, null);
        var expected = document.RootElement.GetProperty("pairs_first_60").GetProperty(name).EnumerateArray().ToArray();
        Assert.IsGreaterThanOrEqualTo(expected.Length, pairs.Count);
        for (var i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i][0].GetSingle(), pairs[i].Score, 1e-5f, $"score of pair {i}");

        // Vectors 30 and 31 are equal, and so are 32 and 33: which of them is among the nearest of a third, only rounding decides.
        static int One(int position) => position is 31 or 33 ? position - 1 : position;
        foreach (var group in expected.GroupBy(pair => MathF.Round(pair[0].GetSingle(), 5)).SkipLast(1))
        {
            var own = pairs.Where(pair => Math.Abs(pair.Score - group.Key) < 1.5e-5).Select(pair => (One(pair.First), One(pair.Second))).ToHashSet();
            Assert.IsTrue(own.SetEquals(group.Select(pair => (One(pair[1].GetInt32()), One(pair[2].GetInt32())))), $"pairs of score {group.Key}");
        }
    }

    [TestMethod]
    public void Texts_are_paired_by_id_the_most_alike_first()
    {
        Searched.Entry[] entries = [.. Searched.Entries.Take(10), new() { Id = "again", Text = Searched.Entries[3].Text }, new() { Id = "none", Text = "" }];
        var pairs = new MLContext().Data.MineParaphrases(Trained.Data(entries), new() { IdColumnName = "Id", Model = TinyModel.Model, Device = "cpu", MaxPairs = 5 });
        Assert.HasCount(5, pairs);
        Assert.AreEqual(("e3", "again", Searched.Entries[3].Text), (pairs[0].FirstId, pairs[0].SecondId, pairs[0].SecondText));
        Assert.AreEqual(1, pairs[0].Score, 1e-5);
        Assert.IsFalse(pairs.Any(pair => pair.SecondId == "none"));
        var once = new MLContext().Data.MineParaphrases(
            Trained.Data(entries), new() { IdColumnName = "Id", Model = TinyModel.Model, Device = "cpu", SkipDuplicates = true, MinScore = 0.99999f });
        Assert.IsEmpty(once);
    }

    [TestMethod]
    public void Options_that_make_no_sense_are_refused_by_name() => StringAssert.StartsWith(
        Assert.Throws<ArgumentException>(() => new MLContext().Data.MineParaphrases(Trained.Data(Searched.Entries), new() { MaxPairs = 0 })).Message,
        "'MaxPairs' is 0; 1 or more is needed.");
}
