using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>Between safetensors' bytes and torch tensors.</summary>
internal static class SafetensorsTensors
{
    /// <summary>Bytes are moved in pieces of this size at most: spans end at 2 GiB.</summary>
    private const int PieceElements = 1 << 26;

    /// <summary>The torch type of the same bytes; null where there is none.</summary>
    public static ScalarType? ScalarTypeOf(SafetensorsDType dtype) => dtype switch
    {
        SafetensorsDType.Bool => ScalarType.Bool,
        SafetensorsDType.U8 => ScalarType.Byte,
        SafetensorsDType.I8 => ScalarType.Int8,
        SafetensorsDType.I16 => ScalarType.Int16,
        SafetensorsDType.F16 => ScalarType.Float16,
        SafetensorsDType.BF16 => ScalarType.BFloat16,
        SafetensorsDType.I32 => ScalarType.Int32,
        SafetensorsDType.F32 => ScalarType.Float32,
        SafetensorsDType.C64 => ScalarType.ComplexFloat32,
        SafetensorsDType.F64 => ScalarType.Float64,
        SafetensorsDType.I64 => ScalarType.Int64,
        _ => null,
    };

    /// <summary>The element type that a tensor is written as.</summary>
    public static SafetensorsDType DTypeOf(Tensor tensor, string name) => tensor.dtype switch
    {
        ScalarType.Bool => SafetensorsDType.Bool,
        ScalarType.Byte => SafetensorsDType.U8,
        ScalarType.Int8 => SafetensorsDType.I8,
        ScalarType.Int16 => SafetensorsDType.I16,
        ScalarType.Float16 => SafetensorsDType.F16,
        ScalarType.BFloat16 => SafetensorsDType.BF16,
        ScalarType.Int32 => SafetensorsDType.I32,
        ScalarType.Float32 => SafetensorsDType.F32,
        ScalarType.ComplexFloat32 => SafetensorsDType.C64,
        ScalarType.Float64 => SafetensorsDType.F64,
        ScalarType.Int64 => SafetensorsDType.I64,
        _ => throw new NotSupportedException($"Tensor '{name}' is {tensor.dtype}, which the safetensors format does not have."),
    };

    public static Tensor ToTensor(SafetensorsFile file, SafetensorsEntry entry, ScalarType? dtype)
    {
        var own = ScalarTypeOf(entry.DType) ?? throw new NotSupportedException(
            $"Safetensors file '{file.Name}': tensor '{entry.Name}' is {entry.DType.FormatName()}, which has no torch type here; its bytes can be read.");
        var wanted = dtype ?? own;
        var direct = wanted == own || (wanted == ScalarType.Float32 && FloatConversion.CanConvert(entry.DType));
        var tensor = empty([.. entry.Shape], dtype: direct ? wanted : own, device: CPU);
        try
        {
            Fill(file, entry, tensor);
        }
        catch
        {
            tensor.Dispose();
            throw;
        }

        if (direct)
            return tensor;
        using (tensor)
            return tensor.to(wanted);
    }

    /// <summary>
    /// Overwrites a tensor of the same shape with an entry's values, in place and without recording gradients.
    /// A contiguous CPU tensor of the entry's type, or of single precision, is written directly; any other through one temporary.
    /// </summary>
    public static void CopyInto(SafetensorsFile file, SafetensorsEntry entry, Tensor target)
    {
        var direct = target.dtype == ScalarTypeOf(entry.DType) || (target.dtype == ScalarType.Float32 && FloatConversion.CanConvert(entry.DType));
        if (direct && target.device_type == DeviceType.CPU && target.is_contiguous())
        {
            Fill(file, entry, target);
            return;
        }

        using var _ = no_grad();
        using var source = ToTensor(file, entry, null);
        target.copy_(source);
    }

    /// <summary>A tensor's values as they stand in a file, piece by piece.</summary>
    public static void Write(Tensor tensor, Stream stream)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var flat = tensor.detach().cpu().contiguous().reshape(-1);
        for (long at = 0; at < flat.numel(); at += PieceElements)
        {
            using var piece = flat.narrow(0, at, Math.Min(PieceElements, flat.numel() - at));
            stream.Write(piece.bytes);
        }
    }

    private static void Fill(SafetensorsFile file, SafetensorsEntry entry, Tensor target)
    {
        var count = entry.ElementCount;
        if (count <= PieceElements)
        {
            if (count > 0)
                FillPiece(file, entry, 0, target);
            return;
        }

        using var _ = no_grad();
        using var flat = target.detach().view(-1);
        for (long at = 0; at < count; at += PieceElements)
        {
            using var piece = flat.narrow(0, at, Math.Min(PieceElements, count - at));
            FillPiece(file, entry, at, piece);
        }
    }

    private static void FillPiece(SafetensorsFile file, SafetensorsEntry entry, long first, Tensor target)
    {
        var size = entry.DType.Bits() / 8;
        var source = file.Bytes(entry, first * size, checked((int)target.numel() * size));
        var bytes = target.bytes;
        if (target.dtype == ScalarType.Float32)
        {
            FloatConversion.ToSingle(entry.DType, source, MemoryMarshal.Cast<byte, float>(bytes));
        }
        else if (target.dtype == ScalarType.Bool)
        {
            // A bool that is neither 0 nor 1 would be undefined behaviour in libtorch.
            for (var i = 0; i < source.Length; i++)
                bytes[i] = source[i] == 0 ? (byte)0 : (byte)1;
        }
        else
        {
            source.CopyTo(bytes);
        }
    }
}
