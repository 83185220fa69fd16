using Microsoft.ML;
using Microsoft.ML.Data;

namespace Compat.Microsoft.ML.Tests;

[TestClass]
public sealed class TransformTests
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void Columns_are_copied_joined_selected_and_dropped()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Row { A = 1, B = 2, V = [3, 4] }, new Row { A = 5, B = 6, V = [7, 8] } });
        var pipeline = _ml.Transforms.CopyColumns("C", "A").Append(_ml.Transforms.Concatenate("All", "A", "V", "B")).Append(_ml.Transforms.DropColumns("B"));
        var transformed = pipeline.Fit(data).Transform(data);
        Assert.AreEqual("A: Single; Text: String; V: Vector<Single, 2>; C: Single; All: Vector<Single, 4> {SlotNames}",
            ViewText.ShowSchema(transformed.Schema));
        Assert.AreEqual("1||[3 4]|1|[1 3 4 2]\n5||[7 8]|5|[5 7 8 6]", ViewText.Show(transformed));
        VBuffer<ReadOnlyMemory<char>> names = default;
        transformed.Schema["All"].GetSlotNames(ref names);
        Assert.AreEqual("A,,,B", string.Join(',', names.DenseValues()));
        var selected = _ml.Transforms.SelectColumns("V", "A").Fit(transformed).Transform(transformed);
        Assert.AreEqual("[3 4]|1\n[7 8]|5", ViewText.Show(selected));
        Assert.IsTrue(_ml.Transforms.Concatenate("All",
            "A").Fit(data).GetOutputSchema(data.Schema)["All"].Type.Equals(new VectorDataViewType(NumberDataViewType.Single, 1)));
    }

    [TestMethod]
    public void A_column_that_replaces_another_comes_just_after_it()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Row { A = 1, B = 2 } });
        var schema = _ml.Transforms.CopyColumns("A", "B").Append(_ml.Transforms.CopyColumns("New", "A")).Append(_ml.Transforms.CopyColumns("A",
            "New")).Fit(data).GetOutputSchema(data.Schema);
        Assert.AreEqual("A A A B Text V New", string.Join(' ', schema.Select(column => column.Name)));
        CollectionAssert.AreEqual(new[] { true, true, false, false, false, false, false }, schema.Select(column => column.IsHidden).ToArray());
    }

    [TestMethod]
    public void Estimators_say_what_they_lack()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Row() });
        StringAssert.Contains(Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.CopyColumns("X", "None").Fit(data)).Message, "'None'");
        StringAssert.Contains(Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.DropColumns("None").Fit(data)).Message, "'None'");
        StringAssert.Contains(Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.SelectColumns("A", "None").Fit(data)).Message, "'None'");
        StringAssert.Contains(Assert.Throws<ArgumentOutOfRangeException>(() =>
            _ml.Transforms.Concatenate("X", "A", "None").Fit(data).Transform(data)).Message, "'None'");
        StringAssert.Contains(Assert.Throws<ArgumentOutOfRangeException>(() =>
            _ml.Transforms.Concatenate("X", "A", "Text").Fit(data).Transform(data)).Message, "'Text'");
    }

    [TestMethod]
    public void A_chain_is_checked_as_a_whole_before_anything_is_fitted()
    {
        var fits = 0;
        var data = _ml.Data.LoadFromEnumerable(new[] { new Row() });
        var pipeline = _ml.Transforms.CopyColumns("C", "A").WithOnFitDelegate(_ => fits++).Append(_ml.Transforms.CopyColumns("D", "None"));
        Assert.Throws<ArgumentOutOfRangeException>(() => pipeline.Fit(data));
        Assert.AreEqual(0, fits);
    }

    [TestMethod]
    public void Members_of_a_chain_have_scopes()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Row { A = 1, V = [1, 2] } });
        var chain = new EstimatorChain<ITransformer>()
            .Append(_ml.Transforms.CopyColumns("Always", "A"))
            .Append(_ml.Transforms.CopyColumns("Training", "A"), TransformerScope.TrainTest)
            .Append(_ml.Transforms.CopyColumns("Last", "A")).Fit(data);
        if (!Mode.IsOld) // ML.NET 1.5 transforms by all members
            Assert.IsNull(chain.Transform(data).Schema.GetColumnOrNull("Training"));
        Assert.HasCount(3, (IEnumerable<ITransformer>)chain);
        Assert.HasCount(2, (IEnumerable<ITransformer>)chain.GetModelFor(TransformerScope.Scoring));
        Assert.AreSame(chain.Last(), chain.LastTransformer);
        var longer = chain.Append(_ml.Transforms.CopyColumns("More", "Last").Fit(chain.Transform(data)));
        Assert.IsNotNull(longer.GetOutputSchema(data.Schema).GetColumnOrNull("More"));
    }

    [TestMethod]
    public void A_cache_reads_its_source_once()
    {
        var enumerations = 0;
        IEnumerable<Row> Rows()
        {
            enumerations++;
            yield return new Row { A = 1, V = [1, 2] };
            yield return new Row { A = 2, V = [3, 4] };
        }

        var cached = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(Rows()), "A", "B", "V", "Text");
        var first = ViewText.Show(cached);
        Assert.AreEqual(first, ViewText.Show(cached));
        Assert.AreEqual("1|0||[1 2]\n2|0||[3 4]", first);
        Assert.AreEqual(1, enumerations);
        Assert.IsTrue(cached.CanShuffle);
        StringAssert.Contains(Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.Cache(cached, "None")).Message, "'None'");
        var pipeline = _ml.Transforms.CopyColumns("C", "A").AppendCacheCheckpoint(_ml).Append(_ml.Transforms.CopyColumns("D", "C"));
        Assert.AreEqual("1|0||[1 2]|1|1\n2|0||[3 4]|2|2", ViewText.Show(pipeline.Fit(cached).Transform(cached)));
    }

    [TestMethod]
    public void Rows_are_skipped_taken_filtered_and_shuffled()
    {
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 10).Select(i => new Row { A = i, V = [i, i] }));
        var numbers = _ml.Transforms.SelectColumns("A").Fit(data).Transform(data);
        Assert.AreEqual("7\n8\n9", ViewText.Show(_ml.Data.SkipRows(numbers, 7)));
        Assert.AreEqual("0\n1", ViewText.Show(_ml.Data.TakeRows(numbers, 2)));
        Assert.AreEqual("3\n4", ViewText.Show(_ml.Data.FilterRowsByColumn(numbers, "A", 3, 5)));
        Assert.AreEqual("8\n9", ViewText.Show(_ml.Data.FilterRowsByColumn(numbers, "A", 8)));
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Key", "A").Append(_ml.Transforms.SelectColumns("A", "Key")).Fit(data).Transform(data);
        Assert.AreEqual("2|3\n3|4", ViewText.Show(_ml.Data.FilterRowsByKeyColumnFraction(keyed, "Key", 0.2, 0.4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.FilterRowsByKeyColumnFraction(keyed, "A", 0.2, 0.4));
        Assert.Throws<ArgumentException>(() => _ml.Data.TakeRows(numbers, 0));
        var shuffled = ViewText.Show(_ml.Data.ShuffleRows(numbers, seed: 3)).Split('\n');
        CollectionAssert.AreNotEqual(Enumerable.Range(0, 10).Select(i => $"{i}").ToArray(), shuffled);
        CollectionAssert.AreEquivalent(Enumerable.Range(0, 10).Select(i => $"{i}").ToArray(), shuffled);
        CollectionAssert.AreEqual(shuffled, ViewText.Show(_ml.Data.ShuffleRows(numbers, seed: 3)).Split('\n'));
    }

    [TestMethod]
    public void A_preview_shows_the_first_rows()
    {
        var data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 10).Select(i => new Row { A = i, Text = $"t{i}", V = [i, i] }));
        var preview = data.Preview(2);
        Assert.HasCount(2, preview.RowView);
        Assert.AreEqual("t1", preview.RowView[1].Values.Single(pair => pair.Key == "Text").Value.ToString());
        Assert.AreEqual(1f, preview.ColumnView.Single(column => column.Column.Name == "A").Values[1]);
        Assert.AreEqual("4 columns, 2 rows", preview.ToString());
        CollectionAssert.AreEqual(new[] { "t0", "t1" }, _ml.Data.TakeRows(data, 2).GetColumn<string>("Text").ToArray());
        CollectionAssert.AreEqual(new[] { 0f, 0 }, data.GetColumn<float[]>("V").First());
        CollectionAssert.AreEqual(new[] { 0f, 1 }, data.GetColumn<float>(data.Schema["A"]).Take(2).ToArray());
    }

    private sealed class Row
    {
        public float A { get; set; }

        public float B { get; set; }

        public string Text { get; set; } = "";

        [VectorType(2)]
        public float[] V { get; set; } = [0, 0];
    }
}
