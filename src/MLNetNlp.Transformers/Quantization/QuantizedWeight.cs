using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Quantization;

/// <summary>A linear layer's weights in four bits each, with a scale for each block, as bitsandbytes holds them.</summary>
/// <remarks>
/// Blocks run over the rows one after the other, whatever the length of a row. The first of two weights is the high half of a byte. It is registered inside the
/// layer, so that it moves to other devices with it.
/// </remarks>
internal sealed class QuantizedWeight : nn.Module
{
    /// <summary>Its name inside the layer.</summary>
    public const string ModuleName = "quantized";

    private const int ScaleBlock = 256;
    private readonly long[] _shape;
    private readonly int _blockSize;

    // By their names TorchSharp finds the fields again when the module moves to another device.
    [ComponentName(Name = "packed")]
    private readonly Tensor _packed;

    [ComponentName(Name = "absmax")]
    private readonly Tensor _scales;

    [ComponentName(Name = "nested_absmax")]
    private readonly Tensor? _scalesOfScales;

    [ComponentName(Name = "nested_offset")]
    private readonly Tensor? _offset;

    // What a byte stands for: two weights, or with double quantisation a scale.
    [ComponentName(Name = "pairs")]
    private readonly Tensor _pairs;

    [ComponentName(Name = "nested_code")]
    private readonly Tensor? _scaleCode;

    /// <summary>Weights that are packed already; the tensors belong to this module from now on.</summary>
    /// <param name="shape">[rows, columns].</param>
    /// <param name="options">Kind and block size.</param>
    /// <param name="packed">Two weights a byte: [count / 2, 1].</param>
    /// <param name="scales">One for each block: float32, or bytes with <paramref name="nested"/>.</param>
    /// <param name="nested">Double quantisation's own scales, and the scales' mean.</param>
    public QuantizedWeight(IEnumerable<long> shape, QuantizationOptions options, Tensor packed, Tensor scales, (Tensor Scales, Tensor Offset)? nested)
        : base(nameof(QuantizedWeight))
    {
        _shape = [.. shape];
        _blockSize = options.BlockSize;
        _packed = packed;
        _scales = scales;
        _scalesOfScales = nested?.Scales;
        _offset = nested?.Offset;
        _pairs = tensor(FourBitCode.Of(options.Kind).Pairs, [256, 2], device: packed.device);
        if (nested is not null)
            _scaleCode = tensor(DynamicMap.Values.ToArray(), device: packed.device);
        RegisterComponents();
        foreach (var buffer in buffers())
            buffer.DetachFromDisposeScope();
    }

    /// <summary>Number of weights.</summary>
    public long Count => _shape.Aggregate((a, b) => a * b);

    /// <summary>Bytes of all that stands for the weights; the tables, which any layer has alike, are left out.</summary>
    public long Bytes => _packed.numel() + _scales.numel() * (_scaleCode is null ? sizeof(float) : 1) + ((_scalesOfScales?.numel() + 1) ?? 0) * sizeof(float);

    /// <summary>The packed bytes: [count / 2, 1].</summary>
    public Tensor Packed => _packed;

    /// <summary>The blocks' scales, restored where they are quantised: [blocks], float32.</summary>
    public Tensor Scales
    {
        get
        {
            if (_scaleCode is null)
                return _scales;
            using var scope = NewDisposeScope();
            var ratios = _scaleCode.index_select(0, _scales.to(int32));
            return (InBlocks(ratios, _scalesOfScales!, ScaleBlock) + _offset!).MoveToOuterDisposeScope();
        }
    }

    /// <summary>The scales' bytes and what restores them; null without double quantisation.</summary>
    public (Tensor Bytes, Tensor Scales, Tensor Offset)? Nested => _scaleCode is null ? null : (_scales, _scalesOfScales!, _offset!);

    /// <summary>Packs weights.</summary>
    /// <param name="weight">[rows, columns], any device.</param>
    /// <param name="options">How.</param>
    public static QuantizedWeight Create(Tensor weight, QuantizationOptions options)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        using var plain = weight.detach().to(float32).cpu().contiguous();
        var packed = new byte[(weight.numel() + 1) / 2];
        var scales = Pack(MemoryMarshal.Cast<byte, float>(plain.bytes), options, packed);
        var packedTensor = tensor(packed, [packed.Length, 1], device: weight.device);
        var scaleTensor = tensor(scales, device: weight.device);
        if (!options.DoubleQuantization)
            return new QuantizedWeight(weight.shape, options, packedTensor, scaleTensor, null);
        var offset = scaleTensor.mean();
        var (bytes, outer) = PackScales([.. (scaleTensor - offset).data<float>()]);
        return new QuantizedWeight(weight.shape, options, packedTensor, tensor(bytes, device: weight.device),
            (tensor(outer, device: weight.device), offset.reshape(1)));
    }

    /// <summary>The weights as they are used: [rows, columns], float32.</summary>
    public Tensor Dequantize()
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        if (_packed.device_type == DeviceType.CPU)
            return FourBitKernel.Restore(_packed, Scales, _pairs, Count, _blockSize).view(_shape).MoveToOuterDisposeScope();
        var values = _pairs.index_select(0, _packed.view(-1).to(int32)).view(-1);
        if (values.numel() > Count)
            values = values.narrow(0, 0, Count);
        return InBlocks(values, Scales, _blockSize).view(_shape).MoveToOuterDisposeScope();
    }

    /// <summary>Numbers times the scale of their block; the last block may be short.</summary>
    private static Tensor InBlocks(Tensor values, Tensor scales, int size) => values.numel() % size == 0
        ? values.view(-1, size).mul(scales.unsqueeze(1)).view(-1)
        : values * scales.repeat_interleave(size).narrow(0, 0, values.numel());

    private static float[] Pack(ReadOnlySpan<float> weights, QuantizationOptions options, Span<byte> packed)
    {
        var code = FourBitCode.Of(options.Kind);
        var scales = new float[(weights.Length + options.BlockSize - 1) / options.BlockSize];
        for (var block = 0; block < scales.Length; block++)
        {
            var start = block * options.BlockSize;
            var values = weights[start..Math.Min(start + options.BlockSize, weights.Length)];
            foreach (var value in values)
                scales[block] = Math.Max(scales[block], Math.Abs(value));
            var factor = 1 / (scales[block] == 0 ? 1e-38f : scales[block]);
            for (var i = 0; i < values.Length; i += 2)
            {
                var second = i + 1 < values.Length ? values[i + 1] * factor : 0;
                packed[(start + i) / 2] = (byte)(Index(values[i] * factor) << 4 | Index(second));
            }
        }

        return scales;

        byte Index(float scaled) => code.Nearest(Math.Clamp(scaled, -1, 1));
    }

    private static (byte[] Bytes, float[] Scales) PackScales(ReadOnlySpan<float> values)
    {
        var bytes = new byte[values.Length];
        var scales = new float[(values.Length + ScaleBlock - 1) / ScaleBlock];
        for (var i = 0; i < values.Length; i++)
            scales[i / ScaleBlock] = Math.Max(scales[i / ScaleBlock], Math.Abs(values[i]));
        for (var i = 0; i < values.Length; i++)
            bytes[i] = DynamicMap.Nearest(scales[i / ScaleBlock] == 0 ? 0 : values[i] / scales[i / ScaleBlock]);
        return (bytes, scales);
    }
}
