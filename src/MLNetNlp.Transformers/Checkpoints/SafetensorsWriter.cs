using System.Buffers.Binary;
using System.Text;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>Writes safetensors files, byte for byte as the format's own library does.</summary>
/// <remarks>
/// Tensors are ordered by falling alignment, then by name; the header is padded with spaces to a multiple of 8 bytes, so that data are aligned.
/// Tensors are written one after the other: no copy of the whole is held, and the stream need not be seekable.
/// </remarks>
public static class SafetensorsWriter
{
    /// <summary>What PyTorch's loaders ask of a file's metadata.</summary>
    private static readonly IReadOnlyDictionary<string, string> TorchMetadata = new Dictionary<string, string> { ["format"] = "pt" };

    private readonly record struct Source(string Name, SafetensorsDType DType, IReadOnlyList<long> Shape, long ByteLength, Action<Stream> Write);

    /// <summary>Writes torch tensors, from whatever device they are on.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="tensors">Names and tensors; names are unique.</param>
    /// <param name="metadata">The header's metadata; null: <c>{"format": "pt"}</c>.</param>
    /// <exception cref="ArgumentException">A name is given twice, or is <c>__metadata__</c>.</exception>
    /// <exception cref="NotSupportedException">A tensor's element type is not in the format.</exception>
    public static void Write(Stream stream, IReadOnlyList<(string Name, Tensor Tensor)> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Write(stream, tensors.Select(t =>
        {
            var dtype = SafetensorsTensors.DTypeOf(t.Tensor, t.Name);
            return new Source(t.Name, dtype, t.Tensor.shape, t.Tensor.numel() * dtype.Bits() / 8, to => SafetensorsTensors.Write(t.Tensor, to));
        }), metadata ?? TorchMetadata);
    }

    /// <summary>Writes tensors given as bytes: row-major, little-endian.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="tensors">Name, element type, shape and bytes of each; names are unique.</param>
    /// <param name="metadata">The header's metadata; null: none.</param>
    /// <exception cref="ArgumentException">A name is given twice or is <c>__metadata__</c>, a dimension is negative, or a tensor does not have the bytes of its
    /// shape.</exception>
    public static void Write(
        Stream stream,
        IReadOnlyList<(string Name, SafetensorsDType DType, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data)> tensors,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Write(stream, tensors.Select(t =>
        {
            if (t.Shape.Any(size => size < 0) || t.Shape.Aggregate((Int128)t.DType.Bits(), (bits, size) => checked(bits * size)) != (Int128)t.Data.Length * 8)
            {
                throw new ArgumentException(
                    $"Tensor '{t.Name}' has {t.Data.Length} bytes, which are not those of {t.DType.FormatName()} of shape [{string.Join(", ", t.Shape)}].",
                    nameof(tensors));
            }

            return new Source(t.Name, t.DType, t.Shape, t.Data.Length, to => to.Write(t.Data.Span));
        }), metadata);
    }

    private static void Write(Stream stream, IEnumerable<Source> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Source[] ordered = [.. tensors.Select(t => (Tensor: t, Key: Encoding.UTF8.GetBytes(t.Name)))
            .OrderByDescending(t => t.Tensor.DType).ThenBy(t => t.Key, Utf8Order.Instance).Select(t => t.Tensor)];
        Check(ordered);
        var header = Header(ordered, metadata);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in ordered)
            tensor.Write(stream);
    }

    private static void Check(Source[] tensors)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var (name, _, _, _, _) in tensors)
        {
            if (name == "__metadata__")
                throw new ArgumentException("A tensor cannot be named '__metadata__'.", nameof(tensors));
            if (!names.Add(name))
                throw new ArgumentException($"Tensor '{name}' is given twice.", nameof(tensors));
        }
    }

    private static byte[] Header(Source[] tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        List<string> items = [];
        if (metadata is not null)
        {
            var pairs = metadata.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{Quote(p.Key)}:{Quote(p.Value)}");
            items.Add($"\"__metadata__\":{{{string.Join(',', pairs)}}}");
        }

        long at = 0;
        foreach (var (name, dtype, shape, bytes, _) in tensors)
        {
            items.Add($"{Quote(name)}:{{\"dtype\":\"{dtype.FormatName()}\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{at},{at + bytes}]}}");
            at += bytes;
        }

        var json = Encoding.UTF8.GetBytes($"{{{string.Join(',', items)}}}");
        var padded = new byte[(json.Length + 7) / 8 * 8];
        json.CopyTo(padded, 0);
        padded.AsSpan(json.Length).Fill((byte)' ');
        return padded.Length <= SafetensorsHeader.MaxLength
            ? padded
            : throw new ArgumentException(
                $"The header would have {padded.Length} bytes, more than the {SafetensorsHeader.MaxLength} that the format allows.", nameof(tensors));
    }

    /// <summary>A JSON string as serde_json writes it: only what must be escaped is.</summary>
    private static string Quote(string text)
    {
        var json = new StringBuilder("\"", text.Length + 2);
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append("\\\\"),
                '\b' => json.Append("\\b"),
                '\f' => json.Append("\\f"),
                '\n' => json.Append("\\n"),
                '\r' => json.Append("\\r"),
                '\t' => json.Append("\\t"),
                < ' ' => json.Append($"\\u{(int)c:x4}"),
                _ => json.Append(c),
            };
        }

        return json.Append('"').ToString();
    }

    /// <summary>Order of UTF-8 bytes, which is not the order of UTF-16 units.</summary>
    private sealed class Utf8Order : IComparer<byte[]>
    {
        public static Utf8Order Instance { get; } = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
