namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>One tensor of a safetensors file, as its header describes it.</summary>
/// <param name="Name">The tensor's name, for example <c>encoder.layer.0.output.dense.weight</c>.</param>
/// <param name="DType">Element type.</param>
/// <param name="Shape">Dimensions, outermost first; empty for a scalar.</param>
/// <param name="Offset">Where its bytes start, counted from the start of the file.</param>
/// <param name="ByteLength">How many bytes it has: row-major, little-endian, without gaps.</param>
public sealed record SafetensorsEntry(string Name, SafetensorsDType DType, IReadOnlyList<long> Shape, long Offset, long ByteLength)
{
    /// <summary>How many elements it has: 1 for a scalar.</summary>
    public long ElementCount => ByteLength * 8 / DType.Bits();

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {DType.FormatName()} [{string.Join(", ", Shape)}]";
}
