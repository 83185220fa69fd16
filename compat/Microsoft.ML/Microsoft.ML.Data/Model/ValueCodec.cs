using System.Runtime.InteropServices;

namespace Microsoft.ML.Data;

/// <summary>ML.NET's binary forms of column types and of runs of values.</summary>
internal static class ValueCodec
{
    private const int LengthMask = int.MaxValue;

    /// <summary>Writes a type: its name, the size of what describes it further, and that.</summary>
    internal static void WriteType(BinaryWriter writer, DataViewType type)
    {
        using MemoryStream description = new();
        using BinaryWriter inner = new(description);
        string name;
        switch (type)
        {
            case KeyDataViewType key:
                name = "Key2";
                WriteType(inner, TypeExtensions.NumberType(key.RawType));
                inner.Write(key.Count);
                break;
            case VectorDataViewType vector:
                name = "VBuffer";
                WriteType(inner, vector.ItemType);
                inner.Write(vector.Dimensions.Length);
                foreach (int size in vector.Dimensions)
                {
                    inner.Write(size);
                }

                break;
            default:
                name = type is TextDataViewType ? "TextSpan" : type.RawType.Name;
                break;
        }

        inner.Flush();
        writer.Write(name);
        writer.Write7BitEncodedInt64(description.Length);
        writer.Write(description.ToArray());
    }

    internal static DataViewType ReadType(BinaryReader reader)
    {
        string name = reader.ReadString();
        long size = reader.Read7BitEncodedInt64();
        long end = reader.BaseStream.Position + size;
        Contracts.CheckDecode(size >= 0 && end <= reader.BaseStream.Length, $"Corrupt data: the description of type '{name}'");
        DataViewType type;
        switch (name)
        {
            case "Key2":
            case "Key":
                DataViewType number = ReadType(reader);
                if (name == "Key")
                {
                    // The older form: contiguous, minimum, count.
                    Contracts.CheckDecode(reader.ReadBoolean() && reader.ReadUInt64() == 0, "Keys that are not contiguous from 0 are no longer supported");
                }

                Contracts.CheckDecode(KeyDataViewType.IsValidDataType(number.RawType), $"Corrupt data: keys of type {number}");
                ulong count = name == "Key" ? (ulong)reader.ReadInt32() : reader.ReadUInt64();
                type = new KeyCount { Count = count == 0 ? null : count }.TypeOf(number.RawType);
                break;
            case "VBuffer":
                DataViewType item = ReadType(reader);
                Contracts.CheckDecode(item is PrimitiveDataViewType, $"Corrupt data: vectors of {item}");
                int dimensions = reader.ReadInt32();
                Contracts.CheckDecode(dimensions >= 0 && dimensions <= size / sizeof(int), "Corrupt data: the dimensions of a vector type");
                int[] sizes = [.. Enumerable.Range(0, dimensions).Select(_ => reader.ReadInt32())];
                type = sizes.Length == 0 ? new VectorDataViewType((PrimitiveDataViewType)item) : new VectorDataViewType((PrimitiveDataViewType)item, sizes);
                break;
            default:
                type = Simple(name) ?? throw Contracts.ExceptDecode($"Unknown value type '{name}'");
                break;
        }

        Contracts.CheckDecode(reader.BaseStream.Position == end, $"Corrupt data: the description of type '{name}'");
        return type;
    }

    internal static void WriteValues<T>(BinaryWriter writer, DataViewType type, IReadOnlyList<T> values)
    {
        switch (values)
        {
            case IReadOnlyList<ReadOnlyMemory<char>> texts:
                WriteTexts(writer, texts);
                break;
            case IReadOnlyList<bool> flags:
                WriteBits(writer, flags);
                break;
            case IReadOnlyList<DateTime> times:
                WriteEach(times, time => writer.Write(time.Ticks));
                break;
            case IReadOnlyList<DateTimeOffset> times:
                WriteEach(times, time => writer.Write((short)time.Offset.TotalMinutes));
                WriteEach(times, time => writer.Write(time.DateTime.Ticks));
                break;
            default:
                string method = type is VectorDataViewType ? nameof(WriteVectors) : nameof(WriteNumbers);
                DataViewExtensions.InvokeStatic(typeof(ValueCodec), method, type.ItemType().RawType, writer, type, values);
                break;
        }
    }

