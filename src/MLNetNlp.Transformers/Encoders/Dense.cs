using MLNetNlp.Transformers.Adapters;
using MLNetNlp.Transformers.Quantization;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Encoders;

/// <summary>A linear layer, <c>y = x W^T + b</c>, whose weights are left unset: a checkpoint or an initialiser fills them.</summary>
/// <remarks>TorchSharp's own layer draws random weights on construction, which costs more than loading a checkpoint.</remarks>
public sealed class Dense : nn.Module<Tensor, Tensor>, IAdaptableLayer
{
    // By its name TorchSharp finds the field again when the module moves to another device.
    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter? _bias;

    private QuantizedWeight? _quantized;

    // Read once a forward pass: null, and nothing more, in a model without an adapter.
    private LayerAdapter? _adapter;

    /// <summary>A layer from <paramref name="inputSize"/> to <paramref name="outputSize"/> features.</summary>
    /// <param name="inputSize">Columns of W.</param>
    /// <param name="outputSize">Rows of W.</param>
    /// <param name="bias">Whether there is a b.</param>
    public Dense(long inputSize, long outputSize, bool bias = true)
        : base(nameof(Dense))
    {
        _weight = new Parameter(empty(outputSize, inputSize));
        if (bias)
            _bias = new Parameter(empty(outputSize));
        RegisterComponents();
    }

    Parameter IAdaptableLayer.Weight => _weight;

    Parameter? IAdaptableLayer.Bias => _bias;

    LayerAdapter? IAdaptableLayer.Adapter { get => _adapter; set => _adapter = value; }

    /// <summary>The weights; of no size while they are packed.</summary>
    internal Parameter Values => _weight;

    /// <summary>The packed weights that are used instead; null where there are none.</summary>
    internal QuantizedWeight? Packed => _quantized;

    /// <summary>[..., input] to [..., output].</summary>
    public override Tensor forward(Tensor input)
    {
        if (_quantized is { } quantized)
        {
            using var scope = NewDisposeScope();
            return Apply(input, new LinearWeight(quantized.Dequantize(), quantized)).MoveToOuterDisposeScope();
        }

        return Apply(input, new LinearWeight(_weight, null));
    }

    /// <summary>Frees the weights and uses packed ones from now on.</summary>
    internal void Pack(QuantizedWeight weight)
    {
        using var noGradients = no_grad();
        using var nothing = empty(0, dtype: _weight.dtype, device: _weight.device);
        _weight.set_(nothing);
        register_module(QuantizedWeight.ModuleName, weight);
        _quantized = weight;
    }

    /// <summary>Goes back from packed weights to whole ones; the packed ones are the caller's.</summary>
    internal void Unpack()
    {
        if (_quantized is null)
            return;
        using var noGradients = no_grad();
        using var whole = _quantized.Dequantize();
        _weight.set_(whole);
        register_module(QuantizedWeight.ModuleName, null!);
        _quantized = null;
    }

    private Tensor Apply(Tensor input, LinearWeight weight) =>
        _adapter is { } adapter ? adapter.Forward(input, weight, _bias) : weight.Linear(input, _bias);
}
