using System.Text.Json.Nodes;
using MLNetNlp.Transformers.FewShot;

namespace MLNetNlp.Transformers.Tests.FewShot;

[TestClass]
public sealed class ContrastivePairsTests
{
    [TestMethod]
    public void Every_case_of_one_label_equals_setfit()
    {
        var compared = 0;
        foreach (var row in Read("sampler.json")["rows"]!.AsArray().Select(r => r!.AsObject()))
        {
            var labels = Numbers(row["labels"]!);
            int? iterations = (int?)row["num_iterations"];
            int? most = (int)row["max_pairs"]! < 0 ? null : (int)row["max_pairs"]!;
            ContrastivePairs Make() => ContrastivePairs.Create(labels.Length, (i, j) => labels[i] == labels[j], Sampling(row), iterations, most);
            if (row.ContainsKey("error"))
            {
                Assert.ThrowsExactly<InvalidOperationException>(Make);
                continue;
            }

            var pairs = Make();
            Compare(row, pairs);
            var stream = pairs.Stream().ToArray();
            Assert.AreEqual((int)row["self_pairs"]!, pairs.Positives.Count(p => p.First == p.Second));
            if (row["stream"] is JsonArray expected)
            {
                CollectionAssert.AreEqual(expected.Select(p => new TextPair((int)p![0]!, (int)p[1]!, (float)p[2]!)).ToArray(), stream);
                compared++;
            }
        }

        Assert.IsGreaterThan(20, compared);
    }

    [TestMethod]
    public void Every_case_of_several_labels_equals_setfit()
    {
        foreach (var row in Read("sampler_multilabel.json")["rows"]!.AsArray().Select(r => r!.AsObject()))
        {
            int[][] labels = [.. row["labels"]!.AsArray().Select(r => Numbers(r!))];
            Compare(row, ContrastivePairs.Create(labels.Length, (i, j) => labels[i].Zip(labels[j], (a, b) => a & b).Any(both => both == 1), Sampling(row)));
        }
    }

    [TestMethod]
    public void Distillation_has_every_pair_with_its_own_similarity()
    {
        var reference = Read("sampler_multilabel.json")["distillation"]!;
        float[][] similarities = [.. reference["cos_sim_matrix"]!.AsArray().Select(r => r!.AsArray().Select(v => (float)v!).ToArray())];
        var expected = reference["pairs"]!.AsArray().Select(p => new TextPair((int)p!["i"]!, (int)p["j"]!, (float)p["label_intended"]!)).ToArray();
        CollectionAssert.AreEqual(expected, ContrastivePairs.Distillation(similarities.Length, (i, j) => similarities[i][j]).ToArray());
    }

    [TestMethod]
    public void Too_many_texts_to_pair_are_refused()
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ContrastivePairs.Create(100_000, (_, _) => true, PairSampling.Unique));
        StringAssert.Contains(error.Message, "100000 texts make 5000050000 pairs");
    }

    private static void Compare(JsonObject row, ContrastivePairs pairs)
    {
        Assert.HasCount((int)row["stored_positive"]!, pairs.Positives);
        Assert.HasCount((int)row["stored_negative"]!, pairs.Negatives);
        Assert.AreEqual((int)row["positive"]!, pairs.PositiveCount);
        Assert.AreEqual((int)row["negative"]!, pairs.NegativeCount);
        var stream = pairs.Stream().ToArray();
        Assert.HasCount((int)row["length"]!, stream);
        Assert.AreEqual(pairs.PositiveCount, stream.Count(p => p.Similarity == 1));
        Sorted("positive_pairs_sorted", pairs.Positives);
        Sorted("negative_pairs_sorted", pairs.Negatives);

        void Sorted(string name, IEnumerable<TextPair> actual)
        {
            if (row[name] is not JsonArray expected)
                return;
            CollectionAssert.AreEqual(expected.Select(p => ((int)p![0]!, (int)p[1]!)).ToArray(), actual.Select(p => (p.First, p.Second)).Order().ToArray(), name);
        }
    }

    private static PairSampling Sampling(JsonObject row) => Enum.Parse<PairSampling>((string)row["sampling_strategy"]!, ignoreCase: true);

    private static int[] Numbers(JsonNode node) => [.. node.AsArray().Select(v => (int)v!)];

    private static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(TestPaths.Fixture("setfit", file)))!;
}