    internal static T[] ReadValues<T>(BinaryReader reader, DataViewType type, int count)
    {
        Array values;
        if (type is VectorDataViewType)
        {
            values = (Array)DataViewExtensions.InvokeStatic(typeof(ValueCodec), nameof(ReadVectors), type.ItemType().RawType, reader, type, count);
        }
        else if (typeof(T) == typeof(ReadOnlyMemory<char>))
        {
            values = ReadTexts(reader, count);
        }
        else if (typeof(T) == typeof(bool))
        {
            byte[] bits = ReadExactly(reader, (count + 7) / 8);
            values = Enumerable.Range(0, count).Select(i => (bits[i / 8] >> (i % 8) & 1) != 0).ToArray();
        }
        else if (typeof(T) == typeof(DateTime))
        {
            values = ReadEach(count, () => new DateTime(reader.ReadInt64()));
        }
        else if (typeof(T) == typeof(DateTimeOffset))
        {
            short[] offsets = ReadEach(count, reader.ReadInt16);
            int next = 0;
            values = ReadEach(count, () => new DateTimeOffset(reader.ReadInt64(), TimeSpan.FromMinutes(offsets[next++])));
        }
        else
        {
            values = (Array)DataViewExtensions.InvokeStatic(typeof(ValueCodec), nameof(ReadNumbers), type.RawType, reader, count);
        }

        return (T[])values;
    }

    private static PrimitiveDataViewType Simple(string name) => name switch
    {
        "TextSpan" => TextDataViewType.Instance,
        "Boolean" => BooleanDataViewType.Instance,
        "DateTime" or "DvDateTime" => DateTimeDataViewType.Instance,
        "DateTimeOffset" or "DvDateTimeZone" => DateTimeOffsetDataViewType.Instance,
        "TimeSpan" or "DvTimeSpan" => TimeSpanDataViewType.Instance,
        "DataViewRowId" => RowIdDataViewType.Instance,
        _ => NumberDataViewType.All.FirstOrDefault(number => number.RawType.Name == name),
    };

    private static void WriteEach<T>(IReadOnlyList<T> values, Action<T> write)
    {
        foreach (T value in values)
        {
            write(value);
        }
    }

    private static T[] ReadEach<T>(int count, Func<T> read)
    {
        T[] values = new T[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = read();
        }

        return values;
    }

    private static void WriteNumbers<T>(BinaryWriter writer, DataViewType type, IReadOnlyList<T> values)
        where T : unmanaged
    {
        T[] array = [.. values];
        writer.Write(MemoryMarshal.AsBytes(array.AsSpan()));
    }

