using MLNetNlp.Transformers.Encoders;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Adapters;

/// <summary>(IA)3 on a linear layer: a learned factor on each number of its output, or, in feed-forward blocks, of its input.</summary>
internal sealed class Ia3Layer : LayerAdapter
{
    // By its name TorchSharp finds the field again when the module moves to another device.
    [ComponentName(Name = "ia3_l")]
    private readonly Parameter _factors;

    private readonly bool _isFeedForward;

    public Ia3Layer(Tensor weight, bool isFeedForward)
        : base(nameof(Ia3Layer))
    {
        _isFeedForward = isFeedForward;
        var shape = isFeedForward ? new[] { 1, weight.shape[1] } : new[] { weight.shape[0], 1 };
        _factors = new Parameter(ones(shape, dtype: weight.dtype, device: weight.device));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Parameter Value)> Tensors => [("ia3_l", _factors)];

    /// <inheritdoc/>
    public override void Initialize(Tensor weight, long seed)
    {
        using var noGradients = no_grad();
        _factors.fill_(1);
    }

    /// <inheritdoc/>
    public override void MergeInto(Tensor weight, Tensor? bias)
    {
        weight.mul_(_factors);
        if (!_isFeedForward)
            bias?.mul_(_factors.view(-1));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, LinearWeight weight, Tensor? bias) => _isFeedForward
        ? weight.Linear(input * _factors.view(-1), bias)
        : weight.Linear(input, bias) * _factors.view(-1);
}
