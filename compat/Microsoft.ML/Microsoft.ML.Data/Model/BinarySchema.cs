using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Microsoft.ML.Data;

/// <summary>A schema as ML.NET keeps it beside a model: a binary data view without rows, whose columns have their types and annotations.</summary>
internal static class BinarySchema
{
    private const int HeaderSize = 256;
    private const ulong Signature = 0x00425644004C4D43; // "CML\0DVB\0"
    private const ulong TailSignature = 0x434D4C0044564200;
    private const ulong Version = 0x0001000100010006;
    private const byte Uncompressed = 0;
    private const byte Deflate = 1;

    internal static void Write(Stream stream, DataViewSchema schema)
    {
        using BinaryWriter writer = new(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(new byte[HeaderSize]);
        long[] annotations = [.. schema.Select(column => WriteAnnotations(writer, column.Annotations))];
        writer.Flush();
        long contents = stream.Position;
        foreach (DataViewSchema.Column column in schema)
        {
            writer.Write(column.Name);
            ValueCodec.WriteType(writer, column.Type);
            writer.Write(Deflate);
            writer.Write7BitEncodedInt64(1); // rows a block
            writer.Write((long)HeaderSize); // the table of blocks, which is empty
            writer.Write(annotations[column.Index]);
        }

        writer.Flush();
        long tail = stream.Position;
        writer.Write(TailSignature);
        writer.Flush();
        Span<byte> header = stackalloc byte[HeaderSize];
        header.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(header, Signature);
        BinaryPrimitives.WriteUInt64LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], contents);
        BinaryPrimitives.WriteInt64LittleEndian(header[32..], tail);
        BinaryPrimitives.WriteInt64LittleEndian(header[40..], 0); // rows
        BinaryPrimitives.WriteInt32LittleEndian(header[48..], schema.Count);
        stream.Position = 0;
        stream.Write(header);
        stream.Position = stream.Length;
    }

    internal static DataViewSchema Read(Stream stream)
    {
        using BinaryReader reader = new(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            return Read(reader);
        }
        catch (EndOfStreamException e)
        {
            throw Contracts.ExceptDecode("Corrupt schema: it is cut off", e);
        }
    }

    private static DataViewSchema Read(BinaryReader reader)
    {
        Stream stream = reader.BaseStream;
        byte[] header = reader.ReadBytes(HeaderSize);
        Contracts.CheckDecode(header.Length == HeaderSize && BinaryPrimitives.ReadUInt64LittleEndian(header) == Signature,
            "Corrupt schema: it is no binary data view");
        Contracts.CheckDecode(BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(16)) <= Version, "The schema was written by a newer version");
        long contents = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(24));
        long tail = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(32));
        int columns = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(48));
        Contracts.CheckDecode(contents >= 0 && tail >= HeaderSize && tail <= stream.Length - sizeof(ulong) && columns >= 0, "Corrupt schema: the header");
        stream.Position = tail;
        Contracts.CheckDecode(reader.ReadUInt64() == TailSignature, "Corrupt schema: the tail");
        stream.Position = contents;
        DataViewSchema.Builder builder = new();
        List<(string Name, DataViewType Type, long Annotations)> entries = [];
        for (int i = 0; i < columns; i++)
        {
            string name = reader.ReadString();
            DataViewType type = ValueCodec.ReadType(reader);
            reader.ReadByte();
            reader.Read7BitEncodedInt64();
            reader.ReadInt64();
            entries.Add((name, type, reader.ReadInt64()));
        }

        foreach ((string name, DataViewType type, long annotations) in entries)
        {
            builder.AddColumn(name, type, annotations == 0 ? null : ReadAnnotations(reader, annotations));
        }

        return builder.ToSchema();
    }

    // The values, then a table of their kinds, types and places; gives the table's place, 0 for no annotations.
    private static long WriteAnnotations(BinaryWriter writer, DataViewSchema.Annotations annotations)
    {
        List<(DataViewSchema.Column Column, byte Compression, long Position, long Size)> entries = [];
        foreach (DataViewSchema.Column column in annotations.Schema.Where(column => !column.IsHidden))
        {
            byte[] plain = (byte[])DataViewExtensions.InvokeStatic(typeof(BinarySchema), nameof(ValueBytes), column.Type.RawType, annotations, column);
            byte[] compressed = Compress(plain);
            byte[] smaller = compressed.Length < plain.Length ? compressed : plain;
            writer.Flush();
            entries.Add((column, smaller == plain ? Uncompressed : Deflate, writer.BaseStream.Position, smaller.Length));
            writer.Write(smaller);
        }

        if (entries.Count == 0)
        {
            return 0;
        }

        writer.Flush();
        long table = writer.BaseStream.Position;
        writer.Write7BitEncodedInt64(entries.Count);
        foreach ((DataViewSchema.Column column, byte compression, long position, long size) in entries)
        {
            writer.Write(column.Name);
            ValueCodec.WriteType(writer, column.Type);
            writer.Write(compression);
            writer.Write(position);
            writer.Write7BitEncodedInt64(size);
        }

        return table;
    }

    private static DataViewSchema.Annotations ReadAnnotations(BinaryReader reader, long table)
    {
        Stream stream = reader.BaseStream;
        Contracts.CheckDecode(table >= HeaderSize && table < stream.Length, "Corrupt schema: the place of annotations");
        stream.Position = table;
        long count = reader.Read7BitEncodedInt64();
        List<(string Kind, DataViewType Type, byte Compression, long Position, long Size)> entries = [];
        for (long i = 0; i < count; i++)
        {
            entries.Add((reader.ReadString(), ValueCodec.ReadType(reader), reader.ReadByte(), reader.ReadInt64(), reader.Read7BitEncodedInt64()));
        }

        DataViewSchema.Annotations.Builder builder = new();
        foreach ((string kind, DataViewType type, byte compression, long position, long size) in entries)
        {
            Contracts.CheckDecode(position >= HeaderSize && size > 0 && size <= stream.Length - position, $"Corrupt schema: the place of annotation '{kind}'");
            stream.Position = position;
            byte[] bytes = reader.ReadBytes((int)size);
            if (compression == Deflate)
            {
                using MemoryStream plain = new();
                using DeflateStream inflater = new(new MemoryStream(bytes), CompressionMode.Decompress);
                inflater.CopyTo(plain);
                bytes = plain.ToArray();
            }

            builder.Add(kind, type, (Delegate)DataViewExtensions.InvokeStatic(typeof(BinarySchema), nameof(ValueGetter), type.RawType, type, bytes));
        }

        return builder.ToAnnotations();
    }

    private static byte[] ValueBytes<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column column)
    {
        T value = default;
        annotations.GetGetter<T>(column)(ref value);
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        ValueCodec.WriteValues(writer, column.Type, [value]);
        writer.Flush();
        return stream.ToArray();
    }

    private static ValueGetter<T> ValueGetter<T>(DataViewType type, byte[] bytes)
    {
        using BinaryReader reader = new(new MemoryStream(bytes));
        T read = ValueCodec.ReadValues<T>(reader, type, 1)[0];
        return type is VectorDataViewType vector
            ? (ValueGetter<T>)DataViewExtensions.InvokeStatic(typeof(BinarySchema), nameof(VectorGetter), vector.ItemType.RawType, read)
            : (ref T value) => value = read;
    }

    private static ValueGetter<VBuffer<T>> VectorGetter<T>(VBuffer<T> vector) => (ref VBuffer<T> value) => vector.CopyTo(ref value);

    private static byte[] Compress(byte[] bytes)
    {
        using MemoryStream compressed = new();
        using (DeflateStream deflater = new(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflater.Write(bytes);
        }

        return compressed.ToArray();
    }
}