    private static T[] ReadNumbers<T>(BinaryReader reader, int count)
        where T : unmanaged
    {
        CheckAvailable(reader, (long)count * Marshal.SizeOf<T>());
        T[] values = new T[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    // The number of texts, where each ends, and all in one.
    private static void WriteTexts(BinaryWriter writer, IReadOnlyList<ReadOnlyMemory<char>> texts)
    {
        writer.Write(texts.Count);
        int end = 0;
        foreach (ReadOnlyMemory<char> text in texts)
        {
            writer.Write(end += text.Length);
        }

        writer.Write(string.Concat(texts.Select(text => text.ToString())));
    }

    private static ReadOnlyMemory<char>[] ReadTexts(BinaryReader reader, int count)
    {
        Contracts.CheckDecode(reader.ReadInt32() == count, "Corrupt data: the number of texts");
        int[] ends = ReadNumbers<int>(reader, count);
        ReadOnlyMemory<char> all = reader.ReadString().AsMemory();
        ReadOnlyMemory<char>[] texts = new ReadOnlyMemory<char>[count];
        int from = 0;
        for (int i = 0; i < count; i++)
        {
            // A high bit was once the mark of the missing text, which is the empty one now.
            int end = ends[i] & LengthMask;
            Contracts.CheckDecode(end >= from && end <= all.Length, "Corrupt data: the ends of texts");
            texts[i] = ends[i] < 0 ? default : all[from..end];
            from = end;
        }

        return texts;
    }

    private static void WriteBits(BinaryWriter writer, IReadOnlyList<bool> flags)
    {
        byte[] bytes = new byte[(flags.Count + 7) / 8];
        for (int i = 0; i < flags.Count; i++)
        {
            bytes[i / 8] |= (byte)((flags[i] ? 1 : 0) << (i % 8));
        }

        writer.Write(bytes);
    }

    // The number of vectors, their length if all have one (0, then each one's), for each the number of explicit values (-1: dense), all indices, all values.
    private static void WriteVectors<T>(BinaryWriter writer, DataViewType type, IReadOnlyList<VBuffer<T>> vectors)
    {
        VectorDataViewType vectorType = (VectorDataViewType)type;
        List<int> indices = [];
        List<T> values = [];
        foreach (VBuffer<T> vector in vectors)
        {
            Contracts.Check(!vectorType.IsKnownSize || vector.Length == vectorType.Size,
                $"Length mismatch: expected {vectorType.Size} slots but got {vector.Length}");
            indices.AddRange(vector.GetIndices());
            values.AddRange(vector.GetValues());
        }

        writer.Write(vectors.Count);
        int length = vectorType.IsKnownSize ? vectorType.Size : vectors.Select(vector => vector.Length).Distinct().Count() == 1 ? vectors[0].Length : 0;
        writer.Write(length);
        if (length == 0)
        {
            WriteEach(vectors, vector => writer.Write(vector.Length));
        }

        WriteEach(vectors, vector => writer.Write(vector.IsDense ? -1 : vector.GetValues().Length));
        writer.Write(indices.Count);
        WriteEach(indices, writer.Write);
        WriteValues(writer, vectorType.ItemType, values);
    }

    private static VBuffer<T>[] ReadVectors<T>(BinaryReader reader, DataViewType type, int count)
    {
        Contracts.CheckDecode(reader.ReadInt32() == count, "Corrupt data: the number of vectors");
        int length = reader.ReadInt32();
        Contracts.CheckDecode(length >= 0, "Corrupt data: the length of vectors");
        int[] lengths = length > 0 ? [.. Enumerable.Repeat(length, count)] : ReadNumbers<int>(reader, count);
        int[] counts = ReadNumbers<int>(reader, count);
        int[] indices = ReadNumbers<int>(reader, reader.ReadInt32());
        int[] sizes = [.. counts.Zip(lengths, (explicitCount, all) => explicitCount < 0 ? all : explicitCount)];
        T[] values = ReadValues<T>(reader, type.ItemType(), sizes.Sum());
        VBuffer<T>[] vectors = new VBuffer<T>[count];
        int index = 0;
        int value = 0;
        for (int i = 0; i < count; i++)
        {
            T[] own = values[value..(value + sizes[i])];
            value += sizes[i];
            if (counts[i] < 0)
            {
                vectors[i] = new VBuffer<T>(lengths[i], own);
                continue;
            }

            int[] slots = indices[index..(index + sizes[i])];
            index += sizes[i];
            Contracts.CheckDecode(slots.Zip(slots.Skip(1)).All(pair => pair.First < pair.Second) && slots.All(slot => slot >= 0 && slot < lengths[i]),
                "Corrupt data: the indices of a sparse vector");
            vectors[i] = new VBuffer<T>(lengths[i], sizes[i], own, slots);
        }

        return vectors;
    }

    private static byte[] ReadExactly(BinaryReader reader, int count)
    {
        CheckAvailable(reader, count);
        return reader.ReadBytes(count);
    }

    private static void CheckAvailable(BinaryReader reader, long size) =>
        Contracts.CheckDecode(size >= 0 && size <= reader.BaseStream.Length - reader.BaseStream.Position, "Corrupt data: it is cut off");
}
