using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Compat.Microsoft.ML.Tests;

/// <summary>What an extension of ML.NET needs of it: an environment from a catalog, channels into the log, random numbers, shapes.</summary>
[TestClass]
public sealed class EnvironmentTests
{
    [TestMethod]
    public void Channels_write_into_the_contexts_log()
    {
        MLContext ml = new(1);
        List<string> messages = [];
        ml.Log += (sender, e) =>
        {
            Assert.AreSame(ml, sender);
            messages.Add(e.Message);
        };
        var host = ((IHostEnvironment)ml).Register("Component");
        using (var channel = host.Start("Work"))
        {
            channel.Info(MessageSensitivity.None, "plain {0}");
            channel.Warning(MessageSensitivity.UserData, "with {0} and {1}", 1, "two");
            channel.Error(MessageSensitivity.None, "bad");
            channel.Trace(MessageSensitivity.All, "detail");
        }

        using var inner = host.Register("Inner").Start("Deep");
        Assert.AreEqual("[Source=Component; Work, Kind=Trace] Channel started", messages[0]);
        Assert.AreEqual("[Source=Component; Work, Kind=Info] plain {0}", messages[1]);
        Assert.AreEqual("[Source=Component; Work, Kind=Warning] with 1 and two", messages[2]);
        Assert.AreEqual("[Source=Component; Work, Kind=Error] bad", messages[3]);
        Assert.AreEqual("[Source=Component; Work, Kind=Trace] detail", messages[4]);
        StringAssert.StartsWith(messages[5], "[Source=Component; Work, Kind=Trace] Channel finished. Elapsed 00:00:0");
        Assert.AreEqual("[Source=Component; Work, Kind=Trace] Channel disposed", messages[6]);
        Golden.Check("nested-source", messages[7]);
    }

    [TestMethod]
    public void Hosts_draw_the_random_numbers_of_ML_NET()
    {
        IHostEnvironment environment = new MLContext(42);
        var first = environment.Register("One").Rand;
        var second = environment.Register("Two").Rand;
        var seeded = environment.Register("Three", seed: 7).Rand;
        var bytes = new byte[4];
        seeded.NextBytes(bytes);
        Golden.Check("random-numbers",
            $"{first.Next()} {first.Next(1000)} {first.Next(-5, 5)} {first.NextDouble():R} {second.Next()} {string.Join(' ', bytes)} {seeded.Next(10)}");
        Assert.AreNotEqual(((IHostEnvironment)new MLContext()).Register("x").Rand.Next(), ((IHostEnvironment)new MLContext()).Register("x").Rand.Next());
    }

    // What draws from a context's random numbers decides which ones a trainer gets after it.
    [TestMethod]
    public void What_is_done_in_a_context_draws_as_many_random_numbers_as_in_ML_NET()
    {
        if (Mode.IsOld)
            Assert.Inconclusive("ML.NET 1.5 draws other numbers.");
        var path = ViewText.File("a\t1", "b\t2");
        var rows = Enumerable.Range(0, 20).Select(i => new Row { Label = i % 2 == 0, Text = $"{i}", Score = i - 9.5f, Probability = i / 20f }).ToList();
        var other = new MLContext(2).Data.LoadFromEnumerable(rows);
        Dictionary<string, Action<MLContext>> steps = new()
        {
            ["nothing"] = _ => { },
            ["LoadFromEnumerable"] = ml => ml.Data.LoadFromEnumerable(rows),
            ["LoadFromTextFile"] = ml => ViewText.Show(ml.Data.LoadFromTextFile(path, [new TextLoader.Column("T", DataKind.String, 0)])),
            ["CreateEnumerable"] = ml => ml.Data.CreateEnumerable<Row>(other, false).Count(),
            ["MapValueToKey"] = ml => ml.Transforms.Conversion.MapValueToKey("K", "Text").Fit(other).Transform(other),
            ["MapKeyToValue"] = ml => ml.Transforms.Conversion.MapKeyToValue("V", "K"),
            ["CopyColumns"] = ml => ml.Transforms.CopyColumns("V", "Text").Fit(other),
            ["Concatenate"] = ml => ml.Transforms.Concatenate("V", "Score").Fit(other),
            ["DropColumns"] = ml => ml.Transforms.DropColumns("Text").Fit(other),
            ["AppendCacheCheckpoint"] = ml => ml.Transforms.DropColumns("Text").AppendCacheCheckpoint(ml).Append(ml.Transforms.CopyColumns("V",
                "Score")).Fit(other),
            ["TrainTestSplit"] = ml => ViewText.Show(ml.Data.TrainTestSplit(other, 0.5).TrainSet),
            ["CrossValidationSplit"] = ml => ml.Data.CrossValidationSplit(other, 3),
            ["Cache"] = ml => ViewText.Show(ml.Data.Cache(other)),
            ["TakeRows"] = ml => ViewText.Show(ml.Data.TakeRows(other, 3)),
            ["EvaluateBinary"] = ml => ml.BinaryClassification.Evaluate(other),
            ["SaveAndLoad"] = ml => SaveAndLoad(ml, other),
            ["CreatePredictionEngine"] = ml => ml.Model.CreatePredictionEngine<Row,
                Row>(new MLContext(2).Transforms.CopyColumns("V", "Text").Fit(other)).Predict(rows[0]),
        };
        Golden.Check("random-numbers-after", string.Join('\n', steps.Select(step =>
        {
            MLContext ml = new(11);
            step.Value(ml);
            return $"{step.Key} {((IHostEnvironment)ml).Register("Probe").Rand.Next()}";
        })));
    }

