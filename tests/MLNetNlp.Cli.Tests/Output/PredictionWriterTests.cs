using System.Text;
using MLNetNlp.Cli.Output;

namespace MLNetNlp.Cli.Tests.Output;

[TestClass]
public sealed class PredictionWriterTests
{
    private static readonly string[] Columns = ["id", "text", "predictedLabel"];
    private static readonly Prediction Prediction = new("no", [0.25f, 0.75f]);

    [TestMethod]
    public void Tsv_has_a_column_a_class_and_no_tab_or_line_break_in_a_text() => Assert.AreEqual(
        "id\ttext\tpredictedLabel\tprobability:yes\tprobability:no\n1\ta \"b\" c d\tno\t0.25\t0.75\n", Written("p.tsv", "a \"b\"\tc\r\nd", ""));

    [TestMethod]
    public void Csv_is_quoted_where_needed() => Assert.AreEqual(
        "id,text,predictedLabel,probability:yes,probability:no\n1,\"a \"\"b\"\", c\",no,0.25,0.75\n", Written("p.csv", "a \"b\", c", ""));

    [TestMethod]
    public void Json_lines_keep_what_was_read_and_replace_an_earlier_prediction() => Assert.AreEqual(
        "{\"n\":1.50,\"o\":{\"x\":null},\"predictedLabel\":\"no\",\"probabilities\":{\"yes\":0.25,\"no\":0.75}}\n",
        Written("p.jsonl", "", "{\"n\":1.50,\"predictedLabel\":\"old\",\"o\":{\"x\":null}}"));

    [TestMethod]
    public void Json_lines_of_other_files_hold_strings() => Assert.AreEqual(
        "{\"id\":\"1\",\"text\":\"é\",\"predictedLabel\":\"no\",\"probabilities\":{\"yes\":0.25,\"no\":0.75}}\n", Written("p.jsonl", "é", ""));

    private static string Written(string path, string text, string json)
    {
        var stream = new MemoryStream();
        using (var writer = PredictionWriter.Create(stream, path, Columns, ["yes", "no"]))
            writer.Write(["1", text, "old"], json, Prediction);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
