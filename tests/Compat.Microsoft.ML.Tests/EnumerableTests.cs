using Microsoft.ML;
using Microsoft.ML.Data;

namespace Compat.Microsoft.ML.Tests;

[TestClass]
public sealed class EnumerableTests
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void Members_become_columns_and_come_back()
    {
        Everything[] rows =
        [
            new() { Text = "a", Memory = "m".AsMemory(), Number = 1.5f, Flag = true, Count = 7, Words = ["x", null!, "z"], Fixed = [1, 2, 3],
                Buffer = new VBuffer<int>(2, [4, 5]), Class = 0 },
            new() { Text = null!, Number = float.NaN, Words = null!, Fixed = [4, 5, 6], Class = 2, Ignored = new object() },
            new() { Text = "", Fixed = [7, 8, 9], Class = 3 },
        ];
        var data = _ml.Data.LoadFromEnumerable(rows);
        Assert.AreEqual("Memory: String; Number: Single; Buffer: Vector<Int32>; Text: String; Flag: Boolean; When: DateTime; Words: Vector<String>; "
            + "Fixed: Vector<Single, 3>; Class: Key<UInt32, 0-2>; Renamed: Int64", ViewText.ShowSchema(data.Schema));
        Assert.AreEqual("m|1.5|[4 5]|a|True|01/01/0001 00:00:00|[x  z]|[1 2 3]|1|7\n|NaN|[]||False|01/01/0001 00:00:00|[]|[4 5 "
            + "6]|3|0\n|0|[]||False|01/01/0001 00:00:00|[]|[7 8 9]|0|0", ViewText.Show(data));
        Assert.AreEqual(3, data.GetRowCount());
        Assert.IsFalse(data.CanShuffle);

        var back = _ml.Data.CreateEnumerable<Everything>(data, reuseRowObject: false).ToArray();
        Assert.AreEqual("a", back[0].Text);
        Assert.AreEqual("", back[1].Text);
        CollectionAssert.AreEqual(new[] { "x", "", "z" }, back[0].Words);
        CollectionAssert.AreEqual(new[] { 4f, 5, 6 }, back[1].Fixed);
        Assert.AreEqual(7, back[0].Count);
        Assert.AreEqual(3u, back[1].Class);
        Assert.AreEqual("m", back[0].Memory.ToString());
        CollectionAssert.AreEqual(new[] { 4, 5 }, back[0].Buffer.DenseValues().ToArray());
    }

    [TestMethod]
    public void A_row_object_can_be_reused()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Pair { A = 1, B = [1, 2] }, new Pair { A = 2, B = [3, 4] } });
        var rows = _ml.Data.CreateEnumerable<Pair>(data, reuseRowObject: true).Select(row => (row, row.A, row.B[1], row.B)).ToArray();
        Assert.AreSame(rows[0].row, rows[1].row);
        Assert.AreEqual((1, 2f), (rows[0].A, rows[0].Item3));
        Assert.AreEqual((2, 4f), (rows[1].A, rows[1].Item3));
        var fresh = _ml.Data.CreateEnumerable<Pair>(data, reuseRowObject: false).ToArray();
        Assert.AreNotSame(fresh[0].B, fresh[1].B);
    }

    [TestMethod]
    public void Missing_columns_are_an_error_unless_ignored()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Pair { A = 1, B = [] } });
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.CreateEnumerable<Wider>(data, false).ToArray());
        StringAssert.Contains(e.Message, "Other");
        Assert.AreEqual(1, _ml.Data.CreateEnumerable<Wider>(data, false, ignoreMissingColumns: true).Single().A);
    }

    [TestMethod]
    public void Members_of_another_type_than_the_column_are_named()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Pair { A = 1, B = [] } });
        var e = Assert.Throws<InvalidOperationException>(() => _ml.Data.CreateEnumerable<Wrong>(data, false).ToArray());
        Assert.AreEqual("Can't bind the IDataView column 'A' of type 'Int32' to field or property 'A' of type 'System.Single'.", e.Message);
    }

    [TestMethod]
    public void Types_that_no_column_can_have_are_named()
    {
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromEnumerable(new[] { new Odd() }));
        StringAssert.Contains(e.Message, "Stream");
    }

    [TestMethod]
    public void A_definition_changes_names_types_and_annotations()
    {
        var definition = SchemaDefinition.Create(typeof(Pair));
        definition["B"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 2);
        definition["B"].AddAnnotation("SlotNames", new VBuffer<ReadOnlyMemory<char>>(2, ["p".AsMemory(), "q".AsMemory()]),
            new VectorDataViewType(TextDataViewType.Instance, 2));
        definition["A"].ColumnName = "Renamed";
        var data = _ml.Data.LoadFromEnumerable(new[] { new Pair { A = 3, B = [1, 2] } }, definition);
        Assert.AreEqual("Renamed: Int32; B: Vector<Single, 2> {SlotNames}", ViewText.ShowSchema(data.Schema));
        var e = Assert.Throws<InvalidOperationException>(() => _ml.Data.LoadFromEnumerable(new[] { new Pair() }, data.Schema));
        StringAssert.Contains(e.Message, "Renamed");
        DataViewSchema.Builder part = new();
        part.AddColumns([data.Schema["B"]]);
        var again = _ml.Data.LoadFromEnumerable(new[] { new Pair { A = 3, B = [1, 2] } }, part.ToSchema());
        Assert.AreEqual(Mode.IsOld ? "A: Int32; B: Vector<Single> {SlotNames}" : "A: Int32; B: Vector<Single, 2> {SlotNames}",
            ViewText.ShowSchema(again.Schema));
    }

    [TestMethod]
    public void Sequences_are_enumerated_anew_by_each_cursor()
    {
        var enumerations = 0;
        IEnumerable<Pair> Rows()
        {
            enumerations++;
            yield return new Pair { A = 1, B = [1] };
            yield return new Pair { A = 2, B = [] };
        }

        var data = _ml.Data.LoadFromEnumerable(Rows());
        Assert.IsNull(data.GetRowCount());
        Assert.IsFalse(data.CanShuffle);
        Assert.AreEqual("1|[1]\n2|[]", ViewText.Show(data));
        Assert.AreEqual("1|[1]\n2|[]", ViewText.Show(data));
        Assert.AreEqual(2, enumerations);
    }

    [TestMethod]
    public void Columns_that_were_not_asked_for_have_no_getter()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Pair { A = 1, B = [] } });
        using var cursor = data.GetRowCursor([data.Schema["A"]]);
        Assert.IsFalse(cursor.IsColumnActive(data.Schema["B"]));
        Assert.Throws<Exception>(() => cursor.GetGetter<VBuffer<float>>(data.Schema["B"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(data.Schema["A"]));
    }

    private sealed class Everything
    {
        public ReadOnlyMemory<char> Memory;
        public float Number;
        public VBuffer<int> Buffer;

        public string Text { get; set; } = "";

        public bool Flag { get; set; }

        public DateTime When { get; set; }

        public string[] Words { get; set; } = [];

        [VectorType(3)]
        public float[] Fixed { get; set; } = [];

        [KeyType(3)]
        public uint Class { get; set; }

        [ColumnName("Renamed")]
        public long Count { get; set; }

        [NoColumn]
        public object? Ignored { get; set; }
    }

    private sealed class Pair
    {
        public int A { get; set; }

        public float[] B { get; set; } = [];
    }

    private sealed class Wider
    {
        public int A { get; set; }

        public string Other { get; set; } = "";
    }

    private sealed class Wrong
    {
        public float A { get; set; }
    }

    private sealed class Odd
    {
        public Stream? Stream { get; set; }
    }
}
