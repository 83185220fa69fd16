using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Compat.Microsoft.ML.Tests;

[TestClass]
public sealed class KeyMappingTests
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void Keys_come_in_the_order_of_occurrence_or_of_value()
    {
        var data = Rows("b", "a", "", "b", "Z", "ä");
        var occurrence = _ml.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(data).Transform(data);
        Assert.AreEqual("Key<UInt32, 0-3>", occurrence.Schema["Key"].Type.ToString());
        CollectionAssert.AreEqual(new[] { "b", "a", "Z", "ä" }, ViewText.KeyValues(occurrence.Schema["Key"]));
        Assert.AreEqual("1 2 0 1 3 4", Keys(occurrence));
        var value = _ml.Transforms.Conversion.MapValueToKey("Key", "Text", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(data);
        CollectionAssert.AreEqual(new[] { "Z", "a", "b", "ä" }, ViewText.KeyValues(value.Transform(data).Schema["Key"]));
        Assert.AreEqual("0 2", Keys(value.Transform(Rows("new", "a"))));
    }

    [TestMethod]
    public void The_number_of_keys_can_be_limited_and_the_values_be_given()
    {
        var data = Rows("b", "a", "c");
        Assert.AreEqual("1 2 0", Keys(_ml.Transforms.Conversion.MapValueToKey("Key", "Text", maximumNumberOfKeys: 2).Fit(data).Transform(data)));
        var given = _ml.Data.LoadFromEnumerable(new[] { new Row { Text = "c" }, new Row { Text = "b" } });
        var terms = _ml.Transforms.SelectColumns("Text").Fit(given).Transform(given);
        var mapped = _ml.Transforms.Conversion.MapValueToKey("Key", "Text", keyData: terms).Fit(data).Transform(data);
        Assert.AreEqual("2 0 1", Keys(mapped));
        Assert.AreEqual("Key<UInt32, 0-1>", mapped.Schema["Key"].Type.ToString());
    }

    [TestMethod]
    public void No_values_make_a_key_of_one_without_annotation()
    {
        var data = Rows("", "");
        var mapped = _ml.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(data).Transform(data);
        Assert.AreEqual("Key: Key<UInt32, 0-0>", mapped.Schema["Key"].ToString());
        Assert.AreEqual("0 0", Keys(mapped));
    }

    [TestMethod]
    public void Numbers_truth_values_and_vectors_can_be_mapped()
    {
        Wide[] rows = [new() { Real = 2.5f, Flag = true, Whole = -7, Words = ["x", "y"], Class = 1 },
            new() { Real = float.NaN, Whole = 3, Words = ["y", ""], Class = 5 }, new() { Real = -1, Whole = -7, Words = ["z", "x"], Class = 0 }];
        var data = _ml.Data.LoadFromEnumerable(rows);
        InputOutputColumnPair[] columns = [new("R", "Real"), new("F", "Flag"), new("W", "Whole"), new("V", "Words"), new("K", "Class")];
        var byOccurrence = _ml.Transforms.Conversion.MapValueToKey(columns).Fit(data).Transform(data);
        Assert.AreEqual("Flag: Boolean; Real: Single; Whole: Int64; Words: Vector<String, 2>; Class: Key<UInt32, 0-3>; R: Key<UInt32, 0-1> {KeyValues}; "
            + "F: Key<UInt32, 0-1> {KeyValues}; "
            + "W: Key<UInt32, 0-1> {KeyValues}; V: Vector<Key<UInt32, 0-2>, 2> {KeyValues}; K: Key<UInt32, 0-1> {KeyValues}",
                ViewText.ShowSchema(byOccurrence.Schema));
        Assert.AreEqual("True|2.5|-7|[x y]|2|1|1|1|[1 2]|1\nFalse|NaN|3|[y ]|0|0|2|2|[2 0]|0\nFalse|-1|-7|[z x]|1|2|2|1|[3 1]|2", ViewText.Show(byOccurrence));
        Assert.AreEqual("Vector<Single, 2> Vector<Boolean, 2> Vector<Int64, 2> Vector<String, 3> Vector<Key<UInt32, 0-3>, 2>",
            string.Join(' ', "RFWVK".Select(name => byOccurrence.Schema[$"{name}"].Annotations.Schema["KeyValues"].Type)));
        var back = _ml.Transforms.Conversion.MapKeyToValue([new("R2", "R"), new("F2", "F"), new("W2", "W"),
            new("V2", "V")]).Fit(byOccurrence).Transform(byOccurrence);
        Assert.AreEqual("2.5|True|-7|[x y]\nNaN|False|3|[y ]\n-1|False|-7|[z x]",
            ViewText.Show(_ml.Transforms.SelectColumns("R2", "F2", "W2", "V2").Fit(back).Transform(back)));
        var text = _ml.Transforms.Conversion.MapValueToKey(columns, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue,
            addKeyValueAnnotationsAsText: true).Fit(data).Transform(data);
        Golden.Check("key-values-as-text", string.Join('\n', "RFWVK".Select(name => string.Join(' ', ViewText.KeyValues(text.Schema[$"{name}"])))));
    }

    [TestMethod]
    public void Keys_that_were_not_there_in_training_map_to_the_missing_value()
    {
        var data = Rows("a", "", "b");
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Key", "Text").Append(_ml.Transforms.Conversion.MapKeyToValue("Back", "Key"));
        Assert.AreEqual("a|1|a\nnew|0|\nb|2|b", ViewText.Show(pipeline.Fit(data).Transform(Rows("a", "new", "b"))));
    }

    [TestMethod]
    public void Columns_that_are_missing_or_of_no_use_are_named_before_any_work()
    {
        var data = Rows("a");
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.Conversion.MapValueToKey("Key",
            "Nothing").Append(_ml.Transforms.CopyColumns("A", "Text")).Fit(data));
        StringAssert.Contains(e.Message, "Could not find input column 'Nothing'");
        e = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.Conversion.MapValueToKey("Key", "Nothing").Fit(data));
        StringAssert.Contains(e.Message, "Could not find input column 'Nothing'");
        e = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.CopyColumns("A",
            "Text").Append(_ml.Transforms.Conversion.MapKeyToValue("B", "Text")).Fit(data));
        StringAssert.Contains(e.Message, "Schema mismatch for input column 'Text': expected KeyType, got String");
        var mapping = _ml.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(data);
        e = Assert.Throws<ArgumentOutOfRangeException>(() => mapping.GetOutputSchema(_ml.Data.LoadFromEnumerable(new[] { new Wide() }).Schema));
        StringAssert.Contains(e.Message, "'Text'");
    }

    private IDataView Rows(params string[] texts) => _ml.Data.LoadFromEnumerable(texts.Select(text => new Row { Text = text }));

    private static string Keys(IDataView data) => string.Join(' ', ViewText.Show(data).Split('\n').Select(line => line[(line.LastIndexOf('|') + 1)..]));

    private sealed class Row
    {
        public string Text { get; set; } = "";
    }

    private sealed class Wide
    {
        public bool Flag { get; set; }

        public float Real { get; set; }

        public long Whole { get; set; }

        [VectorType(2)]
        public string[] Words { get; set; } = ["", ""];

        [KeyType(4)]
        public uint Class { get; set; }
    }
}
