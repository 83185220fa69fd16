using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetNlp.Tests.Pipeline;

[TestClass]
public sealed class LookAheadCursorTests
{
    private sealed class Row
    {
        public string Text { get; set; } = "";

        public int Number { get; set; }

        [VectorType(3)]
        public float[] Vector { get; set; } = [];

        public float[] Varying { get; set; } = [];
    }

    private static readonly Row[] Rows =
    [
        .. Enumerable.Range(0, 3000).Select(i => new Row
        {
            Text = new string('x', i % 17),
            Number = i,
            Vector = [i, i + 1, i + 2],
            Varying = [.. Enumerable.Range(0, i % 5).Select(k => (float)(i + k))],
        }),
    ];

    [TestMethod]
    public void Every_row_keeps_its_own_values_beside_its_outputs()
    {
        var view = new FakeTransformer().Transform(Data());
        using var cursor = view.GetRowCursor(view.Schema);
        Assert.AreEqual(Rows.Length, CheckRows(cursor, Enumerable.Range(0, Rows.Length)));
    }

    [TestMethod]
    public void A_shuffled_cursor_keeps_rows_together()
    {
        var view = new FakeTransformer().Transform(new MLContext().Data.Cache(Data()));
        Assert.IsTrue(view.CanShuffle);
        using (var cursor = view.GetRowCursor(view.Schema, new Random(4)))
            Assert.AreEqual(Rows.Length, CheckRows(cursor, null));
        using var again = view.GetRowCursor([view.Schema["Number"], view.Schema["Length"]], new Random(4));
        var getter = again.GetGetter<int>(view.Schema["Number"]);
        var (number, inPlace) = (0, 0);
        while (again.MoveNext())
        {
            getter(ref number);
            inPlace += number == again.Position ? 1 : 0;
        }

        Assert.IsLessThan(Rows.Length / 2, inPlace, "it was not shuffled at all");
    }

    [TestMethod]
    public void The_cursors_of_a_set_have_every_row_once()
    {
        var ml = new MLContext();
        var view = new FakeTransformer().Transform(ml.Data.Cache(Data()));
        var cursors = view.GetRowCursorSet(view.Schema, 4);
        var counts = new int[cursors.Length];
        Parallel.For(0, cursors.Length, i =>
        {
            using var cursor = cursors[i];
            counts[i] = CheckRows(cursor, null);
        });
        Assert.AreEqual(Rows.Length, counts.Sum());
    }

    [TestMethod]
    public void A_source_that_gives_other_rows_the_second_time_is_read_once()
    {
        var passes = 0;
        IEnumerable<Row> Once()
        {
            passes++;
            for (var i = 0; i < 100; i++)
                yield return new Row { Text = new string('x', i % 7), Number = (passes * 1000) + (i % 7), Vector = [1, 2, 3] };
        }

        var view = new FakeTransformer().Transform(new MLContext().Data.LoadFromEnumerable(Once()));
        using var cursor = view.GetRowCursor(view.Schema);
        var length = cursor.GetGetter<int>(view.Schema["Length"]);
        var number = cursor.GetGetter<int>(view.Schema["Number"]);
        var (l, n, rows) = (0, 0, 0);
        while (cursor.MoveNext())
        {
            length(ref l);
            number(ref n);
            Assert.AreEqual(l, n % 1000);
            rows++;
        }

        Assert.AreEqual(100, rows);
        Assert.AreEqual(1, passes);
    }

    [TestMethod]
    public void Outputs_that_nobody_asks_for_are_not_computed()
    {
        var fake = new FakeTransformer();
        var view = fake.Transform(Data());
        Assert.AreEqual(Rows.Length, view.GetColumn<int>("Number").Count());
        Assert.AreEqual(0, fake.Runs);

        using (var cursor = view.GetRowCursor(view.Schema))
        {
            // Active, but no getter is called.
            while (cursor.MoveNext())
            {
            }
        }

        Assert.AreEqual(0, fake.Runs);
    }

