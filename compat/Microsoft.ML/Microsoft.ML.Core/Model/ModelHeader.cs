using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Microsoft.ML;

/// <summary>
/// The 256 bytes before each component's part of a model file: where the model block, the string table and the name of the loader's assembly are,
/// which component wrote it, and in which version. All offsets count from the header's start; all numbers are little-endian.
/// </summary>
internal struct ModelHeader
{
    internal const int Size = 256;
    private const ulong Signature = 0x4C45444F4D004C4D; // "ML\0MODEL"
    private const ulong TailSignature = 0x4D4C004D4F44454C;
    private const uint Version = 0x00010002;
    private const uint OldestReadable = 0x00010001;
    private const int LoaderSignatureLength = 24;

    internal ulong ModelSignature;
    internal uint ModelVerWritten;
    internal uint ModelVerReadable;
    internal string LoaderSignature;
    internal string LoaderSignatureAlt;
    internal long ModelSize;
    internal long Limit;

    private long _tail;

    internal readonly long FpModel => Size;

    /// <summary>Up to eight ASCII characters as a number, the first in the lowest byte.</summary>
    internal static ulong Pack(string text)
    {
        ulong packed = 0;
        for (int i = 0; i < text.Length; i++)
        {
            Contracts.Check(text[i] <= 0xFF, $"'{text}' must be ASCII");
            packed |= (ulong)text[i] << (i * 8);
        }

        return packed;
    }

    internal void Set(VersionInfo version)
    {
        Contracts.Check((version.LoaderSignature?.Length ?? 0) <= LoaderSignatureLength,
            $"Loader signature '{version.LoaderSignature}' is longer than {LoaderSignatureLength}");
        ModelSignature = version.ModelSignature;
        ModelVerWritten = version.VerWrittenCur;
        ModelVerReadable = version.VerReadableCur;
        LoaderSignature = version.LoaderSignature;
        LoaderSignatureAlt = version.LoaderSignatureAlt;
    }

    internal readonly void CheckVersion(VersionInfo version)
    {
        Contracts.CheckDecode(ModelSignature == version.ModelSignature, "Unknown file type");
        Contracts.CheckDecode(ModelVerReadable <= ModelVerWritten, "Corrupt file header");
        Contracts.CheckDecode(ModelVerReadable <= version.VerWrittenCur,
            $"Cannot read component '{version.LoaderSignature}' of the model, because the model is too new: maximum expected version "
                + $"{version.VerWrittenCur}, got {ModelVerReadable}.");
        Contracts.CheckDecode(ModelVerWritten >= version.VerWeCanReadBack,
            $"Cannot read component '{version.LoaderSignature}' of the model, because the model is too old: minimum expected version "
                + $"{version.VerWeCanReadBack}, got {ModelVerWritten}.");
    }

    /// <summary>Writes what follows the model block, then the header into the place left for it.</summary>
    internal static void Write(BinaryWriter writer, long start, ModelHeader header, IReadOnlyList<string> strings, string loaderAssemblyName)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bytes.Clear();
        Put(bytes, 0x00, Signature);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[0x08..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[0x0C..], Version);
        writer.Flush();
        Stream stream = writer.BaseStream;
        Put(bytes, 0x10, Size);
        Put(bytes, 0x18, (ulong)(stream.Position - start - Size));
        if (strings.Count > 0)
        {
            Put(bytes, 0x20, (ulong)(stream.Position - start));
            Put(bytes, 0x28, (ulong)(strings.Count * sizeof(long)));
            long end = 0;
            foreach (string text in strings)
            {
                end += text.Length * sizeof(char);
                writer.Write(end);
            }

            Put(bytes, 0x30, (ulong)(stream.Position - start));
            Put(bytes, 0x38, (ulong)end);
            foreach (string text in strings)
            {
                writer.Write(Utf16(text));
            }
        }

