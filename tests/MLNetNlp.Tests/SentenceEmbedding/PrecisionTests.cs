using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Pipeline;

namespace MLNetNlp.Tests.SentenceEmbedding;

/// <summary>Vectors cut short, and vectors as bytes and bits.</summary>
[TestClass]
public sealed class PrecisionTests
{
    private static readonly IDataView Data = Trained.Data(Texts.Reviews(60, seed: 7));

    /// <summary>Every precision with its column's type.</summary>
    public static IEnumerable<object[]> Precisions =>
    [
        [EmbeddingPrecision.Float32, new VectorDataViewType(NumberDataViewType.Single, 32)],
        [EmbeddingPrecision.Int8, new VectorDataViewType(NumberDataViewType.SByte, 32)],
        [EmbeddingPrecision.UInt8, new VectorDataViewType(NumberDataViewType.Byte, 32)],
        [EmbeddingPrecision.Binary, new VectorDataViewType(NumberDataViewType.SByte, 4)],
        [EmbeddingPrecision.UBinary, new VectorDataViewType(NumberDataViewType.Byte, 4)],
    ];

    [TestMethod]
    public void Bytes_and_bits_are_those_of_quantize_embeddings()
    {
        // Starts -1, steps 2 / 255: (x + 1) / step in float32, minus 128 for signed bytes, cut towards 0; the third dimension runs from 0 to 255.
        var output = new EmbeddingOutput(EmbeddingPrecision.Int8, new EmbeddingRanges([-1, -1, 0, 5], [1, 1, 255, 5]));
        var signed = new sbyte[4];
        output.ToSignedBytes([-1, 1, 100.9f, 5], signed);
        CollectionAssert.AreEqual(new sbyte[] { -128, 126, -27, -128 }, signed, "2 / (2 / 255) is a little below 255 in float32");
        output.ToSignedBytes([0, 3, -7, 9], signed);
        CollectionAssert.AreEqual(new sbyte[] { 0, 127, -128, -128 }, signed, "127.5 - 128 is cut to 0; what is outside is the end");
        var bytes = new byte[4];
        output.ToBytes([0, 3, 100.9f, 5], bytes);
        CollectionAssert.AreEqual(new byte[] { 127, 255, 100, 0 }, bytes);

        var bits = new byte[2];
        EmbeddingOutput.ToBits([0.1f, -1, 0, 2, 3, 4, 5, -6, 1, 1, 1, 1, 1, 1, 1, 1], bits);
        CollectionAssert.AreEqual(new byte[] { 0b1001_1110, 255 }, bits, "0 is not above 0; the first dimension is the highest bit");
    }

    [TestMethod]
    [DynamicData(nameof(Precisions))]
    public void A_column_has_the_precision_that_was_asked_for_and_a_zip_keeps_it(EmbeddingPrecision precision, VectorDataViewType type)
    {
        var estimator = Embedded.Estimator(new MLContext(1), Embedded.Options with { Precision = precision, CalibrationRowCount = 40 });
        var shape = estimator.GetOutputSchema(new SchemaShape(Data.Schema.Select(c => Shapes.Of(c.Name, c.Type, c.Annotations)))).Single(c => c.Name == "Features");
        Assert.AreEqual((SchemaShape.Column.VectorKind.Vector, type.ItemType), (shape.Kind, shape.ItemType));
        using var model = estimator.Fit(Data);
        Assert.AreEqual(type, model.GetOutputSchema(Data.Schema)["Features"].Type);
        Assert.AreEqual((precision, 32), (model.Precision, model.Dimension));

        var path = Scratch.NewPath("quantised.zip");
        new MLContext().Model.Save(model, Data.Schema, path);
        using var loaded = (SentenceEmbeddingTransformer)new MLContext().Model.Load(path, out _);
        Assert.AreEqual((precision, type), (loaded.Precision, loaded.GetOutputSchema(Data.Schema)["Features"].Type));
        var numbers = Numbers(model, type);
        CollectionAssert.AreEqual(numbers, Numbers(loaded, type));
        Compare(precision, numbers);
    }

    [TestMethod]
    public void Truncated_vectors_are_the_first_numbers_and_keep_their_length()
    {
        using var plain = Fit(Embedded.Options with { TruncateDimension = 12 });
        using var unit = Fit(Embedded.Options with { TruncateDimension = 12, Normalize = true });
        Assert.AreEqual((12, new VectorDataViewType(NumberDataViewType.Single, 12)), (unit.Dimension, unit.GetOutputSchema(Data.Schema)["Features"].Type));
        var whole = Vectors(Embedded.Tiny);
        var (cut, scaled) = (Vectors(plain), Vectors(unit));
        for (var i = 0; i < whole.Length; i++)
        {
            Close.AreClose(whole[i][..12], cut[i], 1e-6, $"text {i}");
            var length = (float)Math.Sqrt(whole[i].Take(12).Sum(x => (double)x * x));
            Close.AreClose([.. cut[i].Select(x => x / length)], scaled[i], 1e-6, $"text {i}");
        }

        var path = Scratch.NewPath("truncated.zip");
        new MLContext().Model.Save(unit, Data.Schema, path);
        using var loaded = (SentenceEmbeddingTransformer)new MLContext().Model.Load(path, out _);
        Assert.AreEqual(12, loaded.Dimension);
        CollectionAssert.AreEqual(scaled[3], Vectors(loaded)[3]);
    }

