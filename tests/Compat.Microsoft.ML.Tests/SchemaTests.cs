using Microsoft.ML;
using Microsoft.ML.Data;

namespace Compat.Microsoft.ML.Tests;

[TestClass]
public sealed class SchemaTests
{
    [TestMethod]
    public void A_later_column_hides_an_earlier_one_of_its_name()
    {
        DataViewSchema.Builder builder = new();
        builder.AddColumn("A", NumberDataViewType.Single);
        builder.AddColumn("B", TextDataViewType.Instance);
        builder.AddColumn("A", BooleanDataViewType.Instance);
        var schema = builder.ToSchema();
        Assert.HasCount(3, schema);
        Assert.AreEqual(2, schema["A"].Index);
        Assert.IsTrue(schema[0].IsHidden);
        Assert.IsFalse(schema[2].IsHidden);
        Assert.IsNull(schema.GetColumnOrNull("C"));
        StringAssert.Contains(Assert.Throws<ArgumentOutOfRangeException>(() => schema["C"]).Message, "'C'");
        Assert.Throws<ArgumentOutOfRangeException>(() => schema[3]);
    }

    [TestMethod]
    public void Annotations_are_typed()
    {
        DataViewSchema.Annotations.Builder builder = new();
        builder.AddPrimitiveValue("Answer", NumberDataViewType.Int32, 42);
        builder.Add("Names", new VectorDataViewType(TextDataViewType.Instance, 1), (ref VBuffer<ReadOnlyMemory<char>> value) =>
            value = new(1, ["n".AsMemory()]));
        var annotations = builder.ToAnnotations();
        var answer = 0;
        annotations.GetValue("Answer", ref answer);
        Assert.AreEqual(42, answer);
        var wrong = 0f;
        Assert.Throws<InvalidOperationException>(() => annotations.GetValue("Answer", ref wrong));
        Assert.Throws<InvalidOperationException>(() => annotations.GetValue("None", ref answer));
        DataViewSchema.Annotations.Builder copy = new();
        copy.Add(annotations, kind => kind == "Names");
        Assert.AreEqual("Names", copy.ToAnnotations().ToString());
        Assert.Throws<ArgumentException>(() => builder.Add("Bad", NumberDataViewType.Single, (ref int value) => value = 1));
    }

    [TestMethod]
    public void Types_print_and_compare_as_they_should()
    {
        Assert.AreEqual("Key<UInt32, 0-9>", new KeyDataViewType(typeof(uint), 10).ToString());
        Assert.AreEqual("Vector<Single, 3>", new VectorDataViewType(NumberDataViewType.Single, 3).ToString());
        Assert.AreEqual("Vector<Single, 2, *>", new VectorDataViewType(NumberDataViewType.Single, 2, 0).ToString());
        Assert.AreEqual("Vector<Key<Byte, 0-1>>", new VectorDataViewType(new KeyDataViewType(typeof(byte), 2)).ToString());
        Assert.AreEqual("String Boolean Double DateTime TimeSpan", string.Join(' ',
            TextDataViewType.Instance, BooleanDataViewType.Instance, NumberDataViewType.Double, DateTimeDataViewType.Instance, TimeSpanDataViewType.Instance));
        Assert.IsTrue(new KeyDataViewType(typeof(uint), 10).Equals(new KeyDataViewType(typeof(uint), 10)));
        Assert.IsFalse(new KeyDataViewType(typeof(uint), 10).Equals(new KeyDataViewType(typeof(uint), 11)));
        Assert.IsTrue(new VectorDataViewType(NumberDataViewType.Single, 3).Equals(new VectorDataViewType(NumberDataViewType.Single, 3)));
        Assert.IsFalse(new VectorDataViewType(NumberDataViewType.Single, 3).Equals(new VectorDataViewType(NumberDataViewType.Single)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(int), 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(uint), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(byte), 256));
    }

    [TestMethod]
    public void Vectors_are_dense_or_sparse()
    {
        VBuffer<float> sparse = new(5, 2, [1, 2], [1, 4]);
        Assert.IsFalse(sparse.IsDense);
        CollectionAssert.AreEqual(new[] { 0f, 1, 0, 0, 2 }, sparse.DenseValues().ToArray());
        CollectionAssert.AreEqual(new[] { 1, 4 }, sparse.Items().Select(item => item.Key).ToArray());
        Assert.AreEqual(5, sparse.Items(all: true).Count());
        Assert.AreEqual((0f, 2f), (sparse.GetItemOrDefault(0), sparse.GetItemOrDefault(4)));
        Assert.AreEqual("Sparse vector of size 5, 2 explicit values", sparse.ToString());
        VBuffer<float> part = default;
        sparse.CopyTo(ref part, 1, 4);
        CollectionAssert.AreEqual(new[] { 1f, 0, 0, 2 }, part.DenseValues().ToArray());
        VBuffer<float> dense = default;
        sparse.CopyToDense(ref dense);
        Assert.IsTrue(dense.IsDense);
        var span = new float[6];
        sparse.CopyTo(span, 1, -1);
        CollectionAssert.AreEqual(new[] { 0f, -1, 1, -1, -1, 2 }, span);

        // Buffers are reused when they are large enough.
        var editor = VBufferEditor.Create(ref dense, 3);
        Assert.IsFalse(editor.CreatedNewValues);
        editor.Values.Fill(9);
        dense = editor.Commit();
        CollectionAssert.AreEqual(new[] { 9f, 9, 9 }, dense.DenseValues().ToArray());
        var cut = VBufferEditor.Create(ref dense, 6, 2);
        (cut.Values[0], cut.Indices[0]) = (5, 3);
        dense = cut.CommitTruncated(1);
        CollectionAssert.AreEqual(new[] { 0f, 0, 0, 5, 0, 0 }, dense.DenseValues().ToArray());
    }

    [TestMethod]
    public void Row_ids_mix_as_ML_NET_does()
    {
        DataViewRowId id = new(3, 0);
        Assert.AreEqual("00000000000000000000000000000003", id.ToString());
        Golden.Check("row-ids", $"{id.Fork()} {id.Next()} {id.Combine(new DataViewRowId(7, 1))}");
    }
}
