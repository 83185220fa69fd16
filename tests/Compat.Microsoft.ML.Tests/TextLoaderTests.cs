using Microsoft.ML;
using Microsoft.ML.Data;

namespace Compat.Microsoft.ML.Tests;

[TestClass]
public sealed class TextLoaderTests
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void Members_are_loaded_from_the_columns_that_they_name()
    {
        var path = ViewText.File("id\tlabel\ttext\ta\tb\tc", "7\tyes\thello there\t1\t2.5\t-3", "8\tno\t\t\t\t1e3");
        var data = _ml.Data.LoadFromTextFile<Row>(path, hasHeader: true);
        Assert.AreEqual("Text: String; Wanted: String; Id: Int32; Features: Vector<Single, 3>; Picked: Vector<Single, 2>", ViewText.ShowSchema(data.Schema));
        Assert.AreEqual("hello there|yes|7|[1 2.5 -3]|[1 -3]\n|no|8|[0 0 1000]|[0 1000]", ViewText.Show(data));
        Assert.IsNull(data.GetRowCount());
        Assert.IsFalse(data.CanShuffle);
    }

    [TestMethod]
    public void Values_of_every_kind_are_read()
    {
        TextLoader.Column[] columns =
        [
            new("SByte", DataKind.SByte, 0), new("Byte", DataKind.Byte, 1), new("Int64", DataKind.Int64, 2), new("UInt64", DataKind.UInt64, 3),
            new("Single", DataKind.Single, 4), new("Double", DataKind.Double, 5), new("Boolean", DataKind.Boolean, 6), new("TimeSpan", DataKind.TimeSpan, 7),
            new("DateTime", DataKind.DateTime, 8), new("DateTimeOffset", DataKind.DateTimeOffset, 9), new("String", DataKind.String, 10),
            new("Key", DataKind.UInt32, [new TextLoader.Range(11)], new KeyCount(3)),
        ];
        var path = ViewText.File(
            "-128\t255\t-9223372036854775808\t18446744073709551615\t 1.5 \t-2e-3\tTrue\t1.02:03:04\t2020-01-02T03:04:05Z\t2020-01-02T03:04:05+02:00\t x y \t0",
            "\t0\t\t1\t\t\t\t\t\t\t\t",
            "1\t1\t1\t1\tNaN\t?\t-1\t\t\t\tq\t2",
            "1\t1\t1\t1\tjunk\tn/a\tyes\t\t\t\tq\t3");
        var data = _ml.Data.LoadFromTextFile(path, columns);
        var lines = ViewText.Show(data).Split('\n');
        Assert.AreEqual("-128|255|-9223372036854775808|18446744073709551615|1.5|-0.002|True|1.02:03:04|01/02/2020 03:04:05|01/02/2020 03:04:05 +02:00|x y |1",
            lines[0]);
        Assert.AreEqual("0|0|0|1|0|0|False|00:00:00|01/01/0001 00:00:00|01/01/0001 00:00:00 +00:00||0", lines[1]);
        Assert.AreEqual("1|1|1|1|NaN|NaN|False|00:00:00|01/01/0001 00:00:00|01/01/0001 00:00:00 +00:00|q|3", lines[2]);
        Assert.AreEqual("1|1|1|1|NaN|NaN|True|00:00:00|01/01/0001 00:00:00|01/01/0001 00:00:00 +00:00|q|0", lines[3]);
        Assert.AreEqual("Key<UInt32, 0-2>", data.Schema["Key"].Type.ToString());
    }

    [TestMethod]
    [DataRow("True", true)]
    [DataRow("t", true)]
    [DataRow("YES", true)]
    [DataRow("+1", true)]
    [DataRow("1", true)]
    [DataRow("no", false)]
    [DataRow("f", false)]
    [DataRow("-", false)]
    [DataRow("-1", false)]
    [DataRow("", false)]
    public void Truth_has_many_names(string text, bool expected)
    {
        var data = _ml.Data.LoadFromTextFile(ViewText.File(text + "\tx"), [new TextLoader.Column("B", DataKind.Boolean, 0)]);
        Assert.AreEqual(expected.ToString(), ViewText.Show(data));
    }

    [TestMethod]
    [DataRow(DataKind.Int32, "12x")]
    [DataRow(DataKind.Int32, "2147483648")]
    [DataRow(DataKind.Boolean, "maybe")]
    [DataRow(DataKind.Byte, "256")]
    [DataRow(DataKind.UInt32, "-1")]
    public void What_is_no_value_of_a_type_without_a_missing_one_fails(DataKind kind, string text)
    {
        var data = _ml.Data.LoadFromTextFile(ViewText.File("1\tx", text + "\tx"), [new TextLoader.Column("Number", kind, 0)]);
        var e = Assert.Throws<FormatException>(() => ViewText.Show(data));
        StringAssert.Contains(e.Message, text);
        StringAssert.Contains(e.Message, "Number");
    }

    [TestMethod]
    public void Bad_numbers_become_NaN_and_are_reported_once_each()
    {
        List<string> notes = [];
        _ml.Log += (_, e) => { if (e.Message.Contains("Bad value", StringComparison.Ordinal)) notes.Add(e.Message); };
        var data = _ml.Data.LoadFromTextFile(ViewText.File("1", "a", "2"), [new TextLoader.Column("N", DataKind.Single, 0)]);
        Assert.AreEqual("1\nNaN\n2", ViewText.Show(data));
        Assert.AreEqual("[Source=TextLoader; ParseStats, Kind=Info]   Bad value at line 2 in column N", string.Join('\n', notes));
    }

    [TestMethod]
    public void Empty_lines_and_comments_are_left_out()
    {
        var path = ViewText.File("# at the top only", "// a comment", "", "a", "#not a comment", "//not a row", "", "b", " ");
        Assert.AreEqual("a\n#not a comment\nb\n", ViewText.Show(_ml.Data.LoadFromTextFile(path, [new TextLoader.Column("T", DataKind.String, 0)])));
    }

    [TestMethod]
    public void Quoted_fields_hold_separators_and_quotes()
    {
        var path = ViewText.File("\"a,b\",1", "\"say \"\"hi\"\"\" ,2", " plain ,3", "\"\",4", "\"bad\"x,5", "\"open,6", "in\"side,7");
        TextLoader.Column[] columns = [new("T", DataKind.String, 0), new("N", DataKind.Single, 1)];
        Assert.AreEqual("a,b|1\nsay \"hi\"|2\nplain |3\n|4\n|5\n|0\nin\"side|7",
            ViewText.Show(_ml.Data.LoadFromTextFile(path, columns, ',', allowQuoting: true)));
        var plain = ViewText.Show(_ml.Data.LoadFromTextFile(path, [columns[0]], ','));
        Assert.AreEqual("\"a\n\"say \"\"hi\"\"\" \nplain \n\"\"\n\"bad\"x\n\"open\nin\"side", plain);
    }

    [TestMethod]
    public void White_space_at_the_end_of_lines_can_be_trimmed()
    {
        var path = ViewText.File("a\tb  \t ", "c\t d ");
        TextLoader.Column[] columns = [new("A", DataKind.String, 0), new("B", DataKind.String, 1)];
        Assert.AreEqual("a|b  \nc|d ", ViewText.Show(_ml.Data.LoadFromTextFile(path, columns)));
        Assert.AreEqual("a|b\nc|d", ViewText.Show(_ml.Data.LoadFromTextFile(path, columns, trimWhitespace: true)));
    }

    [TestMethod]
    public void Space_can_separate()
    {
        var path = ViewText.File("1 2  3");
        Assert.AreEqual("[1 2 0 3]", ViewText.Show(_ml.Data.LoadFromTextFile(path, [new TextLoader.Column("V", DataKind.Single, 0, 3)], ' ')));
    }

    [TestMethod]
    public void Ranges_make_vectors_of_known_and_of_varying_size()
    {
        var path = ViewText.File("a,b,c", "1,2,3", "4,5");
        TextLoader.Column[] columns = [new("One", DataKind.Single, [new TextLoader.Range(1, 1)]),
            new("Rest", DataKind.Single, [new TextLoader.Range { Min = 1, VariableEnd = true }])];
        var data = _ml.Data.LoadFromTextFile(path, columns, ',', hasHeader: true);
        Assert.AreEqual("One: Vector<Single, 1>; Rest: Vector<Single>", ViewText.ShowSchema(data.Schema));
        Assert.AreEqual("[2]|[2 3]\n[5]|[5]", ViewText.Show(data));
    }

    [TestMethod]
    public void A_header_names_slots_when_the_loader_sees_the_data()
    {
        var path = ViewText.File("label,a,b,c", "0,1,2,3", "1,4,5,6");
        var data = _ml.Data.LoadFromTextFile(path, new TextLoader.Options { Separators = [','], HasHeader = true });
        Assert.AreEqual("Label: Single; Features: Vector<Single, 3> {SlotNames}", ViewText.ShowSchema(data.Schema));
        VBuffer<ReadOnlyMemory<char>> names = default;
        data.Schema["Features"].GetSlotNames(ref names);
        Assert.AreEqual("a b c", string.Join(' ', names.DenseValues()));
        Assert.AreEqual("0|[1 2 3]\n1|[4 5 6]", ViewText.Show(data));
    }

    [TestMethod]
    public void Sparse_values_say_their_slots()
    {
        var path = ViewText.File("1\t5\t0:2\t3:4", "0\t5\t4:1", "1\t5");
        TextLoader.Column[] columns = [new("Label", DataKind.Single, 0), new("V", DataKind.Single, [new TextLoader.Range { Min = 1, VariableEnd = true }])];
        Assert.AreEqual("1|[2 0 0 4 0]\n0|[0 0 0 0 1]\n1|[5]", ViewText.Show(_ml.Data.LoadFromTextFile(path, columns, allowSparse: true)));
    }

    [TestMethod]
    public void Several_files_are_read_as_one_each_with_its_header()
    {
        string[] paths = [ViewText.File("h", "1", "2"), ViewText.File("h", "3")];
        var loader = _ml.Data.CreateTextLoader([new TextLoader.Column("N", DataKind.Single, 0)], hasHeader: true);
        Assert.AreEqual("1\n2\n3", ViewText.Show(loader.Load(new MultiFileSource(paths))));
        Assert.AreEqual("1\n2\n3", ViewText.Show(loader.Load(paths)));
        Assert.AreEqual("N: Single", ViewText.ShowSchema(loader.GetOutputSchema()));
        Assert.AreEqual("1\n2", ViewText.Show(_ml.Data.LoadFromTextFile(paths[0],
            new TextLoader.Options { Columns = [new TextLoader.Column("N", DataKind.Single, 0)], HasHeader = true, MaxRows = 5 })));
    }

    [TestMethod]
    public void Files_that_are_not_there_are_named()
    {
        var path = Path.Combine(Path.GetTempPath(), "no-such-file.tsv");
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromTextFile<Row>(path));
        StringAssert.Contains(e.Message, path);
    }

    [TestMethod]
    public void Members_without_a_source_are_named()
    {
        var e = Assert.Throws<InvalidOperationException>(() => _ml.Data.LoadFromTextFile<Bare>(ViewText.File("x")));
        StringAssert.Contains(e.Message, "Nowhere");
        StringAssert.Contains(e.Message, "LoadColumn");
    }

    [TestMethod]
    public void Only_the_needed_columns_are_active()
    {
        var data = _ml.Data.LoadFromTextFile(ViewText.File("x\t1"), [new TextLoader.Column("Bad", DataKind.Int32, 0),
            new TextLoader.Column("Good", DataKind.Int32, 1)]);
        using var cursor = data.GetRowCursor([data.Schema["Good"]]);
        Assert.IsFalse(cursor.IsColumnActive(data.Schema["Bad"]));
        Assert.IsTrue(cursor.MoveNext());
        Assert.AreEqual(0, cursor.Position);
        Assert.IsFalse(cursor.MoveNext());
    }

    private sealed class Row
    {
        [LoadColumn(2)]
        public string Text = "";

        [LoadColumn(1), ColumnName("Wanted")]
        public string Label { get; set; } = "";

        [LoadColumn(0)]
        public int Id { get; set; }

        [LoadColumn(3, 5), VectorType(3)]
        public float[] Features { get; set; } = [];

        [LoadColumn(new[] { 3, 5 })]
        public float[] Picked { get; set; } = [];
    }

    private sealed class Bare
    {
        public string Nowhere { get; set; } = "";
    }
}