    [TestMethod]
    public void Bits_of_truncated_vectors_are_as_many()
    {
        using var model = Fit(Embedded.Options with { TruncateDimension = 16, Precision = EmbeddingPrecision.UBinary });
        Assert.AreEqual(new VectorDataViewType(NumberDataViewType.Byte, 2), model.GetOutputSchema(Data.Schema)["Features"].Type);
        var first = model.Transform(Data).GetColumn<byte[]>("Features").First();
        var vector = Vectors(Embedded.Tiny)[0];
        for (var i = 0; i < 16; i++)
            Assert.AreEqual(vector[i] > 0, (first[i / 8] & (0x80 >> (i % 8))) != 0, $"dimension {i}");
    }

    [TestMethod]
    public void What_does_not_fit_is_named()
    {
        Throws(Embedded.Options with { TruncateDimension = 0 }, "'TruncateDimension' is 0; 1 or more is needed.");
        Throws(Embedded.Options with { TruncateDimension = 33 }, "'TruncateDimension' is 33, but the vectors of '");
        Throws(Embedded.Options with { Precision = (EmbeddingPrecision)9 }, "'Precision' is 9; needed is one of Float32, Int8, UInt8, Binary, UBinary.");
        Throws(Embedded.Options with { CalibrationRowCount = 0 }, "'CalibrationRowCount' is 0; 1 or more is needed.");
        Throws(Embedded.Options with { TruncateDimension = 12, Precision = EmbeddingPrecision.Binary },
            "'Precision' is Binary, which puts 8 dimensions into a byte, but the vectors have 12.");
        var empty = Assert.ThrowsExactly<ArgumentException>(
            () => Embedded.Estimator(new MLContext(1), Embedded.Options with { Precision = EmbeddingPrecision.Int8 }).Fit(Trained.Data(Texts.Reviews(0))));
        StringAssert.StartsWith(empty.Message, "'Precision' needs the range of each dimension, but the data has no row to find it from.");

        static void Throws(SentenceEmbeddingEstimator.Options options, string message) =>
            StringAssert.StartsWith(Assert.Throws<ArgumentException>(() => Fit(options)).Message, message);
    }

    /// <summary>The reference's formulas, over the vectors themselves and the ranges of the first 40.</summary>
    private static void Compare(EmbeddingPrecision precision, float[][] numbers)
    {
        var vectors = Vectors(Embedded.Tiny);
        for (var d = 0; d < 32; d++)
        {
            var (lowest, highest) = (vectors.Take(40).Min(v => v[d]), vectors.Take(40).Max(v => v[d]));
            for (var i = 0; i < vectors.Length; i++)
            {
                var place = Math.Clamp((vectors[i][d] - lowest) / ((highest - lowest) / 255), 0, 255);
                var bits = precision is EmbeddingPrecision.Binary or EmbeddingPrecision.UBinary;
                var got = numbers[i][bits ? d / 8 : d];
                switch (precision)
                {
                    case EmbeddingPrecision.Float32:
                        Assert.AreEqual(vectors[i][d], got, 1e-6f);
                        break;
                    // A number between two steps may go to either: calibration has other batches than transforming.
                    case EmbeddingPrecision.Int8:
                        Assert.AreEqual(MathF.Truncate(place - 128), got, 1f, $"text {i}, dimension {d}");
                        break;
                    case EmbeddingPrecision.UInt8:
                        Assert.AreEqual(MathF.Truncate(place), got, 1f, $"text {i}, dimension {d}");
                        break;
                    default:
                        var value = (int)got + (precision == EmbeddingPrecision.Binary ? 128 : 0);
                        Assert.AreEqual(vectors[i][d] > 0, (value & (0x80 >> (d % 8))) != 0, $"text {i}, dimension {d}");
                        break;
                }
            }
        }
    }

    private static float[][] Numbers(SentenceEmbeddingTransformer model, VectorDataViewType type)
    {
        var view = model.Transform(Data);
        return type.ItemType == NumberDataViewType.SByte ? [.. view.GetColumn<sbyte[]>("Features").Select(v => Array.ConvertAll(v, x => (float)x))]
            : type.ItemType == NumberDataViewType.Byte ? [.. view.GetColumn<byte[]>("Features").Select(v => Array.ConvertAll(v, x => (float)x))]
            : [.. view.GetColumn<float[]>("Features")];
    }

    private static float[][] Vectors(SentenceEmbeddingTransformer model) => [.. model.Transform(Data).GetColumn<float[]>("Features")];

    private static SentenceEmbeddingTransformer Fit(SentenceEmbeddingEstimator.Options options) => Embedded.Estimator(new MLContext(1), options).Fit(Data);
}