        Put(bytes, 0x40, header.ModelSignature);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[0x48..], header.ModelVerWritten);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[0x4C..], header.ModelVerReadable);
        PutAscii(bytes.Slice(0x50, LoaderSignatureLength), header.LoaderSignature);
        PutAscii(bytes.Slice(0x68, LoaderSignatureLength), header.LoaderSignatureAlt);
        if (!string.IsNullOrEmpty(loaderAssemblyName))
        {
            Put(bytes, 0x90, (ulong)(stream.Position - start));
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[0x98..], (uint)loaderAssemblyName.Length * sizeof(char));
            writer.Write(Utf16(loaderAssemblyName));
        }

        Put(bytes, 0x80, (ulong)(stream.Position - start));
        writer.Write(TailSignature);
        writer.Flush();
        long limit = stream.Position;
        Put(bytes, 0x88, (ulong)(limit - start));
        stream.Position = start;
        stream.Write(bytes);
        stream.Position = limit;
    }

    /// <summary>Reads a header and what it points at, and leaves the reader at the model block.</summary>
    internal static ModelHeader Read(BinaryReader reader, out string[] strings, out string loaderAssemblyName)
    {
        Stream stream = reader.BaseStream;
        long start = stream.Position;
        byte[] bytes = reader.ReadBytes(Size);
        Contracts.CheckDecode(bytes.Length == Size, "Corrupt model file: the header is cut off");
        Contracts.CheckDecode(Get(bytes, 0x00) == Signature, "Wrong file type");
        uint written = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(0x08));
        uint readable = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(0x0C));
        Contracts.CheckDecode(readable <= written, "Corrupt file header");
        Contracts.CheckDecode(readable <= Version, "File is too new");
        Contracts.CheckDecode(written >= OldestReadable, "File is too old");
        long available = stream.Length - start;
        long modelSize = (long)Get(bytes, 0x18);
        Contracts.CheckDecode(Get(bytes, 0x10) == Size && modelSize >= 0 && modelSize <= available - Size, "Corrupt model file: the model block");
        ModelHeader header = new()
        {
            ModelSignature = Get(bytes, 0x40),
            ModelVerWritten = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(0x48)),
            ModelVerReadable = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(0x4C)),
            LoaderSignature = GetAscii(bytes.AsSpan(0x50, LoaderSignatureLength)),
            LoaderSignatureAlt = GetAscii(bytes.AsSpan(0x68, LoaderSignatureLength)),
            ModelSize = modelSize,
            Limit = (long)Get(bytes, 0x88),
            _tail = (long)Get(bytes, 0x80),
        };
        Contracts.CheckDecode(header._tail >= Size && header.Limit == header._tail + sizeof(ulong) && header.Limit <= available,
            "Corrupt model file: the tail");
        strings = ReadStrings(reader, start, bytes, header._tail);
        long namePosition = (long)Get(bytes, 0x90);
        uint nameSize = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(0x98));
        loaderAssemblyName = null;
        if (written >= Version && namePosition != 0)
        {
            Contracts.CheckDecode(namePosition >= Size && namePosition + nameSize == header._tail, "Corrupt model file: the loader's assembly name");
            stream.Position = start + namePosition;
            loaderAssemblyName = FromUtf16(reader.ReadBytes((int)nameSize));
        }

        stream.Position = start + header._tail;
        Contracts.CheckDecode(reader.ReadUInt64() == TailSignature, "Corrupt model file tail");
        stream.Position = start + Size;
        return header;
    }

    private static string[] ReadStrings(BinaryReader reader, long start, byte[] bytes, long limit)
    {
        long table = (long)Get(bytes, 0x20);
        long tableSize = (long)Get(bytes, 0x28);
        long characters = (long)Get(bytes, 0x30);
        long size = (long)Get(bytes, 0x38);
        if (table == 0)
        {
            return [];
        }

        Contracts.CheckDecode(table >= Size && tableSize > 0 && tableSize % sizeof(long) == 0 && table <= limit - tableSize && characters == table + tableSize
            && size >= 0 && characters <= limit - size, "Corrupt model file: the string table");
        reader.BaseStream.Position = start + table;
        long[] ends = new long[tableSize / sizeof(long)];
        for (int i = 0; i < ends.Length; i++)
        {
            ends[i] = reader.ReadInt64();
        }

        string[] strings = new string[ends.Length];
        long from = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            long length = ends[i] - from;
            Contracts.CheckDecode(length >= 0 && length % sizeof(char) == 0 && ends[i] <= size, "Corrupt model file: the string table");
            strings[i] = FromUtf16(reader.ReadBytes((int)length));
            from = ends[i];
        }

        Contracts.CheckDecode(from == size, "Corrupt model file: the string table");
        return strings;
    }

    // Code unit by code unit: an encoder would replace lone surrogates.
    private static ReadOnlySpan<byte> Utf16(string text) => MemoryMarshal.AsBytes(text.AsSpan());

    private static string FromUtf16(byte[] bytes) => new(MemoryMarshal.Cast<byte, char>(bytes));

    private static void Put(Span<byte> bytes, int offset, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(bytes[offset..], value);

    private static ulong Get(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..]);

    private static void PutAscii(Span<byte> bytes, string text) => Encoding.Latin1.GetBytes(text ?? "", bytes);

    private static string GetAscii(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes.TrimEnd((byte)0));
}