    [TestMethod]
    public void Catalogs_lead_to_their_environment()
    {
        MLContext ml = new(1);
        TrainCatalogBase.CatalogInstantiatorBase[] catalogs = [ml.BinaryClassification.Trainers, ml.MulticlassClassification.Trainers, ml.Regression.Trainers];
        foreach (var trainers in catalogs)
        {
            List<string> messages = [];
            ml.Log += (_, e) => messages.Add(e.Message);
            GetEnvironment(GetOwner(trainers)).Register("X").Start("Y").Dispose();
            StringAssert.Contains(messages[0], "X; Y");
        }

        Assert.IsNotNull(EnvironmentOf(ml.Transforms));
        Assert.IsNotNull(EnvironmentOf(ml.Transforms.Text));
    }

    [TestMethod]
    public void Shapes_can_be_made_and_are_checked()
    {
        var annotations = new SchemaShape([NewColumn("KeyValues", SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, false, null)]);
        SchemaShape shape = new([NewColumn("PredictedLabel", SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.UInt32, true, annotations)]);
        Assert.HasCount(1, shape);
        Assert.IsTrue(shape[0].IsKey);
        Assert.AreEqual("KeyValues", shape[0].Annotations.Single().Name);
        MLContext ml = new(1);
        var mapped = ml.Transforms.Conversion.MapKeyToValue("Back", "PredictedLabel").GetOutputSchema(shape);
        Assert.AreEqual(TextDataViewType.Instance, mapped.Single(column => column.Name == "Back").ItemType);
        Assert.Throws<ArgumentOutOfRangeException>(() => NewColumn("x", SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, true, null));
        Assert.Throws<ArgumentOutOfRangeException>(() => NewColumn("x", SchemaShape.Column.VectorKind.Scalar, new KeyDataViewType(typeof(uint), 2), false,
            null));
    }

    private static void SaveAndLoad(MLContext ml, IDataView data)
    {
        using MemoryStream stream = new();
        ml.Model.Save(new MLContext(2).Transforms.CopyColumns("V", "Text").Append(new MLContext(2).Transforms.CopyColumns("W", "Text")).Fit(data),
            data.Schema, stream);
        stream.Position = 0;
        ml.Model.Load(stream, out _);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Owner")]
    private static extern TrainCatalogBase GetOwner(TrainCatalogBase.CatalogInstantiatorBase trainers);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Environment")]
    private static extern IHostEnvironment GetEnvironment(TrainCatalogBase catalog);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_env")]
    private static extern ref IHostEnvironment EnvironmentOf(TransformsCatalog catalog);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_env")]
    private static extern ref IHostEnvironment EnvironmentOf(TransformsCatalog.TextTransforms catalog);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern SchemaShape.Column NewColumn(string name, SchemaShape.Column.VectorKind kind, DataViewType itemType, bool isKey,
        SchemaShape? annotations);

    private sealed class Row
    {
        public bool Label { get; set; }

        public string Text { get; set; } = "";

        public float Score { get; set; }

        public float Probability { get; set; }

        public bool PredictedLabel { get; set; }
    }
}
