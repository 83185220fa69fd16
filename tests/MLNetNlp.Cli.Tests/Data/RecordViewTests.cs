using Microsoft.ML.Data;
using MLNetNlp.Cli.Data;

namespace MLNetNlp.Cli.Tests.Data;

[TestClass]
public sealed class RecordViewTests
{
    private static readonly ViewColumn Text = new("Text", TextDataViewType.Instance, "text");
    private static readonly ViewColumn Flag = new("Label", BooleanDataViewType.Instance, "good");

    [TestMethod]
    public void Columns_are_found_by_name_in_each_file()
    {
        using var folder = new TemporaryFolder();
        var view = new RecordView([RecordSource.File(folder.Write("a.tsv", "text\tgood\none\t1\n")), RecordSource.File(folder.Write("b.csv", "good,x,text\nFALSE,y,two\n"))], [Text, Flag]);
        CollectionAssert.AreEqual(new[] { "one", "two" }, view.GetColumn<string>("Text").ToArray());
        CollectionAssert.AreEqual(new[] { true, false }, view.GetColumn<bool>("Label").ToArray());
    }

    [TestMethod]
    public void A_missing_column_names_those_there_are()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.tsv", "sentence\tgood\n");
        var error = Assert.ThrowsExactly<CliException>(() => new RecordView([RecordSource.File(path)], [Text]));
        Assert.AreEqual($"'{path}' has no column 'text'; its columns are 'sentence', 'good'.", error.Message);
    }

    [TestMethod]
    public void A_column_that_occurs_twice_cannot_be_chosen()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.tsv", "text\ttext\n");
        Assert.Contains("two columns 'text'", Assert.ThrowsExactly<CliException>(() => new RecordView([RecordSource.File(path)], [Text])).Message);
    }

    [TestMethod]
    public void A_value_of_the_wrong_type_names_line_column_and_what_is_needed()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.tsv", "good\n1\nperhaps\n");
        var view = new RecordView([RecordSource.File(path)], [Flag]);
        var error = Assert.Throws<CliException>(() => view.GetColumn<bool>("Label").ToArray());
        Assert.AreEqual($"'{path}', line 3: 'perhaps' in column 'good' is not true or false (1 or 0, yes or no).", error.Message);
    }

    [TestMethod]
    public void A_split_is_the_same_each_time_complete_and_about_as_large_as_asked_for()
    {
        var rows = Enumerable.Range(0, 2000).Select(i => new[] { i.ToString() }).ToArray();
        var all = new RecordView([RecordSource.Memory(["text"], rows)], [Text]);
        var split = new SampleSplit(0.1, seed: 7);
        var held = all.Where((row, _) => split.IsHeldOut(row)).GetColumn<string>("Text").ToArray();
        var kept = all.Where((row, _) => !split.IsHeldOut(row)).GetColumn<string>("Text").ToArray();
        Assert.AreEqual(2000, held.Union(kept).Count());
        Assert.IsEmpty(held.Intersect(kept));
        Assert.IsInRange(150, 250, held.Length);
        CollectionAssert.AreNotEqual(held, all.Where((row, _) => new SampleSplit(0.1, seed: 8).IsHeldOut(row)).GetColumn<string>("Text").ToArray());
    }
}
