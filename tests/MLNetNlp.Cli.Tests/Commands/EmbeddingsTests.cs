using System.Globalization;
using System.Text.Json;
using MLNetNlp.Cli.Commands;

namespace MLNetNlp.Cli.Tests.Commands;

/// <summary><c>train embeddings</c> and <c>embed</c>: from files to a zip to vectors.</summary>
[TestClass]
public sealed class EmbeddingsTests
{
    [TestMethod]
    public void Scored_pairs_become_a_zip_that_embeds_a_file_in_every_format()
    {
        using var folder = new TemporaryFolder();
        var train = folder.Write("train.tsv", "first\tsecond\tscore\na cat sleeps\tthe cat is asleep\t0.9\na cat sleeps\tstocks fell\t0.1\nrain today\tit is raining\t0.8\nno score\there\t\n");
        var zip = folder["model.zip"];
        var (code, output, error) = Shell.Run("train", "embeddings", "--train", train, "--text", "first", "--text2", "second", "--label", "score", "--max-steps", "1",
            "--seed", "1", "--output", zip, "--metrics", folder["metrics.json"]);
        Assert.AreEqual(CommandLine.Done, code, error);
        StringAssert.Contains(output, "training    3 rows, 1 skipped for want of a label, CoSentLoss");
        var metrics = JsonDocument.Parse(File.ReadAllText(folder["metrics.json"])).RootElement;
        Assert.AreEqual(("embeddings", 1, 1), (metrics.GetProperty("task").GetString(), metrics.GetProperty("skippedRows").GetInt32(), metrics.GetProperty("steps").GetInt32()));

        var data = folder.Write("new.tsv", "id\ttext\n7\ta cat\n8\tit rains\n");
        foreach (var name in new[] { "out.jsonl", "out.tsv", "out.npy" })
            StringAssert.Contains(Shell.Run("embed", "--model", zip, "--data", data, "--text", "text", "--output", folder[name]).Output, "2 vectors of 384 numbers written");
        var rows = File.ReadAllLines(folder["out.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.AreEqual(("8", "it rains"), (rows[1].GetProperty("id").GetString(), rows[1].GetProperty("text").GetString()));
        float[] vector = [.. rows[1].GetProperty("vector").EnumerateArray().Select(x => x.GetSingle())];
        var fields = File.ReadAllLines(folder["out.tsv"])[2].Split('\t');
        CollectionAssert.AreEqual(vector, fields[2].Split(' ').Select(x => float.Parse(x, CultureInfo.InvariantCulture)).ToArray());
        var numpy = File.ReadAllBytes(folder["out.npy"]);
        StringAssert.Contains(System.Text.Encoding.ASCII.GetString(numpy, 10, 118), "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 384), }");
        Assert.AreEqual((byte)'\n', numpy[127]);
        Assert.HasCount(128 + 2 * 384 * 4, numpy);
        Assert.AreEqual(vector[5], BitConverter.ToSingle(numpy, 128 + (384 + 5) * 4));
    }

    [TestMethod]
    public void What_is_wrong_with_columns_and_losses_is_told_in_one_line()
    {
        using var folder = new TemporaryFolder();
        var train = folder.Write("train.tsv", "first\tsecond\tscore\na\tb\t1\nc\td\t0\n");
        string[] common = ["train", "embeddings", "--train", train, "--text", "first", "--output", folder["model.zip"]];
        Fails("--negatives needs --text2 COL with the positives.", "--negatives", "second");
        Fails("CosineSimilarityLoss needs --label COL.", "--text2", "second", "--loss", "cosine");
        Fails("--label is 'score', but MultipleNegativesRankingLoss takes no label", "--text2", "second", "--label", "score", "--loss", "mnrl");
        Fails("--matryoshka is '0'", "--text2", "second", "--matryoshka", "0");
        Fails("--matryoshka does not go with SimCseLoss", "--matryoshka", "128");

        void Fails(string message, params string[] more)
        {
            var (code, _, error) = Shell.Run([.. common, .. more]);
            Assert.AreEqual(CommandLine.WrongUsage, code);
            Shell.AssertOneLine(error);
            StringAssert.Contains(error, message);
        }
    }
}
