using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Pipeline;

namespace MLNetNlp.Tests.Pipeline;

[TestClass]
public sealed class ColumnCheckTests
{
    private static readonly ColumnCheck Check = new("TextClassification");

    private sealed class Row
    {
        public string Text { get; set; } = "";

        public float Number { get; set; }

        [KeyType(3)]
        public uint Class { get; set; }

        [KeyType(uint.MaxValue)]
        public uint Open { get; set; }

        [KeyType(1)]
        public uint Single { get; set; }

        public string[] Words { get; set; } = [];

        public bool Flag { get; set; }
    }

    private static readonly DataViewSchema Schema = new MLContext().Data.LoadFromEnumerable(Array.Empty<Row>()).Schema;
    private static readonly SchemaShape Shape = new(Schema.Select(c => Shapes.Of(c.Name, c.Type, c.Annotations)));

    [TestMethod]
    [DataRow("Number", "Column 'Number' is Single, but TextClassification needs a text column for 'Sentence1ColumnName'.")]
    [DataRow("Words", "Column 'Words' is Vector<String>, but TextClassification needs a text column for 'Sentence1ColumnName'.")]
    [DataRow("Review", "There is no column 'Review', but TextClassification needs a text column for 'Sentence1ColumnName'; "
        + "the columns are 'Text', 'Number', 'Class', 'Open', 'Single', 'Words', 'Flag'.")]
    public void A_text_column_is_asked_for_by_name_and_type(string column, string message)
    {
        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Check.Text(Schema, column, "Sentence1ColumnName")).Message, message);
        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Check.Text(Shape, column, "Sentence1ColumnName")).Message, message);
    }

    [TestMethod]
    [DataRow("Text", "Column 'Text' is String, but TextClassification needs a key column (MapValueToKey makes one) for 'LabelColumnName'.")]
    [DataRow("Open", "Column 'Open' is a key without a known number of values")]
    [DataRow("Single", "Column 'Single' has one class only")]
    public void A_label_is_a_key_with_classes(string column, string message) =>
        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Check.ClassKey(Schema, column, "LabelColumnName")).Message, message);

    [TestMethod]
    public void Columns_that_fit_pass()
    {
        Assert.AreEqual("Text", Check.Text(Schema, "Text", "x").Name);
        Assert.AreEqual("Class", Check.ClassKey(Schema, "Class", "x").Name);
        Assert.AreEqual("Flag", Check.Boolean(Schema, "Flag", "x").Name);
        Check.Text(Shape, "Text", "x");
        Check.ClassKey(Shape, "Class", "x");
        Check.Boolean(Shape, "Flag", "x");
    }

    [TestMethod]
    public void A_binary_label_is_Boolean() => StringAssert.StartsWith(
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Check.Boolean(Schema, "Class", "LabelColumnName")).Message,
        "Column 'Class' is Key<UInt32, 0-2>, but TextClassification needs a Boolean column for 'LabelColumnName'.");
}
