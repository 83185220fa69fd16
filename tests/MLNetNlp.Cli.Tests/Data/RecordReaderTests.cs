using MLNetNlp.Cli.Data;

namespace MLNetNlp.Cli.Tests.Data;

[TestClass]
public sealed class RecordReaderTests
{
    [TestMethod]
    public void Tsv_takes_quotes_as_they_are_and_passes_over_empty_lines_and_the_byte_order_mark()
    {
        var rows = Read("a.tsv", "\uFEFFlabel\ttext\r\n\r\n1\tthe \"lord\" of \"\r\n0\t// not a comment\n", out var columns);
        CollectionAssert.AreEqual(new[] { "label", "text" }, columns.ToArray());
        Assert.HasCount(2, rows);
        CollectionAssert.AreEqual(new[] { "1", "the \"lord\" of \"" }, rows[0].Fields);
        Assert.AreEqual(3, rows[0].Line);
        Assert.AreEqual("// not a comment", rows[1].Fields[1]);
    }

    [TestMethod]
    public void Csv_follows_RFC_4180()
    {
        var rows = Read("a.csv", "text,label\r\n\"a, \"\"b\"\"\r\nc\",x\r\n\r\nplain \"quote\",\n,\"\"\n\"last\",z", out _);
        string[][] expected = [["a, \"b\"\r\nc", "x"], ["plain \"quote\"", ""], ["", ""], ["last", "z"]];
        Assert.HasCount(expected.Length, rows);
        for (var i = 0; i < expected.Length; i++)
            CollectionAssert.AreEqual(expected[i], rows[i].Fields);
        Assert.AreEqual(5, rows[1].Line);
    }

    [TestMethod]
    public void Json_lines_keep_the_object_and_give_texts_numbers_and_nulls()
    {
        var rows = Read("a.jsonl", "{\"text\":\"caf\\u00e9\",\"n\":1.50}\n\n{\"label\":true,\"text\":null,\"more\":{\"x\":[1]}}\n", out var columns);
        CollectionAssert.AreEqual(new[] { "text", "n", "label", "more" }, columns.ToArray());
        CollectionAssert.AreEqual(new[] { "café", "1.50", "", "" }, rows[0].Fields);
        CollectionAssert.AreEqual(new[] { "", "", "true", "{\"x\":[1]}" }, rows[1].Fields);
        Assert.AreEqual("{\"text\":\"caf\\u00e9\",\"n\":1.50}", rows[0].Json);
        Assert.AreEqual(3, rows[1].Line);
    }

    [TestMethod]
    [DataRow("a.tsv", "a\tb\n1\t2\n1\t2\t3\n", "line 3: 3 fields, but the header has 2.")]
    [DataRow("a.csv", "a,b\n1\n", "line 2: 1 field, but the header has 2.")]
    [DataRow("a.csv", "a,b\n1,2\n\"open,2\n3,4\n", "line 3: a quote is opened and never closed.")]
    [DataRow("a.csv", "a,b\n\"x\"y,2\n", "line 2: 'y' follows a closing quote")]
    [DataRow("a.jsonl", "{\"a\":1}\n{\"a\":\n", "line 2: not a JSON object")]
    [DataRow("a.jsonl", "{\"a\":1}\n[1]\n", "line 2: each line must be a JSON object, this one is Array.")]
    [DataRow("a.tsv", "", "is empty")]
    [DataRow("a.csv", "\n", "is empty")]
    [DataRow("a.jsonl", "{}\n", "holds no JSON object with a property")]
    [DataRow("a.txt", "a", "the extension '.txt' does not tell the format")]
    [DataRow("a", "a", "a name without extension does not tell the format")]
    public void A_malformed_file_is_an_error_that_names_file_and_line(string name, string text, string expected)
    {
        var error = Assert.ThrowsExactly<CliException>(() => Read(name, text, out _));
        Assert.Contains(expected, error.Message);
        Assert.Contains(name, error.Message);
    }

    private static List<Record> Read(string name, string text, out IReadOnlyList<string> columns)
    {
        using var folder = new TemporaryFolder();
        using var reader = RecordReader.Open(folder.Write(name, text));
        columns = reader.Columns;
        var rows = new List<Record>();
        while (reader.TryRead(out var record))
            rows.Add(record);
        return rows;
    }
}
