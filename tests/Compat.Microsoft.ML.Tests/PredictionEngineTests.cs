using Microsoft.ML;
using Microsoft.ML.Data;

namespace Compat.Microsoft.ML.Tests;

[TestClass]
public sealed class PredictionEngineTests
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void An_engine_predicts_for_one_object_after_another()
    {
        var engine = _ml.Model.CreatePredictionEngine<Input, Output>(Model());
        Assert.AreEqual("b", engine.Predict(new Input { Text = "b" }).Back);
        Assert.AreEqual((0u, ""), (engine.Predict(new Input { Text = "new" }).Key, engine.Predict(new Input { Text = "new" }).Back));
        var prediction = new Output();
        engine.Predict(new Input { Text = "a", Numbers = [1, 2] }, ref prediction);
        Assert.AreEqual(("a", 1u), (prediction.Back, prediction.Key));
        CollectionAssert.AreEqual(new[] { 1f, 2 }, prediction.Copy);
        var array = prediction.Copy;
        engine.Predict(new Input { Text = "b", Numbers = [3, 4] }, ref prediction);
        Assert.AreSame(array, prediction.Copy);
        Output nothing = null!;
        engine.Predict(new Input { Text = "b" }, ref nothing);
        Assert.AreEqual("b", nothing.Back);
        Assert.AreEqual("Text: String; Numbers: Vector<Single, 2>; Key: Key<UInt32, 0-1> {KeyValues}; Back: String; Copy: Vector<Single, 2>",
            ViewText.ShowSchema(engine.OutputSchema));
        Assert.Throws<ArgumentNullException>(() => engine.Predict(null!));
    }

    [TestMethod]
    public void Missing_output_columns_are_ignored_unless_told_otherwise()
    {
        var model = Model();
        Assert.IsNull(_ml.Model.CreatePredictionEngine<Input, Wider>(model).Predict(new Input()).Elsewhere);
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Model.CreatePredictionEngine<Input, Wider>(model, ignoreMissingColumns: false));
        StringAssert.Contains(e.Message, "Elsewhere");
    }

    [TestMethod]
    public void Missing_input_columns_are_named()
    {
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Model.CreatePredictionEngine<Poor, Output>(Model()));
        StringAssert.Contains(e.Message, "Numbers");
    }

    [TestMethod]
    public void Definitions_and_schemas_give_types()
    {
        var definition = SchemaDefinition.Create(typeof(Loose));
        definition["Numbers"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 2);
        Assert.AreEqual(2f, _ml.Model.CreatePredictionEngine<Loose, Output>(Model(),
            inputSchemaDefinition: definition).Predict(new Loose { Numbers = [1, 2] }).Copy[1]);
        if (!Mode.IsOld) // ML.NET 1.5 takes annotations only
            Assert.AreEqual(2f, _ml.Model.CreatePredictionEngine<Loose, Output>(Model(), Rows().Schema).Predict(new Loose { Numbers = [1, 2] }).Copy[1]);
    }

    [TestMethod]
    public void One_model_serves_many_engines_at_a_time()
    {
        var model = Model();
        var wrong = 0;
        Parallel.For(0, 4, _ =>
        {
            var engine = _ml.Model.CreatePredictionEngine<Input, Output>(model);
            for (var i = 0; i < 200; i++)
            {
                var text = i % 2 == 0 ? "a" : "b";
                if (engine.Predict(new Input { Text = text, Numbers = [i, 1] }) is var p && (p.Back != text || p.Copy[0] != i))
                    Interlocked.Increment(ref wrong);
            }
        });
        Assert.AreEqual(0, wrong);
    }

    private ITransformer Model() => _ml.Transforms.Conversion.MapValueToKey("Key", "Text").Append(_ml.Transforms.Conversion.MapKeyToValue("Back", "Key"))
        .Append(_ml.Transforms.CopyColumns("Copy", "Numbers")).Fit(Rows());

    private IDataView Rows() => _ml.Data.LoadFromEnumerable(new[] { new Input { Text = "a" }, new Input { Text = "b" } });

    private sealed class Input
    {
        public string Text { get; set; } = "";

        [VectorType(2)]
        public float[] Numbers { get; set; } = [0, 0];
    }

    private sealed class Loose
    {
        public string Text { get; set; } = "";

        public float[] Numbers { get; set; } = [0, 0];
    }

    private sealed class Poor
    {
        public string Text { get; set; } = "";
    }

    private sealed class Output
    {
        public string Back = "";
        public uint Key = 0;

        public float[] Copy { get; set; } = [];
    }

    private sealed class Wider
    {
        public string? Elsewhere { get; set; }
    }
}
