using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>A safetensors file, read where it lies: mapped into memory, or a window on memory that is already there.</summary>
/// <remarks>
/// Opening reads and checks the header only (https://github.com/huggingface/safetensors, same verdicts as its library), so it allocates nothing in proportion
/// to what a header claims.
/// Thread-safe apart from <see cref="Dispose"/>. A file must not be cut short by others while it is open: mapped memory would be gone.
/// </remarks>
public sealed unsafe class SafetensorsFile : IDisposable
{
    private readonly byte* _start;
    private readonly Action _release;
    private bool _disposed;

    private SafetensorsFile(byte* start, long length, string name, Action release)
    {
        _start = start;
        _release = release;
        Name = name;
        try
        {
            var headerLength = SafetensorsHeader.ReadLength(new ReadOnlySpan<byte>(start, (int)Math.Min(length, 8)), length);
            (var tensors, var metadata) = SafetensorsHeader.Parse(new ReadOnlySpan<byte>(start + 8, headerLength), length - 8 - headerLength);
            (Tensors, Metadata) = (tensors, metadata);
        }
        catch (InvalidDataException e)
        {
            release();
            throw new InvalidDataException($"Safetensors file '{name}': {e.Message}.", e.InnerException);
        }
        catch
        {
            release();
            throw;
        }
    }

    /// <summary>The file's name, as errors give it.</summary>
    public string Name { get; }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Tensors { get; }

    /// <summary>The header's <c>__metadata__</c>; empty when there is none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Maps a file into memory and reads its header.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is not a well-formed safetensors file; the message names the file, the tensor where one is at fault, and the
    /// fault.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        if (stream.Length == 0)
        {
            stream.Dispose();
            throw new InvalidDataException($"Safetensors file '{path}': it is empty.");
        }

        var map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        try
        {
            // A file that is never disposed stays mapped (the handle's reference is not given back), so that spans on it never dangle.
            var length = stream.Length;
            var view = map.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
            byte* start = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            return new SafetensorsFile(start + view.PointerOffset, length, path, () =>
            {
                view.SafeMemoryMappedViewHandle.ReleasePointer();
                view.Dispose();
                map.Dispose();
            });
        }
        catch
        {
            map.Dispose();
            throw;
        }
    }

    /// <summary>Reads a file that is in memory, without copying it; the memory must not change while the file is open.</summary>
    /// <exception cref="InvalidDataException">It is not a well-formed safetensors file; the message names the tensor where one is at fault, and the
    /// fault.</exception>
    public static SafetensorsFile FromMemory(ReadOnlyMemory<byte> bytes, string name = "(memory)")
    {
        var pin = bytes.Pin();
        return new SafetensorsFile((byte*)pin.Pointer, bytes.Length, name, pin.Dispose);
    }

    /// <summary>Reads the rest of a stream into memory of its own, which is freed with the file.</summary>
    /// <exception cref="InvalidDataException">It is not a well-formed safetensors file; the message names the tensor where one is at fault, and the
    /// fault.</exception>
    internal static SafetensorsFile FromStream(Stream stream, string name)
    {
        var length = stream.Length - stream.Position;
        var memory = (byte*)NativeMemory.Alloc((nuint)Math.Max(length, 1));
        try
        {
            for (long at = 0; at < length;)
            {
                var count = stream.Read(new Span<byte>(memory + at, (int)Math.Min(length - at, 1 << 24)));
                if (count == 0)
                    throw new InvalidDataException($"Safetensors file '{name}': it ends after {at} of {length} bytes.");
                at += count;
            }
        }
        catch
        {
            NativeMemory.Free(memory);
            throw;
        }

        return new SafetensorsFile(memory, length, name, () => NativeMemory.Free(memory));
    }

    /// <summary>A window on memory that lives as long as <paramref name="owner"/>.</summary>
    internal static SafetensorsFile FromPointer(byte* start, long length, string name, object owner) =>
        new(start, length, name, () => GC.KeepAlive(owner));

    /// <summary>A tensor's bytes in place: row-major, little-endian, not necessarily aligned. Valid until the file is disposed.</summary>
    /// <exception cref="KeyNotFoundException">There is no tensor of that name.</exception>
    /// <exception cref="NotSupportedException">The tensor has 2 GiB or more, which a span cannot hold; <see cref="ToTensor"/> reads it.</exception>
    public ReadOnlySpan<byte> Bytes(string name)
    {
        var entry = Entry(name);
        if (entry.ByteLength > int.MaxValue)
            throw new NotSupportedException($"Safetensors file '{Name}': tensor '{name}' has {entry.ByteLength} bytes, more than a span can hold.");
        return Bytes(entry, 0, (int)entry.ByteLength);
    }

    /// <summary>Copies a floating-point tensor to <paramref name="destination"/>, converting F16, BF16 and F64 to single precision.</summary>
    /// <exception cref="KeyNotFoundException">There is no tensor of that name.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> does not have the tensor's number of elements.</exception>
    /// <exception cref="NotSupportedException">The tensor is not F32, F16, BF16 or F64.</exception>
    public void CopyTo(string name, Span<float> destination)
    {
        var entry = Entry(name);
        if (destination.Length != entry.ElementCount)
        {
            throw new ArgumentException(
                $"Safetensors file '{Name}': tensor '{name}' has {entry.ElementCount} elements, but the destination has {destination.Length}.",
                nameof(destination));
        }

        if (!FloatConversion.CanConvert(entry.DType))
            throw new NotSupportedException(
                $"Safetensors file '{Name}': tensor '{name}' is {entry.DType.FormatName()}, which is not converted to single precision.");
        var size = entry.DType.Bits() / 8;
        const int Step = 1 << 24;
        for (var at = 0; at < destination.Length; at += Step)
        {
            var count = Math.Min(Step, destination.Length - at);
            FloatConversion.ToSingle(entry.DType, Bytes(entry, (long)at * size, count * size), destination.Slice(at, count));
        }
    }

    /// <summary>Copies a tensor into a new torch tensor on the CPU, which no longer needs the file.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="dtype">Element type of the result; null: the file's own. F16 and BF16 are converted to float32 on the way, without a second copy.</param>
    /// <exception cref="KeyNotFoundException">There is no tensor of that name.</exception>
    /// <exception cref="NotSupportedException">The element type (one of the 8, 6 and 4-bit floats, or an unsigned integer above 8 bits) has no torch
    /// type.</exception>
    public Tensor ToTensor(string name, ScalarType? dtype = null) => SafetensorsTensors.ToTensor(this, Entry(name), dtype);

    /// <summary>A tensor's description.</summary>
    internal SafetensorsEntry Entry(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Tensors.TryGetValue(name, out var entry) ? entry : throw new KeyNotFoundException($"Safetensors file '{Name}' has no tensor '{name}'.");
    }

    /// <summary>A part of a tensor's bytes.</summary>
    internal ReadOnlySpan<byte> Bytes(SafetensorsEntry entry, long offset, int count)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, entry.ByteLength - offset);
        return new ReadOnlySpan<byte>(_start + entry.Offset + offset, count);
    }

    /// <summary>Unmaps the file. Spans on it must not be used any more.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _release();
    }
}