    [TestMethod]
    public void Two_outputs_share_one_run_of_each_window()
    {
        var fake = new FakeTransformer();
        var view = fake.Transform(Data());
        using var cursor = view.GetRowCursor([view.Schema["Length"], view.Schema["Double"]]);
        var first = cursor.GetGetter<int>(view.Schema["Length"]);
        var second = cursor.GetGetter<int>(view.Schema["Double"]);
        var (a, b) = (0, 0);
        while (cursor.MoveNext())
        {
            first(ref a);
            second(ref b);
            Assert.AreEqual(2 * a, b);
        }

        Assert.AreEqual(Rows.Length, fake.Rows);
        Assert.IsLessThan(12, fake.Runs, "windows grow from 32 rows to 1024");
    }

    [TestMethod]
    public void Looking_at_a_few_rows_computes_a_few_rows()
    {
        var fake = new FakeTransformer();
        Assert.HasCount(5, fake.Transform(Data()).Preview(5).RowView);
        Assert.IsLessThanOrEqualTo(64, fake.Rows);
    }

    [TestMethod]
    public void A_cursor_off_its_rows_says_so()
    {
        var view = new FakeTransformer().Transform(Data());
        using var cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<int>(view.Schema["Length"]);
        var value = 0;
        Assert.AreEqual(-1, cursor.Position);
        Assert.ThrowsExactly<InvalidOperationException>(() => getter(ref value));
        while (cursor.MoveNext())
        {
        }

        Assert.AreEqual(-1, cursor.Position);
        Assert.IsFalse(cursor.MoveNext());
        Assert.ThrowsExactly<InvalidOperationException>(() => getter(ref value));
    }

    [TestMethod]
    public void Asking_for_an_inactive_column_or_a_wrong_type_names_the_column()
    {
        var view = new FakeTransformer().Transform(Data());
        using var cursor = view.GetRowCursor([view.Schema["Length"]]);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<int>(view.Schema["Number"])).Message, "'Number'");
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<float>(view.Schema["Length"])).Message, "'Length'");
    }

    [TestMethod]
    public void Input_columns_keep_their_index()
    {
        var data = Data();
        var output = new FakeTransformer().GetOutputSchema(data.Schema);
        for (var i = 0; i < data.Schema.Count; i++)
            Assert.AreEqual(data.Schema[i].Name, output[i].Name);
        Assert.AreEqual("Length", output[data.Schema.Count].Name);
    }

    private static IDataView Data() => new MLContext().Data.LoadFromEnumerable(Rows);

    private static int CheckRows(DataViewRowCursor cursor, IEnumerable<int>? order)
    {
        var schema = cursor.Schema;
        var number = cursor.GetGetter<int>(schema["Number"]);
        var text = cursor.GetGetter<ReadOnlyMemory<char>>(schema["Text"]);
        var vector = cursor.GetGetter<VBuffer<float>>(schema["Vector"]);
        var varying = cursor.GetGetter<VBuffer<float>>(schema["Varying"]);
        var length = cursor.GetGetter<int>(schema["Length"]);
        var (n, l, t, v, w) = (0, 0, default(ReadOnlyMemory<char>), default(VBuffer<float>), default(VBuffer<float>));
        using var expected = order?.GetEnumerator();
        var rows = 0;
        while (cursor.MoveNext())
        {
            number(ref n);
            text(ref t);
            vector(ref v);
            varying(ref w);
            length(ref l);
            if (expected is not null)
            {
                Assert.IsTrue(expected.MoveNext());
                Assert.AreEqual(expected.Current, n);
                Assert.AreEqual(rows, cursor.Position);
            }

            Assert.AreEqual(Rows[n].Text, t.ToString());
            Assert.AreEqual(t.Length, l);
            CollectionAssert.AreEqual(Rows[n].Vector, v.DenseValues().ToArray());
            CollectionAssert.AreEqual(Rows[n].Varying, w.DenseValues().ToArray());
            rows++;
        }

        return rows;
    }
}
