using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetNlp.Pipeline;

namespace MLNetNlp;

/// <summary>How vectors go into the output column: as they are, or as bytes or bits.</summary>
/// <param name="Precision">Which of them.</param>
/// <param name="Ranges">What bytes are counted in; null for the others.</param>
internal sealed record EmbeddingOutput(EmbeddingPrecision Precision, EmbeddingRanges? Ranges = null)
{
    private const int BitsInByte = 8;

    /// <summary>Whether <see cref="Ranges"/> are needed.</summary>
    public static bool NeedsRanges(EmbeddingPrecision precision) => precision is EmbeddingPrecision.Int8 or EmbeddingPrecision.UInt8;

    /// <summary>The output column's type, for vectors of some dimension.</summary>
    public static VectorDataViewType Type(EmbeddingPrecision precision, int dimension) => precision switch
    {
        EmbeddingPrecision.Int8 => new(NumberDataViewType.SByte, dimension),
        EmbeddingPrecision.UInt8 => new(NumberDataViewType.Byte, dimension),
        EmbeddingPrecision.Binary => new(NumberDataViewType.SByte, Math.Max(1, dimension / BitsInByte)),
        EmbeddingPrecision.UBinary => new(NumberDataViewType.Byte, Math.Max(1, dimension / BitsInByte)),
        _ => new(NumberDataViewType.Single, dimension),
    };

    /// <summary>That of a saved transformer.</summary>
    /// <exception cref="InvalidDataException">The ranges are not those of the embedder's vectors; it is disposed then.</exception>
    public static EmbeddingOutput Read(SentenceEmbeddingManifest manifest, SentenceEmbedder embedder)
    {
        var dimension = embedder.Dimension;
        if (!NeedsRanges(manifest.Precision) || manifest.Ranges is { } ranges && ranges.Lowest.Length == dimension && ranges.Highest.Length == dimension)
            return new EmbeddingOutput(manifest.Precision, manifest.Ranges);
        embedder.Dispose();
        throw new InvalidDataException($"'{ModelManifest.FileName}' has no range for each of the vectors' {dimension} dimensions, which {manifest.Precision} needs.");
    }

    /// <exception cref="ArgumentException">Bits that do not fill bytes.</exception>
    public static void CheckDimension(EmbeddingPrecision precision, int dimension)
    {
        if (precision is EmbeddingPrecision.Binary or EmbeddingPrecision.UBinary && dimension % BitsInByte != 0)
        {
            throw new ArgumentException($"'{nameof(SentenceEmbeddingEstimator.Options.Precision)}' is {precision}, which puts {BitsInByte} dimensions into a "
                + $"byte, but the vectors have {dimension}.", nameof(precision));
        }
    }

    /// <summary>The <c>ValueGetter</c> of the output column.</summary>
    public Delegate Getter(WindowScorer.NumbersOfRow numbers) => Precision switch
    {
        EmbeddingPrecision.Float32 => Getter<float>(numbers, 1, (vector, values) => vector.CopyTo(values)),
        EmbeddingPrecision.Int8 => Getter<sbyte>(numbers, 1, ToSignedBytes),
        EmbeddingPrecision.UInt8 => Getter<byte>(numbers, 1, ToBytes),
        EmbeddingPrecision.Binary => Getter<sbyte>(numbers, BitsInByte, (vector, values) =>
        {
            var bytes = MemoryMarshal.AsBytes(values);
            ToBits(vector, bytes);
            for (var i = 0; i < bytes.Length; i++)
                values[i] = (sbyte)(bytes[i] - 128);
        }),
        _ => Getter<byte>(numbers, BitsInByte, ToBits),
    };

    /// <summary>What is between two steps goes towards 0, as numpy's conversion has it.</summary>
    internal void ToSignedBytes(ReadOnlySpan<float> vector, Span<sbyte> values)
    {
        for (var i = 0; i < vector.Length; i++)
            values[i] = (sbyte)Math.Clamp(Ranges!.Place(i, vector[i]) - 128, sbyte.MinValue, sbyte.MaxValue);
    }

    internal void ToBytes(ReadOnlySpan<float> vector, Span<byte> values)
    {
        for (var i = 0; i < vector.Length; i++)
            values[i] = (byte)Math.Clamp(Ranges!.Place(i, vector[i]), byte.MinValue, byte.MaxValue);
    }

    internal static void ToBits(ReadOnlySpan<float> vector, Span<byte> values)
    {
        values.Clear();
        for (var i = 0; i < vector.Length; i++)
        {
            if (vector[i] > 0)
                values[i / BitsInByte] |= (byte)(0x80 >> (i % BitsInByte));
        }
    }

    private static ValueGetter<VBuffer<T>> Getter<T>(WindowScorer.NumbersOfRow numbers, int dimensionsInItem, Convert<T> convert) =>
        (ref VBuffer<T> value) =>
        {
            var vector = numbers();
            var editor = VBufferEditor.Create(ref value, vector.Length / dimensionsInItem);
            convert(vector, editor.Values);
            value = editor.Commit();
        };

    private delegate void Convert<T>(ReadOnlySpan<float> vector, Span<T> values);
}
