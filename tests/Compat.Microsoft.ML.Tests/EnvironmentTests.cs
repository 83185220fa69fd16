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
        Golden.Check("random-numbers", $"{first.Next()} {first.Next(1000)} {first.Next(-5, 5)} {first.NextDouble():R} {second.Next()} {string.Join(' ', bytes)} {seeded.Next(10)}");
        Assert.AreNotEqual(((IHostEnvironment)new MLContext()).Register("x").Rand.Next(), ((IHostEnvironment)new MLContext()).Register("x").Rand.Next());
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
        Assert.Throws<ArgumentOutOfRangeException>(() => NewColumn("x", SchemaShape.Column.VectorKind.Scalar, new KeyDataViewType(typeof(uint), 2), false, null));
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
    private static extern SchemaShape.Column NewColumn(string name, SchemaShape.Column.VectorKind kind, DataViewType itemType, bool isKey, SchemaShape? annotations);
}
