using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Pipeline;

namespace MLNetNlp.Tests.Pipeline;

[TestClass]
public sealed class KeyValuesTests
{
    private sealed class Row<T>
    {
        public T? Label { get; set; }
    }

    [TestMethod]
    public void Text_values_are_kept() => Check(["b", "a", "ü 😀"], "String", ["b", "a", "ü 😀"]);

    [TestMethod]
    public void Float_values_are_kept() => Check([1.5f, -2f, 1e-20f], "Single", ["1.5", "-2", "1E-20"]);

    [TestMethod]
    public void Integer_values_are_kept() => Check([3, -1, int.MaxValue], "Int32", ["3", "-1", "2147483647"]);

    [TestMethod]
    public void Large_integer_values_are_kept() => Check([ulong.MaxValue, 0UL], "UInt64", ["18446744073709551615", "0"]);

    [TestMethod]
    public void Boolean_values_are_kept() => Check([true, false], "Boolean", ["True", "False"]);

    [TestMethod]
    public void Dates_are_kept() => Check([new DateTime(2026, 11, 22, 1, 2, 3).AddTicks(7), new DateTime(1999, 1, 1)], "DateTime",
        ["2026-11-22T01:02:03.0000007", "1999-01-01T00:00:00.0000000"]);

    private static void Check<T>(T[] labels, string type, string[] names)
    {
        var ml = new MLContext();
        var data = ml.Data.LoadFromEnumerable(labels.Select(l => new Row<T> { Label = l }));
        var column = ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data).Schema["Label"];
        var values = KeyValues.Of(column)!;
        CollectionAssert.AreEqual(names, values.Names.ToArray());

        // Through a manifest and into an annotation: what MapKeyToValue will read.
        var valueType = KeyValueType.Of(values.Type)!;
        Assert.AreEqual(type, valueType.Name);
        var parsed = KeyValueType.Named(type)!.Parse(values.Names);
        var builder = new DataViewSchema.Annotations.Builder();
        parsed.AddTo(builder, "KeyValues");
        var annotations = builder.ToAnnotations();
        Assert.AreEqual(column.Annotations.Schema["KeyValues"].Type, annotations.Schema["KeyValues"].Type);
        if (typeof(T) == typeof(string))
        {
            VBuffer<ReadOnlyMemory<char>> texts = default;
            annotations.GetValue("KeyValues", ref texts);
            CollectionAssert.AreEqual(names, texts.DenseValues().Select(t => t.ToString()).ToArray());
            return;
        }

        VBuffer<T> back = default;
        annotations.GetValue("KeyValues", ref back);
        CollectionAssert.AreEqual(labels, back.DenseValues().ToArray());
    }
}
