using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Compat.Microsoft.ML.Tests;

[TestClass]
public sealed class SaveLoadTests
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void A_model_and_its_schema_come_back()
    {
        var data = Data();
        var model = Pipeline().Fit(data);
        using MemoryStream stream = new();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        var loaded = new MLContext().Model.Load(stream, out var schema);
        Assert.AreEqual(ViewText.ShowSchema(data.Schema), ViewText.ShowSchema(schema));
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema["Vector"].GetSlotNames(ref names);
        Assert.AreEqual("left right", string.Join(' ', names.DenseValues()));
        Assert.AreEqual(ViewText.Show(model.Transform(data)), ViewText.Show(loaded.Transform(data)));
        Assert.AreEqual(ViewText.ShowSchema(model.GetOutputSchema(data.Schema)), ViewText.ShowSchema(loaded.GetOutputSchema(schema)));
    }

    // The zips were saved by Microsoft.ML 5.0.1, by ML.NET 1.5 and by the stand-in, which must all open them.
    [TestMethod]
    [DataRow("model-nuget.zip")]
    [DataRow("model-folder.zip")]
    [DataRow("model-compat.zip")]
    public void Models_saved_by_any_open_in_all(string file)
    {
        var path = Path.Combine(Golden.Folder, file);
        if (file == $"model-{Mode.Source}.zip" && Environment.GetEnvironmentVariable("WRITE_MICROSOFT_ML_FIXTURES") is { Length: > 0 })
            _ml.Model.Save(Pipeline().Fit(Data()), Data().Schema, path);
        var loaded = _ml.Model.Load(path, out var schema);
        Assert.AreEqual("Flag: Boolean; Number: Single; Text: String; Vector: Vector<Single, 2> {SlotNames}; Class: Key<UInt32, 0-4>; Words: Vector<String>",
            ViewText.ShowSchema(schema));
        Golden.Check("model-output", ViewText.Show(loaded.Transform(Data())));
        Golden.Check("model-schema", ViewText.ShowSchema(loaded.GetOutputSchema(Data().Schema)));
    }

    [TestMethod]
    public void The_zip_is_laid_out_as_ML_NETs()
    {
        using MemoryStream stream = new();
        _ml.Model.Save(Pipeline().Fit(Data()), Data().Schema, stream);
        using ZipArchive zip = new(stream, ZipArchiveMode.Read);
        var names = zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal).ToArray();
        Golden.Check("model-entries", string.Join('\n', names));
        using var header = zip.GetEntry("TransformerChain/Model.key")!.Open();
        var bytes = new byte[256];
        header.ReadExactly(bytes);
        Assert.AreEqual("ML\0MODEL", System.Text.Encoding.ASCII.GetString(bytes, 0, 8));
        Assert.AreEqual("XF CHAIN".Replace(' ', '\0'), System.Text.Encoding.ASCII.GetString(bytes, 64, 8));
        Assert.AreEqual("TransformerChain", System.Text.Encoding.ASCII.GetString(bytes, 80, 24).TrimEnd('\0'));
    }

    [TestMethod]
    public void A_model_may_have_no_schema()
    {
        using MemoryStream stream = new();
        _ml.Model.Save(Pipeline().Fit(Data()), null, stream);
        stream.Position = 0;
        var loaded = _ml.Model.Load(stream, out var schema);
        Assert.IsNull(schema);
        Assert.IsNotNull(loaded.GetOutputSchema(Data().Schema).GetColumnOrNull("Back"));
    }

    [TestMethod]
    public void Single_transformers_are_saved_without_a_chain()
    {
        var data = Data();
        using MemoryStream stream = new();
        _ml.Model.Save(_ml.Transforms.CopyColumns("Copy", "Text").Fit(data), data.Schema, stream);
        stream.Position = 0;
        var loaded = _ml.Model.Load(stream, out _);
        Assert.AreEqual("ColumnCopyingTransformer", loaded.GetType().Name);
    }

    [TestMethod]
    public void Files_are_written_and_read()
    {
        var path = Scratch.NewPath(".zip");
        _ml.Model.Save(Pipeline().Fit(Data()), Data().Schema, path);
        Assert.IsNotNull(_ml.Model.Load(path, out _));
        Assert.Throws<FileNotFoundException>(() => _ml.Model.Load(path + ".none", out _));
        Assert.Throws<DirectoryNotFoundException>(() => _ml.Model.Save(Pipeline().Fit(Data()), null, Path.Combine(path + ".none", "x.zip")));
    }

    [TestMethod]
    public void What_is_no_model_file_is_refused()
    {
        using MemoryStream stream = new();
        _ml.Model.Save(Pipeline().Fit(Data()), Data().Schema, stream);
        var whole = stream.ToArray();
        Assert.Throws<FormatException>(() => _ml.Model.Load(new MemoryStream(whole[..(whole.Length / 2)]), out _));
        Assert.Throws<FormatException>(() => _ml.Model.Load(new MemoryStream("no zip at all"u8.ToArray()), out _));
        using MemoryStream empty = new();
        using (ZipArchive zip = new(empty, ZipArchiveMode.Create, leaveOpen: true))
            zip.CreateEntry("something");
        Assert.Throws<Exception>(() => _ml.Model.Load(new MemoryStream(empty.ToArray()), out _));
    }

    private IDataView Data()
    {
        var definition = SchemaDefinition.Create(typeof(Row));
        definition["Vector"].AddAnnotation("SlotNames", new VBuffer<ReadOnlyMemory<char>>(2, ["left".AsMemory(), "right".AsMemory()]),
            new VectorDataViewType(TextDataViewType.Instance, 2));
        Row[] rows =
        [
            new() { Text = "größe", Number = 1.5f, Vector = [1, 2], Flag = true, Class = 0, Words = ["x", "y"] },
            new() { Text = "", Number = float.NaN, Vector = [3, 4], Class = 4, Words = [] },
            new() { Text = "tail", Number = -2, Vector = [5, 6], Class = 7, Words = ["y"] },
        ];
        return _ml.Data.LoadFromEnumerable(rows, definition);
    }

    private IEstimator<ITransformer> Pipeline() => _ml.Transforms.CopyColumns("Copy", "Text")
        .Append(_ml.Transforms.Conversion.MapValueToKey([new("TextKey", "Text"), new("NumberKey", "Number"), new("FlagKey", "Flag"), new("WordsKey", "Words")]))
        .Append(_ml.Transforms.Conversion.MapValueToKey("SortedKey", "Number", addKeyValueAnnotationsAsText: true,
            keyOrdinality: global::Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue))
        .Append(_ml.Transforms.Concatenate("All", "Number", "Vector"))
        .Append(_ml.Transforms.Conversion.MapKeyToValue([new("Back", "TextKey"), new("WordsBack", "WordsKey")]))
        .Append(_ml.Transforms.DropColumns("Flag"));

    private sealed class Row
    {
        public bool Flag { get; set; }

        public float Number { get; set; }

        public string Text { get; set; } = "";

        [VectorType(2)]
        public float[] Vector { get; set; } = [];

        [KeyType(5)]
        public uint Class { get; set; }

        public string[] Words { get; set; } = [];
    }
}
