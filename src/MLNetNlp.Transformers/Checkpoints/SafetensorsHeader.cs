using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>Reads and checks a safetensors header: the same rules, in the same order, as the format's own library (safetensors 0.8, Rust).</summary>
internal static class SafetensorsHeader
{
    /// <summary>The format's limit on the header's length in bytes.</summary>
    public const int MaxLength = 100_000_000;

    private const string MetadataName = "__metadata__";

    private readonly record struct RawEntry(SafetensorsDType DType, long[] Shape, ulong Begin, ulong End);

    /// <summary>How many bytes the JSON has that follows the first eight.</summary>
    public static int ReadLength(ReadOnlySpan<byte> start, long fileLength)
    {
        if (fileLength < 8)
            throw new InvalidDataException($"it has {fileLength} bytes, but a header alone has at least 8");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > MaxLength)
            throw new InvalidDataException($"it says that its header has {length} bytes, more than the {MaxLength} that the format allows; " +
                "it is some other kind of file");
        if ((long)length > fileLength - 8)
            throw new InvalidDataException($"it says that its header has {length} bytes, but only {fileLength - 8} follow; " +
                "the file is cut off or of another kind");
        return (int)length;
    }

    /// <summary>Parses the JSON and checks that the tensors cover the data exactly.</summary>
    /// <param name="json">The header without its length.</param>
    /// <param name="dataLength">How many bytes follow the header.</param>
    public static (Dictionary<string, SafetensorsEntry> Tensors, Dictionary<string, string> Metadata) Parse(ReadOnlySpan<byte> json, long dataLength)
    {
        if (!Utf8.IsValid(json))
            throw new InvalidDataException("its header is not valid UTF-8");
        Dictionary<string, RawEntry> raw = new(StringComparer.Ordinal);
        Dictionary<string, string>? metadata = null;
        try
        {
            // serde_json, which the format's library uses, has the same limit on depth.
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 127 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new InvalidDataException("its header is not a JSON object");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                if (name != MetadataName)
                    raw[name] = ReadEntry(ref reader, name); // a name given twice: the last one counts, as in the format's library
                else if (metadata is null)
                    metadata = ReadMetadata(ref reader);
                else
                    throw new InvalidDataException($"its header has '{MetadataName}' twice");
            }

            // Anything after the closing brace is an error that Read raises.
            while (reader.Read())
            {
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"its header is not valid JSON ({e.Message})", e);
        }

        return (Check(raw, json.Length + 8L, dataLength), metadata ?? []);
    }

    private static Dictionary<string, string> ReadMetadata(ref Utf8JsonReader reader)
    {
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        if (reader.TokenType == JsonTokenType.Null)
            return metadata;
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new InvalidDataException($"'{MetadataName}' is {Kind(reader)}, but must be an object of strings");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
                throw new InvalidDataException($"'{name}' in '{MetadataName}' is {Kind(reader)}, but must be a string");
            metadata[name] = reader.GetString()!;
        }

        return metadata;
    }

    private static RawEntry ReadEntry(ref Utf8JsonReader reader, string tensor)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Wrong(tensor, $"its description is {Kind(reader)}, but must be an object");
        SafetensorsDType? dtype = null;
        long[]? shape = null;
        (ulong Begin, ulong End)? offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.GetString()!;
            reader.Read();
            var twice = field switch
            {
                "dtype" => dtype is not null,
                "shape" => shape is not null,
                "data_offsets" => offsets is not null,
                _ => false,
            };
            if (twice)
                throw Wrong(tensor, $"'{field}' is given twice");
            switch (field)
            {
                case "dtype":
                    dtype = ReadDType(ref reader, tensor);
                    break;
                case "shape":
                    shape = ReadShape(ref reader, tensor);
                    break;
                case "data_offsets":
                    offsets = ReadOffsets(ref reader, tensor);
                    break;
                default:
                    SkipChecked(ref reader);
                    break;
            }
        }

        return new RawEntry(
            dtype ?? throw Wrong(tensor, "'dtype' is missing"),
            shape ?? throw Wrong(tensor, "'shape' is missing"),
            offsets?.Begin ?? throw Wrong(tensor, "'data_offsets' is missing"),
            offsets.Value.End);
    }

    private static SafetensorsDType ReadDType(ref Utf8JsonReader reader, string tensor)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw Wrong(tensor, $"'dtype' is {Kind(reader)}, but must be a string");
        var name = reader.GetString()!;
        return SafetensorsDTypes.TryParse(name, out var dtype)
            ? dtype
            : throw Wrong(tensor, $"'{name}' is not an element type of the format; those are {SafetensorsDTypes.AllNames}");
    }

    private static long[] ReadShape(ref Utf8JsonReader reader, string tensor)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Wrong(tensor, $"'shape' is {Kind(reader)}, but must be an array");
        List<long> shape = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var size) || size < 0 || IsNegativeZero(reader))
                throw Wrong(tensor, $"dimension {shape.Count} of 'shape' is {Kind(reader)}, but must be a whole number from 0 to {long.MaxValue}");
            shape.Add(size);
        }

        return [.. shape];
    }

    private static (ulong Begin, ulong End) ReadOffsets(ref Utf8JsonReader reader, string tensor)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Wrong(tensor, $"'data_offsets' is {Kind(reader)}, but must be an array of two numbers");
        Span<ulong> offsets = stackalloc ulong[2];
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (count == 2)
                throw Wrong(tensor, "'data_offsets' has more than two numbers");
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetUInt64(out offsets[count++]))
                throw Wrong(tensor, $"'data_offsets' holds {Kind(reader)}, but must hold whole numbers that are not negative");
        }

        return count == 2 ? (offsets[0], offsets[1]) : throw Wrong(tensor, $"'data_offsets' has {count} numbers, but must have two");
    }

    /// <summary>The data must be covered from its first byte to its last, in one piece, each tensor having the bytes of its shape.</summary>
    private static Dictionary<string, SafetensorsEntry> Check(Dictionary<string, RawEntry> raw, long dataStart, long dataLength)
    {
        Dictionary<string, SafetensorsEntry> tensors = new(raw.Count, StringComparer.Ordinal);
        ulong end = 0;
        foreach (var (name, entry) in raw.OrderBy(p => p.Value.Begin).ThenBy(p => p.Value.End))
        {
            if (entry.Begin != end || entry.End < entry.Begin)
            {
                throw Wrong(name, $"it lies at bytes [{entry.Begin}, {entry.End}) of the data, but the bytes before it end at {end}; " +
                    "tensors must follow each other without gap or overlap");
            }

            if (entry.End > (ulong)dataLength)
                throw Wrong(name, $"it lies at bytes [{entry.Begin}, {entry.End}) of the data, but the file has only {dataLength} bytes of data");
            var bytes = ByteLength(name, entry);
            if (bytes != entry.End - entry.Begin)
            {
                throw Wrong(name, $"{entry.DType.FormatName()} of shape [{string.Join(", ", entry.Shape)}] needs {bytes} bytes, " +
                    $"but it lies at bytes [{entry.Begin}, {entry.End}) of the data, which are {entry.End - entry.Begin}");
            }

            end = entry.End;
            tensors.Add(name, new SafetensorsEntry(name, entry.DType, Array.AsReadOnly(entry.Shape), dataStart + (long)entry.Begin, (long)bytes));
        }

        return end == (ulong)dataLength
            ? tensors
            : throw new InvalidDataException($"its tensors cover {end} bytes, but {dataLength} bytes of data follow the header");
    }

    private static ulong ByteLength(string name, in RawEntry entry)
    {
        try
        {
            ulong bits = 1;
            foreach (var size in entry.Shape)
                bits = checked(bits * (ulong)size);
            bits = checked(bits * (ulong)entry.DType.Bits());
            return bits % 8 == 0
                ? bits / 8
                : throw Wrong(name, $"{entry.DType.FormatName()} of shape [{string.Join(", ", entry.Shape)}] does not fill whole bytes");
        }
        catch (OverflowException)
        {
            throw Wrong(name, $"the size of shape [{string.Join(", ", entry.Shape)}] is beyond 64 bits");
        }
    }

    /// <summary>Skips a value that is not ours, still refusing strings that are no text.</summary>
    private static void SkipChecked(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        do
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                _ = reader.GetString();
        }
        while ((reader.CurrentDepth > depth || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) && reader.Read());
    }

    private static bool IsNegativeZero(in Utf8JsonReader reader) => reader.ValueSpan.Length > 0 && reader.ValueSpan[0] == (byte)'-';

    private static string Kind(in Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => System.Text.Encoding.ASCII.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, 40)]),
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        _ => "null",
    };

    private static InvalidDataException Wrong(string tensor, string what) => new($"tensor '{tensor}': {what}");
}
